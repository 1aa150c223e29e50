package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.replica.RowStore.Family;
import aiguillage.dataset.replica.RowStore.Put;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Writes changes into the rows, in batches. Each batch has with the rows of a key what they were before and
/// the hash of its bucket, so wherever a crash cuts, these fit; and what is done is passed over when it is done
/// again. Not for several threads.
final class Folding {

    /// A batch takes the hashes of all buckets with it, 512 kB; this is enough more than that.
    static final int BATCH_BYTES = 4 << 20;

    private static final int PUT_BYTES = 64;
    private static final int KEYS_AT_ONCE = 4_000;

    private final RowStore store;
    private final Buckets buckets;
    private final long place;
    private final int batchBytes;
    private final List<Put> batch = new ArrayList<>();
    private int bytes;

    /// @param place of the version that ends the rows it replaces; 0: they leave no history
    Folding(RowStore store, Buckets buckets, long place, int batchBytes) {
        this.store = store;
        this.buckets = buckets;
        this.place = place;
        this.batchBytes = batchBytes;
    }

    void fold(Layer layer) {
        if (layer.replaces()) {
            removeOthers(layer);
        }
        for (Iterator<Change> all = layer.all(); all.hasNext(); ) {
            Change change = all.next();
            replace(change.key(), change.rows());
        }
    }

    void replace(Key key, Rows after) {
        byte[] stored = store.get(Family.ROWS, key.bytes());
        if (Arrays.equals(stored == null ? Rows.NONE.bytes() : stored, after.bytes())) {
            return;
        }
        Rows before = stored == null ? Rows.NONE : sound(stored);
        buckets.replace(key, before, after);
        if (place > 0) {
            History.ended(key, before, place).forEach(this::put);
        }
        put(new Put(Family.ROWS, key.bytes(), after.isEmpty() ? null : after.bytes()));
        if (bytes >= batchBytes) {
            write(false);
        }
    }

    /// Bytes that are no rows have no hash: whatever once was there is missed in the sum, and that is what they
    /// deserve.
    static Rows sound(byte[] stored) {
        try {
            return Rows.checked(stored);
        } catch (IllegalArgumentException e) {
            return Rows.NONE;
        }
    }

    /// The keys that a whole list does not name are gone.
    private void removeOthers(Layer layer) {
        byte[] from = new byte[0];
        boolean more = true;
        while (more) {
            List<Key> keys = new ArrayList<>();
            store.read(Family.ROWS, from, (key, rows) -> {
                keys.add(Key.ofBytes(key));
                return keys.size() < KEYS_AT_ONCE;
            });
            more = keys.size() == KEYS_AT_ONCE;
            if (!keys.isEmpty()) {
                from = behind(keys.getLast());
                removeUnnamed(keys, layer);
            }
        }
    }

    private void removeUnnamed(List<Key> keys, Layer layer) {
        Iterator<Change> named = layer.from(keys.getFirst());
        Change next = named.hasNext() ? named.next() : null;
        for (Key key : keys) {
            while (next != null && next.key().compareTo(key) < 0) {
                next = named.hasNext() ? named.next() : null;
            }
            if (next == null || !next.key().equals(key)) {
                replace(key, Rows.NONE);
            }
        }
    }

    /// The first key behind this one.
    static byte[] behind(Key key) {
        return Arrays.copyOf(key.bytes(), key.bytes().length + 1);
    }

    void put(Put put) {
        batch.add(put);
        byte[] value = put.value();
        bytes += PUT_BYTES + put.key().length + (value == null ? 0 : value.length);
    }

    /// Writes what is left.
    void write(boolean durable) {
        batch.addAll(buckets.changed());
        store.write(batch, durable);
        batch.clear();
        bytes = 0;
    }

    /// The digest of the hash of all rows as they are now.
    String root() {
        return buckets.root();
    }
}
