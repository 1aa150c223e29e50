package aiguillage.dataset.replica;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The hashes of all rows, in [#COUNT] parts by key, so that a difference can be narrowed down to the part it
/// is in. Their sum is the hash of all. Not for several threads.
public final class Buckets {

    public static final int COUNT = 256;

    private final SetHash.Expander expander = new SetHash.Expander();

    /// Null where there never were rows: small lists have few of these, and each takes 2 kB and its time.
    private final @Nullable SetHash[] hashes = new @Nullable SetHash[COUNT];

    private final boolean[] touched = new boolean[COUNT];

    /// Of no rows.
    public Buckets() {}

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
        SetHash known = hashes[bucket];
        SetHash hash = known == null ? new SetHash() : known;
        hashes[bucket] = hash;
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
        return new RowStore.Put(
                RowStore.Family.BUCKETS,
                new byte[] {(byte) bucket},
                hash(bucket).bytes());
    }

    private SetHash hash(int bucket) {
        SetHash known = hashes[bucket];
        return known == null ? new SetHash() : known;
    }

    /// The numbers of those whose hash is another than here.
    List<Integer> differing(List<SetHash> others) {
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (!hash(i).equals(others.get(i))) {
                differing.add(i);
            }
        }
        return differing;
    }

    /// The hash of each.
    public List<SetHash> hashes() {
        return IntStream.range(0, COUNT).mapToObj(this::hash).toList();
    }

    /// The digest of the hash of all rows, as it is signed.
    public String root() {
        return root(Arrays.stream(hashes).filter(Objects::nonNull).toList());
    }

    static String root(List<SetHash> hashes) {
        var total = new SetHash();
        hashes.forEach(total::add);
        return total.digest().toString();
    }
}
