package aiguillage.dataset.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Rows in RocksDB: a column family for each [RowStore.Family], one log.
public final class RocksRowStore implements RowStore {

    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final long WRITE_BUFFERS_BYTES = 16L << 20;
    private static final long LOG_BYTES_MAX = 64L << 20;
    private static final long CACHE_BYTES = 32L << 20;
    private static final int OPEN_FILES_MAX = 64;
    private static final int KEPT_LOG_FILES = 2;
    private static final double BLOOM_BITS = 10;

    private final RocksDB rocks;

    /// By the ordinal of their family; behind them the default one, which RocksDB insists on.
    private final List<ColumnFamilyHandle> handles;

    private final WriteOptions durably = new WriteOptions().setSync(true);
    private final WriteOptions lazily = new WriteOptions().setSync(false);
    private final List<RocksObject> natives;

    /// A call into a closed RocksDB would end the whole process.
    private final Gate gate = new Gate();

    private final AtomicBoolean closed = new AtomicBoolean();

    private RocksRowStore(RocksDB rocks, List<ColumnFamilyHandle> handles, List<RocksObject> natives) {
        this.rocks = rocks;
        this.handles = List.copyOf(handles);
        this.natives = natives;
    }

    /// Opens the store in this folder, making it when missing.
    ///
    /// @throws IOException when the folder is in use, damaged or not accessible
    public static RocksRowStore open(Path folder) throws IOException {
        Files.createDirectories(folder);
        loadLibrary(folder);
        List<RocksObject> natives = new ArrayList<>();
        var cache = new LRUCache(CACHE_BYTES);
        var filter = new BloomFilter(BLOOM_BITS);
        natives.add(cache);
        natives.add(filter);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family family : Family.values()) {
            var options = new ColumnFamilyOptions()
                    .setWriteBufferSize(WRITE_BUFFER_BYTES)
                    .setCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setTableFormatConfig(
                            new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
            natives.add(options);
            descriptors.add(new ColumnFamilyDescriptor(
                    family.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII), options));
        }
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
        var options = new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setDbWriteBufferSize(WRITE_BUFFERS_BYTES)
                .setMaxTotalWalSize(LOG_BYTES_MAX)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setKeepLogFileNum(KEPT_LOG_FILES)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
        natives.add(options);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            return new RocksRowStore(RocksDB.open(options, folder.toString(), descriptors, handles), handles, natives);
        } catch (RocksDBException e) {
            natives.reversed().forEach(RocksObject::close);
            throw new IOException("The rows in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /// Into one place of ours: left to itself, RocksDB unpacks it anew at each start, and a killed process
    /// leaves it.
    private static void loadLibrary(Path folder) throws IOException {
        Path place = folder.resolveSibling("native");
        Files.createDirectories(place);
        NativeLibraryLoader.getInstance().loadLibrary(place.toString());
        RocksDB.loadLibrary();
    }

    @SuppressWarnings("EnumOrdinal") // asked at each lookup: an array is the quickest way
    private ColumnFamilyHandle handle(Family family) {
        return handles.get(family.ordinal());
    }

    @Override
    public byte @Nullable [] get(Family family, byte[] key) {
        int place = gate.enter();
        try {
            return rocks.get(handle(family), key);
        } catch (RocksDBException e) {
            throw failed("read", e);
        } finally {
            gate.leave(place);
        }
    }

    @Override
    public void read(Family family, byte[] from, BiPredicate<byte[], byte[]> reader) {
        int place = gate.enter();
        try (RocksIterator rows = rocks.newIterator(handle(family))) {
            rows.seek(from);
            while (rows.isValid() && reader.test(rows.key(), rows.value())) {
                rows.next();
            }
            rows.status();
        } catch (RocksDBException e) {
            throw failed("read", e);
        } finally {
            gate.leave(place);
        }
    }

    @Override
    public void write(List<Put> puts, boolean durable) {
        int place = gate.enter();
        try (var batch = new WriteBatch()) {
            for (Put put : puts) {
                byte[] value = put.value();
                if (value == null) {
                    batch.delete(handle(put.family()), put.key());
                } else {
                    batch.put(handle(put.family()), put.key(), value);
                }
            }
            rocks.write(durable ? durably : lazily, batch);
        } catch (RocksDBException e) {
            throw failed("written", e);
        } finally {
            gate.leave(place);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            gate.close();
            handles.forEach(ColumnFamilyHandle::close);
            rocks.close();
            durably.close();
            lazily.close();
            natives.reversed().forEach(RocksObject::close);
        }
    }

    private static UncheckedIOException failed(String what, RocksDBException e) {
        return new UncheckedIOException("The rows cannot be " + what + ": " + e.getMessage(), new IOException(e));
    }
}
