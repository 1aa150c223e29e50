package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Marking;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
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
        if (rows.isEmpty()) {
            return decoys.getOrDefault(key, Rows.NONE);
        }
        Rows seen = scope.seen(key, rows);
        return marking == null ? seen : marking.rows(key, seen);
    }

    /// All that the scope sees, in the order of keys.
    ///
    /// @param all as published, in the order of keys
    Iterator<Change> seen(Iterator<Change> all) {
        return new Merged(all, decoys.isEmpty() ? Collections.emptyMap() : decoys);
    }

    private final class Merged implements Iterator<Change> {

        private final Iterator<Change> all;
        private final Iterator<Map.Entry<Key, Rows>> invented;
        private @Nullable Change row;
        private @Nullable Change decoy;

        Merged(Iterator<Change> all, Map<Key, Rows> decoys) {
            this.all = all;
            this.invented = decoys.entrySet().iterator();
            nextRow();
            nextDecoy();
        }

        private void nextRow() {
            row = null;
            while (row == null && all.hasNext()) {
                Change published = all.next();
                Rows seen = seen(published.key(), published.rows());
                row = seen.isEmpty() ? null : new Change(published.key(), seen);
            }
        }

        private void nextDecoy() {
            if (invented.hasNext()) {
                var next = invented.next();
                decoy = new Change(next.getKey(), next.getValue());
            } else {
                decoy = null;
            }
        }

        @Override
        public boolean hasNext() {
            return row != null || decoy != null;
        }

        @Override
        public Change next() {
            Change published = row;
            Change made = decoy;
            if (published != null && (made == null || published.key().compareTo(made.key()) <= 0)) {
                if (made != null && published.key().equals(made.key())) {
                    nextDecoy(); // a key in use has its own rows
                }
                nextRow();
                return published;
            }
            if (made == null) {
                throw new NoSuchElementException();
            }
            nextDecoy();
            return made;
        }
    }
}
