package aiguillage.dataset.replica;

import java.io.Closeable;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Where a replica keeps its rows: sorted keys, writes that are there wholly or not at all.
///
/// Safe from any thread; reads do not wait for writes.
public interface RowStore extends Closeable {

    /// What is kept apart.
    enum Family {
        /// By key: all rows of the key in the version that everything is folded into.
        ROWS,

        /// By key and the version that ended them: what the rows of the key were before ([History]).
        HISTORY,

        /// By version and key: whose rows the version ended ([History]).
        CHANGED,

        /// By the number of a bucket: the hash of its rows.
        BUCKETS,

        /// By name: where the replica stands.
        STATE,

        /// By the name of a reader's scope: what its rows add up to. Of whoever gives the rows to others; a replica
        /// that only reads has none.
        SCOPES
    }

    byte @Nullable [] get(Family family, byte[] key);

    /// Reads on from this key, in the order of keys, as all was at one instant, until the reader has enough.
    ///
    /// @param reader gets key and value; false ends the reading
    void read(Family family, byte[] from, BiPredicate<byte[], byte[]> reader);

    /// Writes all of it or nothing.
    ///
    /// @param durable whether it must be on the disk when this returns; else it is there after the next durable
    ///     write. A crash takes the last writes, never one and not the next
    void write(List<Put> puts, boolean durable);

    @Override
    void close();

    /// @param value null removes
    record Put(Family family, byte[] key, byte @Nullable [] value) {}
}
