package aiguillage.simulation.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is to get what, written down a second time, apart from the flows file.
public final class Paths {

    /// One flow.
    ///
    /// @param readers who gets every document; empty when the document names its one reader
    /// @param copies who gets a copy
    /// @param offeredFor how long
    /// @param notices the words of the ends that the sender is told
    public record Way(List<String> readers, Set<String> copies, Duration offeredFor, Set<String> notices) {}

    private final Map<String, Way> ways;

    public Paths(Map<String, Way> ways) {
        this.ways = ways;
    }

    @Nullable
    Way of(String flow) {
        return ways.get(flow);
    }
}
