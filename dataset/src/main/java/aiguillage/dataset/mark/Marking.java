package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What makes one recipient's copy its own. Keys and prices of published rows are never touched. Safe from any
/// thread.
public final class Marking {

    private final Marks marks;
    private final Codeword codeword;

    Marking(Marks marks, Codeword codeword) {
        this.marks = marks;
        this.codeword = codeword;
    }

    /// The rows of a key as this recipient gets them: the same object when its copy has them as published.
    public Rows rows(Key key, Rows rows) {
        if (!marks.selects(key, rows)) {
            return rows;
        }
        Code.Told told = marks.code().spelling(key);
        @Nullable Rows other = codeword.bit(told.position()) ? marks.respelled(rows, told.choice()) : null;
        return other == null ? rows : other;
    }

    /// Which of the two spellings this recipient gets.
    public Rows rows(Mark mark) {
        return isRespelled(mark) ? mark.respelled() : mark.published();
    }

    /// Whether this recipient gets the other spelling of the two.
    public boolean isRespelled(Mark mark) {
        return codeword.bit(mark.position());
    }

    /// This recipient's decoy under a key that is not in use, whatever it may see; no rows when it has none.
    public Rows decoy(Key key) {
        Marks.Decoy decoy = marks.decoy(key);
        return decoy != null && codeword.bit(decoy.position()) ? decoy.row().rows() : Rows.NONE;
    }

    /// The decoys of this recipient, in the order of keys, whatever it may see: its copy gets those that its
    /// entitlements would let it see if they were rows.
    ///
    /// @param inUse whether a key has rows in the version the copy is of; the rows then stand alone, for
    ///     everybody. For ever after the key is to be left out: [Decoys#without]
    public List<Change> decoys(Predicate<Key> inUse) {
        List<Change> mine = new ArrayList<>();
        for (Marks.Decoy decoy : marks.decoys()) {
            if (codeword.bit(decoy.position()) && !inUse.test(decoy.row().key())) {
                mine.add(decoy.row());
            }
        }
        return mine;
    }
}
