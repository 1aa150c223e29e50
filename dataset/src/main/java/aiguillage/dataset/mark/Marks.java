package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Markable.TextCell;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The marks of one dataset, whoever the recipient: the rows that have two spellings, and the pool of decoys.
///
/// A row with a key that is selected, and a text to which a rule applies, is marked. Which rule, and whose copy
/// has which spelling, follows from the secret, the dataset's name, the key and the text: the same in each
/// version.
///
/// Safe from any thread.
public final class Marks {

    /// Of more bytes nothing is marked, so that another spelling never makes rows too long.
    private static final int ROWS_BYTES_MAX = Rows.BYTES_MAX / 2;

    private final Markable markable;
    private final Code code;
    private final List<Decoy> decoys = new ArrayList<>();

    /// @param decoys the pool of the dataset, as [Decoys#make] made it
    public Marks(MarkSecret secret, String dataset, Markable markable, Decoys decoys) {
        this.markable = markable;
        this.code = new Code(secret, dataset);
        for (Change decoy : decoys.all()) {
            this.decoys.add(new Decoy(decoy, code.decoy(decoy.key())));
        }
    }

    /// A decoy and its position: who has the bit has the decoy.
    record Decoy(Change row, Position position) {}

    /// Whether some recipients get these rows in another spelling than others.
    public boolean isMarked(Key key, Rows rows) {
        return mark(key, rows) != null;
    }

    /// Both spellings, or null when all recipients get the rows as they were published. Nothing is allocated
    /// for a key that is not selected.
    public @Nullable Mark mark(Key key, Rows rows) {
        if (!selects(key, rows)) {
            return null;
        }
        Code.Told told = code.spelling(key);
        Rows other = respelled(rows, told.choice());
        return other == null ? null : new Mark(told.position(), rows, other);
    }

    boolean selects(Key key, Rows rows) {
        return code.selects(key) && !rows.isEmpty() && rows.bytes().length <= ROWS_BYTES_MAX;
    }

    /// Each text of each row in its other spelling, or null when no text has one.
    @Nullable
    Rows respelled(Rows rows, long choice) {
        List<Row> respelled = null;
        List<Row> list = rows.list();
        for (int i = 0; i < list.size(); i++) {
            Row row = list.get(i);
            List<@Nullable String> cells = null;
            for (TextCell text : markable.texts()) {
                String cell = row.cells().get(text.cell());
                String other = cell == null ? null : text.spellings().other(cell, text.charsMax(), choice);
                if (other != null) {
                    cells = cells == null ? new ArrayList<>(row.cells()) : cells;
                    cells.set(text.cell(), other);
                }
            }
            if (cells != null) {
                respelled = respelled == null ? new ArrayList<>(list) : respelled;
                respelled.set(i, new Row(row.from(), row.to(), cells));
            }
        }
        return respelled == null ? null : Rows.of(respelled);
    }

    /// The copies of one recipient.
    ///
    /// @param name as long as it stays the same, so do its marks
    public Marking recipient(String name) {
        return new Marking(this, code.codeword(name));
    }

    Code code() {
        return code;
    }

    Markable markable() {
        return markable;
    }

    /// The decoy with this key, or null.
    @Nullable
    Decoy decoy(Key key) {
        int from = 0;
        int to = decoys.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            Decoy found = decoys.get(middle);
            int order = found.row().key().compareTo(key);
            if (order == 0) {
                return found;
            }
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle;
        }
        return null;
    }

    /// In the order of keys.
    List<Decoy> decoys() {
        return decoys;
    }
}
