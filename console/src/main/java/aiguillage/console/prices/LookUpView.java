package aiguillage.console.prices;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row that was looked up, or the form for it.
///
/// @param party whose eyes it is seen with; empty: as it was published
/// @param at the instant as it was typed; empty: now
/// @param answer null when nothing was asked yet
public record LookUpView(
        String dataset,
        String path,
        List<Field> fields,
        String party,
        String at,
        List<String> heads,
        @Nullable Answer answer) {

    public LookUpView {
        fields = List.copyOf(fields);
        heads = List.copyOf(heads);
    }

    /// A cell of the key.
    public record Field(String name, String label, String value) {}

    /// What was found.
    ///
    /// @param until when it may be another, or null
    /// @param isWrong whether the rows are known to be others than those that were published
    public record Answer(List<Line> lines, @Nullable Instant until, boolean isWrong) {

        public Answer {
            lines = List.copyOf(lines);
        }
    }

    /// A row of a version; without cells: the key was removed.
    ///
    /// @param from the row's own first instant, or null
    /// @param to its end, or null
    /// @param holds whether it is what holds at the instant that was asked for
    public record Line(
            long version,
            Instant effective,
            @Nullable Instant from,
            @Nullable Instant to,
            List<Cell> cells,
            boolean holds) {

        public Line {
            cells = List.copyOf(cells);
        }
    }
}
