package aiguillage.dataset.replica;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The hashes of all rows, in [#COUNT] parts by key, so that a difference can be narrowed down to the part it
/// is in. Their sum is the hash of all. Not for several threads.
public final class Buckets {

    public static final int COUNT = 256;

    private final SetHash.Expander expander = new SetHash.Expander();
    private final SetHash[] hashes = new SetHash[COUNT];
    private final boolean[] touched = new boolean[COUNT];

    /// Of no rows.
    public Buckets() {
        for (int i = 0; i < COUNT; i++) {
            hashes[i] = new SetHash();
        }
    }

    /// As they are stored.
    static Buckets read(RowStore store) {
        var buckets = new Buckets();
        store.read(RowStore.Family.BUCKETS, new byte[0], (key, value) -> {
            buckets.hashes[key[0] & 0xff] = SetHash.of(value);
            return true;
        });
        return buckets;
    }

    /// The number of the bucket that a key is in.
    public static int of(Key key) {
        var crc = new CRC32C();
        crc.update(key.bytes());
        return (int) crc.getValue() & (COUNT - 1);
    }

    /// Counts the rows of a key in.
    public void add(Key key, Rows rows) {
        replace(key, Rows.NONE, rows);
    }

    void replace(Key key, Rows before, Rows after) {
        int bucket = of(key);
        SetHash hash = hashes[bucket];
        before.eachDigest(key, digest -> expander.subtract(hash, digest));
        after.eachDigest(key, digest -> expander.add(hash, digest));
        touched[bucket] = true;
    }

    /// What must be written for all that was replaced since the last call.
    List<RowStore.Put> changed() {
        List<RowStore.Put> puts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (touched[i]) {
                puts.add(put(i));
                touched[i] = false;
            }
        }
        return puts;
    }

    /// What must be written so that these are stored and not those.
    List<RowStore.Put> insteadOf(Buckets stored) {
        return differing(stored.hashes()).stream().map(this::put).toList();
    }

    private RowStore.Put put(int bucket) {
        return new RowStore.Put(RowStore.Family.BUCKETS, new byte[] {(byte) bucket}, hashes[bucket].bytes());
    }

    /// The numbers of those whose hash is another than here.
    List<Integer> differing(List<SetHash> others) {
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (!hashes[i].equals(others.get(i))) {
                differing.add(i);
            }
        }
        return differing;
    }

    /// The hash of each.
    public List<SetHash> hashes() {
        return List.of(hashes);
    }

    /// The digest of the hash of all rows, as it is signed.
    public String root() {
        return root(List.of(hashes));
    }

    static String root(List<SetHash> hashes) {
        var total = new SetHash();
        hashes.forEach(total::add);
        return total.digest().toString();
    }
}
