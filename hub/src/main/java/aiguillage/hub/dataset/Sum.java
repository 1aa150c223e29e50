package aiguillage.hub.dataset;

import aiguillage.dataset.replica.RowStore;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the rows of one scope in one version add up to: their set hash, and how many keys they are. Not for several
/// threads.
final class Sum {

    private final SetHash hash;
    private final SetHash.Expander expander = new SetHash.Expander();
    private long number;
    private long rows;

    /// Of no rows.
    Sum() {
        this(new SetHash(), 0, 0);
    }

    private Sum(SetHash hash, long number, long rows) {
        this.hash = hash;
        this.number = number;
        this.rows = rows;
    }

    /// What a publication found: the sum of all rows of the version that it made.
    ///
    /// @param rows how many keys they are
    static Sum of(SetHash hash, long number, long rows) {
        return new Sum(hash, number, rows);
    }

    /// The last one that was kept for a scope, or null.
    static @Nullable Sum read(RowStore store, Scope scope) {
        byte[] kept = store.get(RowStore.Family.SCOPES, key(scope));
        if (kept == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        long number = bytes.getLong();
        long rows = bytes.getLong();
        var hash = new byte[SetHash.BYTES];
        bytes.get(hash);
        return new Sum(SetHash.of(hash), number, rows);
    }

    /// Keeps it. After a crash an older one may be there, which is as good.
    void keep(RowStore store, Scope scope) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES + SetHash.BYTES)
                .putLong(number)
                .putLong(rows)
                .put(hash.bytes())
                .array();
        store.write(List.of(new RowStore.Put(RowStore.Family.SCOPES, key(scope), bytes)), false);
    }

    private static byte[] key(Scope scope) {
        return scope.name().getBytes(StandardCharsets.UTF_8);
    }

    /// Counts a key's rows in instead of what it had.
    void replace(Key key, Rows before, Rows after) {
        before.eachDigest(key, digest -> expander.subtract(hash, digest));
        after.eachDigest(key, digest -> expander.add(hash, digest));
        rows += (after.isEmpty() ? 0 : 1) - (before.isEmpty() ? 0 : 1);
    }

    /// It is that of this version from now on.
    void at(long version) {
        number = version;
    }

    /// Of which version it is.
    long number() {
        return number;
    }

    long rows() {
        return rows;
    }

    SetHash hash() {
        return hash;
    }
}
