package aiguillage.hub.store;

import org.jspecify.annotations.Nullable;

/// See the package's page for the promises. Reads are safe from any thread; only one thread writes.
public interface Store extends AutoCloseable {

    /// The value of a key, or null.
    ///
    /// @throws CorruptRecord when what is stored is not what was written
    byte @Nullable [] get(Table table, byte[] key);

    /// The rows of a table from `from` (inclusive) up to `to` (exclusive), in the order of the keys, as they are at
    /// this moment.
    Scan scan(Table table, byte[] from, byte[] to);

    /// The last row from `from` (inclusive) up to `to` (exclusive), or null when there is none.
    @Nullable
    Row last(Table table, byte[] from, byte[] to);

    /// Writes a batch: all or nothing, durable on return.
    ///
    /// @throws StoreFailed when it is not known whether the batch is durable: the hub must stop
    void write(Changes changes);

    @Override
    void close();

    /// One row; nobody changes its arrays.
    record Row(byte[] key, byte[] value) {}

    /// A walk over rows. Not for several threads; close it. Begin with [#next].
    interface Scan extends AutoCloseable {

        /// Steps to the next row; false when there is none.
        ///
        /// @throws CorruptRecord when the row is not what was written, whether or not its value is asked for
        boolean next();

        /// The row's key; do not change it.
        byte[] key();

        /// The row's value; do not change it.
        byte[] value();

        @Override
        void close();
    }
}
