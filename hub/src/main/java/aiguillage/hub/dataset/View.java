package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Marking;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A version through the eyes of one scope: its rows, with its marks, and its decoys among them.
final class View {

    private final Scope scope;
    private final @Nullable Marking marking;

    /// @param marking of the scope's recipient in this version, or null when nothing is marked
    View(Scope scope, @Nullable Marking marking) {
        this.scope = scope;
        this.marking = marking;
    }

    /// What the scope sees under a key.
    ///
    /// @param rows as they were published
    Rows seen(Key key, Rows rows) {
        if (!rows.isEmpty()) {
            return marked(key, scope.seen(key, rows));
        }
        return marking == null ? Rows.NONE : scope.seen(key, marking.decoy(key));
    }

    /// The decoys of this reader that its scope may see, in the order of keys.
    private Iterator<Change> decoys() {
        return marking == null
                ? Collections.emptyIterator()
                : marking.decoys(key -> false).stream()
                        .map(decoy -> new Change(decoy.key(), scope.seen(decoy.key(), decoy.rows())))
                        .filter(decoy -> !decoy.rows().isEmpty())
                        .iterator();
    }

    private Rows marked(Key key, Rows rows) {
        return marking == null ? rows : marking.rows(key, rows);
    }

    /// Gets the rows of a key: as the scope would see them without marks,
    /// and as it sees them, which is not empty.
    interface Taker {
        void take(Key key, Rows unmarked, Rows seen) throws IOException;
    }

    /// Gives all that the scope sees, in the order of keys.
    ///
    /// @param published all rows, in the order of keys
    void each(Iterator<Change> published, Taker taker) throws IOException {
        Iterator<Change> invented = decoys();
        @Nullable Change decoy = next(invented);
        while (published.hasNext()) {
            Change row = published.next();
            while (decoy != null && decoy.key().compareTo(row.key()) <= 0) {
                if (!decoy.key().equals(row.key())) { // a key in use has its own rows
                    taker.take(decoy.key(), Rows.NONE, decoy.rows());
                }
                decoy = next(invented);
            }
            Rows unmarked = scope.seen(row.key(), row.rows());
            if (!unmarked.isEmpty()) {
                taker.take(row.key(), unmarked, marked(row.key(), unmarked));
            }
        }
        for (; decoy != null; decoy = next(invented)) {
            taker.take(decoy.key(), Rows.NONE, decoy.rows());
        }
    }

    private static <T> @Nullable T next(Iterator<T> some) {
        return some.hasNext() ? some.next() : null;
    }
}
