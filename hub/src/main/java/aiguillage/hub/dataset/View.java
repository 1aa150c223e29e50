package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Marking;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A version through the eyes of one scope: its rows, with its marks, and its decoys among them.
final class View {

    private final Scope scope;
    private final @Nullable Marking marking;

    /// Those of this reader that its scope may see; none has a key in use.
    private final NavigableMap<Key, Rows> decoys = new TreeMap<>();

    /// @param marking of the scope's recipient in this version, or null when nothing is marked
    View(Scope scope, @Nullable Marking marking) {
        this.scope = scope;
        this.marking = marking;
        if (marking != null) {
            for (Change decoy : marking.decoys(key -> false)) {
                Rows seen = scope.seen(decoy.key(), decoy.rows());
                if (!seen.isEmpty()) {
                    decoys.put(decoy.key(), seen);
                }
            }
        }
    }

    /// What the scope sees under a key.
    ///
    /// @param rows as they were published
    Rows seen(Key key, Rows rows) {
        return rows.isEmpty() ? decoys.getOrDefault(key, Rows.NONE) : marked(key, scope.seen(key, rows));
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
        Iterator<Map.Entry<Key, Rows>> invented = decoys.entrySet().iterator();
        Map.@Nullable Entry<Key, Rows> decoy = next(invented);
        while (published.hasNext()) {
            Change row = published.next();
            while (decoy != null && decoy.getKey().compareTo(row.key()) <= 0) {
                if (!decoy.getKey().equals(row.key())) { // a key in use has its own rows
                    taker.take(decoy.getKey(), Rows.NONE, decoy.getValue());
                }
                decoy = next(invented);
            }
            Rows unmarked = scope.seen(row.key(), row.rows());
            if (!unmarked.isEmpty()) {
                taker.take(row.key(), unmarked, marked(row.key(), unmarked));
            }
        }
        for (; decoy != null; decoy = next(invented)) {
            taker.take(decoy.getKey(), Rows.NONE, decoy.getValue());
        }
    }

    private static <T> @Nullable T next(Iterator<T> some) {
        return some.hasNext() ? some.next() : null;
    }
}
