package aiguillage.console.trouble;

import aiguillage.hub.replay.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be offered once more, and what will come of it.
///
/// @param asked as it stands in the form
/// @param readers of the one document that is asked for; empty otherwise
/// @param preview null: not enough is asked to show one
public record ReplayView(
        Asked asked, List<String> readers, @Nullable Preview preview) {

    public ReplayView {
        readers = List.copyOf(readers);
    }

    /// What was asked for; empty texts: nothing was.
    ///
    /// @param since as a browser writes a time without its zone
    public record Asked(
            String party,
            String flow,
            String sender,
            String document,
            String since,
            String until,
            String from,
            String to,
            boolean isMissingOnly) {}

    /// @param first null: nothing will be offered
    /// @param skipped how many are left out, and why
    /// @param next the address of the next piece; null: the whole range is shown
    public record Preview(
            String party,
            String flow,
            long from,
            long to,
            boolean isMissingOnly,
            long asOf,
            String seal,
            int documents,
            long done,
            long bytes,
            @Nullable Line first,
            @Nullable Line last,
            Map<Plan.Skipped, Long> skipped,
            @Nullable String next) {}

    public record Line(String id, String address, Instant accepted, Instant offeredUntil) {}
}
