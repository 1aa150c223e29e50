package aiguillage.dataset.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Puts a row together from its cells' canonical texts in UTF-8, which are taken as they are. Used again and
/// again. Not for several threads.
public final class OneRow {

    private final Rows.Writer cells = new Rows.Writer();

    /// Forgets the cells of the row before.
    public void begin() {
        cells.beginCells();
    }

    /// Takes the next cell.
    public void cell(byte[] text, int from, int to) {
        cells.cell(text, from, to - from);
    }

    /// The next cell is empty.
    public void emptyCell() {
        cells.emptyCell();
    }

    /// The row, as the only one of its key. Then the next one begins.
    ///
    /// @throws IllegalArgumentException when it ends before it begins, or is too long
    public Rows rows(@Nullable Instant from, @Nullable Instant to) {
        return Rows.of(from, to, cells);
    }
}
