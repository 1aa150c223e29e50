package aiguillage.dataset.replica;

import aiguillage.dataset.replica.RowStore.Family;
import aiguillage.dataset.replica.RowStore.Put;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What rows were before a version ended them, by key and by version.
///
/// In [Family#HISTORY] behind the key come a byte 0 and 8 bytes: the place of the version that ended the rows.
/// No key has an empty cell and no place is so large that its first byte is not 0, so all entries of a key lie
/// together, and keys are in their own order. In [Family#CHANGED] the place comes first.
final class History {

    private static final int ENDED_BYTES = 1 + Long.BYTES;
    private static final int FORGOTTEN_AT_ONCE = 4_000;

    private final RowStore store;

    History(RowStore store) {
        this.store = store;
    }

    /// What must be written when a version ends the rows of a key.
    static List<Put> ended(Key key, Rows before, long place) {
        return List.of(
                new Put(Family.HISTORY, ended(key.bytes(), place), before.bytes()),
                new Put(Family.CHANGED, changed(place, key.bytes()), new byte[0]));
    }

    private static byte[] ended(byte[] key, long place) {
        return ByteBuffer.allocate(key.length + ENDED_BYTES)
                .put(key)
                .put((byte) 0)
                .putLong(place)
                .array();
    }

    private static byte[] changed(long place, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(place)
                .put(key)
                .array();
    }

    /// The rows of a key at this place, or null when nothing ended them since.
    @Nullable
    Rows at(Key key, long place) {
        byte[] from = ended(key.bytes(), place + 1);
        int same = key.bytes().length + 1;
        List<Rows> found = new ArrayList<>();
        store.read(Family.HISTORY, from, (ended, rows) -> {
            boolean ours = ended.length == from.length && Arrays.equals(ended, 0, same, from, 0, same);
            if (ours) {
                found.add(Rows.ofBytes(rows));
            }
            return false;
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /// Gives the keys that have a history, from this one on, until the taker has enough.
    void keys(byte[] from, Predicate<Key> taker) {
        byte[][] last = new byte[1][];
        store.read(Family.HISTORY, from, (ended, rows) -> {
            byte[] key = Arrays.copyOf(ended, ended.length - ENDED_BYTES);
            if (Arrays.equals(key, last[0]) || Arrays.compareUnsigned(key, from) < 0) {
                return true;
            }
            last[0] = key;
            return taker.test(Key.ofBytes(key));
        });
    }

    /// Gives the keys whose rows the version at this place ended, from this one on, until the taker has enough.
    void changed(long place, byte[] from, Predicate<Key> taker) {
        store.read(Family.CHANGED, changed(place, from), (changed, nothing) -> {
            ByteBuffer entry = ByteBuffer.wrap(changed);
            return entry.getLong() == place
                    && taker.test(Key.ofBytes(Arrays.copyOfRange(changed, Long.BYTES, changed.length)));
        });
    }

    /// Reads all of it.
    ///
    /// @throws IOException when some of it cannot be read: whoever asks what was would be refused for ever
    void check() throws IOException {
        try {
            store.read(Family.HISTORY, new byte[0], (ended, rows) -> {
                if (rows.length > 0) {
                    Rows.check(rows, 0, rows.length);
                }
                return true;
            });
            store.read(Family.CHANGED, new byte[0], (changed, nothing) -> true);
        } catch (IllegalArgumentException e) {
            throw new IOException("what rows were before is damaged: " + e.getMessage(), e);
        }
    }

    /// Forgets what no version from this place on needs. A crash in the middle leaves something for the next
    /// time.
    void forget(long first) {
        boolean more = true;
        while (more) {
            List<Put> puts = new ArrayList<>();
            store.read(Family.CHANGED, new byte[0], (changed, nothing) -> {
                long place = ByteBuffer.wrap(changed).getLong();
                if (place <= first) {
                    byte[] key = Arrays.copyOfRange(changed, Long.BYTES, changed.length);
                    puts.add(new Put(Family.HISTORY, ended(key, place), null));
                    puts.add(new Put(Family.CHANGED, changed, null));
                }
                return place <= first && puts.size() < FORGOTTEN_AT_ONCE;
            });
            store.write(puts, false);
            more = puts.size() >= FORGOTTEN_AT_ONCE;
        }
    }
}
