package aiguillage.dataset.publish;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// The version that a publication is compared with. It must not change meanwhile.
public interface InForce {

    /// Before the first version.
    InForce NONE = new InForce() {
        @Override
        public Iterator<Change> all() {
            return Collections.emptyIterator();
        }

        @Override
        public Rows find(Key key) {
            return Rows.NONE;
        }

        @Override
        public long keys() {
            return 0;
        }

        @Override
        public SetHash hash() {
            return new SetHash();
        }
    };

    /// All keys with their rows, in the order of keys, none without rows. Reading may fail with an
    /// [java.io.UncheckedIOException].
    Iterator<Change> all() throws IOException;

    /// The rows of one key, perhaps none.
    Rows find(Key key) throws IOException;

    /// What the rows of one key were in the versions before, the newest first: what a key that comes back, or an
    /// amount that was left out, is compared with.
    default List<Rows> earlier(Key key) throws IOException {
        return List.of();
    }

    /// The rows of one key that hold at this moment, where that is another version, since this one is still to come.
    default Rows now(Key key) throws IOException {
        return Rows.NONE;
    }

    /// How many keys there are.
    long keys();

    /// The hash of all rows; a copy.
    SetHash hash();
}
