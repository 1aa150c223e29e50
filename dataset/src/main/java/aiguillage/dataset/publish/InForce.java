package aiguillage.dataset.publish;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;

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

    /// How many keys there are.
    long keys();

    /// The hash of all rows; a copy.
    SetHash hash();
}
