package aiguillage.console.trouble;

import aiguillage.hub.replay.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The replays that run, and the last that did.
public record ReplaysView(List<Line> lines) {

    public ReplaysView {
        lines = List.copyOf(lines);
    }

    /// @param again the address that shows what is left of it
    public record Line(
            long number,
            String party,
            String flow,
            Run.State state,
            int total,
            int offered,
            int passedOver,
            Instant begun,
            String by,
            String reason,
            @Nullable String failure,
            String again) {}
}
