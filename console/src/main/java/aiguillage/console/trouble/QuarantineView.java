package aiguillage.console.trouble;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of what was rejected.
///
/// @param lines what of it is shown
/// @param next the address of the next page; null: this is the last
/// @param decided what was just done, or null
public record QuarantineView(
        Filter filter,
        List<Line> lines,
        @Nullable String next,
        @Nullable Decided decided) {

    public QuarantineView {
        lines = List.copyOf(lines);
    }

    /// What is wanted; empty texts: everything.
    ///
    /// @param flow a flow's name, or a brand's
    /// @param reason a part of it, in any case
    public record Filter(String party, String flow, String reason) {

        public boolean isEmpty() {
            return party.isEmpty() && flow.isEmpty() && reason.isEmpty();
        }
    }

    /// @param place as in the form
    /// @param document the address of its document's page
    public record Line(
            String place,
            String reader,
            String flow,
            String sender,
            String id,
            String document,
            String reason,
            Instant since,
            Duration age,
            Instant expires) {}

    /// @param already how many somebody else had decided on
    public record Decided(boolean isRelease, int done, int already) {}
}
