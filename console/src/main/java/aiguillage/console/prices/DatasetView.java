package aiguillage.console.prices;

import aiguillage.hub.dataset.Reading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One dataset.
///
/// @param holding the version that holds, or null
/// @param held what waits for a second person, oldest first
/// @param drafts files that whoever asks looked through and did not publish yet
/// @param versions newest first
/// @param next where older ones are listed, or null
/// @param unusual parties that read it in an unusual way today
public record DatasetView(
        String name,
        String path,
        VersionView.@Nullable Brief holding,
        int toCome,
        SpreadView spread,
        List<Held> held,
        List<DraftView> drafts,
        List<VersionView> versions,
        @Nullable String next,
        List<Reading.Told> unusual,
        boolean isMarked) {

    public DatasetView {
        held = List.copyOf(held);
        drafts = List.copyOf(drafts);
        versions = List.copyOf(versions);
        unusual = List.copyOf(unusual);
    }

    /// Something held.
    public record Held(long position, String path, String by, Instant time, Instant effective, boolean isSealed) {}

    /// A file that was looked through.
    public record DraftView(String path, String file, Instant until) {}
}
