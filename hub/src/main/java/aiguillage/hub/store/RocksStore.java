package aiguillage.hub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Slice;
import org.rocksdb.Statistics;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The store on local disk: RocksDB, one column family per [Table], one write-ahead log, synced at every write.
///
/// Payloads live in blob files: compaction then moves their 8-byte keys, not their bytes. A write-ahead log that
/// ends in the middle of a record (power loss) is read up to its last whole batch; damage before its end refuses
/// the start.
public final class RocksStore implements Store {

    private static final long BLOCK_CACHE_BYTES = 128L << 20;
    private static final long READING_CACHE_BYTES = 8L << 20;
    private static final long SCRATCH_MEMORY_BYTES = 64L << 20;
    private static final long MEMTABLE_BYTES = 64L << 20;
    private static final long PAYLOAD_MEMTABLE_BYTES = 128L << 20;
    private static final long WAL_BYTES_MAX = 512L << 20;
    private static final long BLOB_BYTES_MIN = 512;
    private static final int BACKGROUND_JOBS = 2;

    /// What is young is flushed while documents come in and soon merged again: compressing it first would only take
    /// processor time from them. One per level.
    private static final List<CompressionType> COMPRESSION = List.of(
            CompressionType.NO_COMPRESSION,
            CompressionType.NO_COMPRESSION,
            CompressionType.LZ4_COMPRESSION,
            CompressionType.LZ4_COMPRESSION,
            CompressionType.LZ4_COMPRESSION,
            CompressionType.LZ4_COMPRESSION,
            CompressionType.LZ4_COMPRESSION);

    private static final double BLOOM_BITS = 10;

    private final RocksDB rocks;
    private final Natives natives;
    private final Map<Table, ColumnFamilyHandle> families;
    private final WriteOptions writes;

    private RocksStore(RocksDB rocks, Natives natives, Map<Table, ColumnFamilyHandle> families) {
        this.rocks = rocks;
        this.natives = natives;
        this.families = families;
        this.writes = natives.add(new WriteOptions().setSync(true));
    }

    /// What lives outside of the heap, and is not freed by the garbage collector: closed in the opposite order,
    /// since each was made of those before.
    private static final class Natives implements AutoCloseable {

        private final Deque<RocksObject> open = new ArrayDeque<>();

        <T extends RocksObject> T add(T one) {
            open.push(one);
            return one;
        }

        @Override
        public void close() {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }

    @FunctionalInterface
    private interface Opening {
        RocksDB open(DBOptions options, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
                throws RocksDBException;
    }

    /// Opens the store in a folder, or makes it there.
    ///
    /// @throws StoreFailed when the folder is in use by another process, damaged, or not accessible
    public static RocksStore open(Path folder) {
        loadLibrary(folder);
        return open(
                folder,
                BLOCK_CACHE_BYTES,
                (options, families, handles) -> RocksDB.open(options, folder.toString(), families, handles));
    }

    /// [#open(Path)], counted.
    static RocksStore open(Path folder, Statistics statistics) {
        loadLibrary(folder);
        return open(
                folder,
                BLOCK_CACHE_BYTES,
                (options, families, handles) ->
                        RocksDB.open(options.setStatistics(statistics), folder.toString(), families, handles));
    }

    /// Makes a store that nobody needs after this process: nothing in it is durable, and it takes little memory.
    ///
    /// @param folder does not exist yet; the native library is unpacked beside it
    public static RocksStore scratch(Path folder) {
        loadLibrary(folder);
        var store = open(
                folder,
                READING_CACHE_BYTES,
                (options, families, handles) -> RocksDB.open(
                        options.setDbWriteBufferSize(SCRATCH_MEMORY_BYTES), folder.toString(), families, handles));
        store.writes.setSync(false).setDisableWAL(true);
        return store;
    }

    /// Opens a store for reading alone, in a process that has another open already. Its records stay as they are. A
    /// table that the hub of its time did not know is empty.
    ///
    /// @throws StoreFailed when it is damaged or not accessible
    public static RocksStore openToRead(Path folder) {
        return open(
                folder,
                READING_CACHE_BYTES,
                (options, families, handles) -> openToRead(options, folder.toString(), families, handles));
    }

    private static RocksDB openToRead(
            DBOptions options, String folder, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        Set<String> there;
        try (var listing = new Options()) {
            there = RocksDB.listColumnFamilies(listing, folder).stream()
                    .map(RocksStore::text)
                    .collect(Collectors.toCollection(HashSet::new));
        }
        there.add(text(RocksDB.DEFAULT_COLUMN_FAMILY)); // where it is not, the store says itself what is wrong
        List<ColumnFamilyDescriptor> known = families.stream()
                .filter(family -> there.contains(text(family.getName())))
                .toList();
        return RocksDB.openReadOnly(options, folder, known, handles);
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static RocksStore open(Path folder, long cacheBytes, Opening opening) {
        var natives = new Natives();
        try {
            var cache = natives.add(new LRUCache(cacheBytes));
            var filter = natives.add(new BloomFilter(BLOOM_BITS));
            var families = new ArrayList<ColumnFamilyDescriptor>();
            families.add(new ColumnFamilyDescriptor(
                    RocksDB.DEFAULT_COLUMN_FAMILY, natives.add(familyOptions(null, cache, filter))));
            for (Table table : Table.values()) {
                families.add(new ColumnFamilyDescriptor(
                        table.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII),
                        natives.add(familyOptions(table, cache, filter))));
            }
            var handles = new ArrayList<ColumnFamilyHandle>();
            RocksDB rocks = natives.add(opening.open(natives.add(options()), families, handles));
            handles.forEach(natives::add);
            var byTable = new EnumMap<Table, ColumnFamilyHandle>(Table.class);
            var byName = new HashMap<String, ColumnFamilyHandle>();
            for (ColumnFamilyHandle handle : handles) {
                byName.put(text(handle.getName()), handle);
            }
            for (Table table : Table.values()) {
                ColumnFamilyHandle handle = byName.get(table.name().toLowerCase(Locale.ROOT));
                if (handle != null) {
                    byTable.put(table, handle);
                }
            }
            return new RocksStore(rocks, natives, byTable);
        } catch (RocksDBException e) {
            natives.close();
            throw new StoreFailed(whyNotOpened(folder, String.valueOf(e.getMessage())), e);
        }
    }

    private static String whyNotOpened(Path folder, String message) {
        return message.contains("LOCK")
                ? "Another process, most likely a hub, has the store in " + folder + " open: this one did not start."
                : "The store in " + folder + " cannot be opened: " + message
                        + ". If it is damaged, restore the last backup (docs/operations.md, \"A damaged store\").";
    }

    private static DBOptions options() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setAvoidFlushDuringRecovery(false) // what the log holds is durable once the store is open
                .setMaxTotalWalSize(WAL_BYTES_MAX)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setBytesPerSync(1L << 20)
                .setKeepLogFileNum(4)
                .setMaxLogFileSize(4L << 20);
    }

    /// Unpacks the native library beside the store, each time over the last one: in the system's folder for
    /// temporary files every kill would leave one more copy of 15 MB.
    private static void loadLibrary(Path folder) {
        Path place = folder.resolveSibling("native");
        try {
            Files.createDirectories(place);
            NativeLibraryLoader.getInstance().loadLibrary(place.toString());
        } catch (IOException e) {
            throw new StoreFailed("RocksDB's library cannot be unpacked into " + place + ": " + e.getMessage(), e);
        }
    }

    private static ColumnFamilyOptions familyOptions(@Nullable Table table, LRUCache cache, BloomFilter filter) {
        var blocks = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(filter)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        var options = new ColumnFamilyOptions()
                .setTableFormatConfig(blocks)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setCompressionPerLevel(COMPRESSION);
        if (table == Table.PAYLOADS) {
            options.setWriteBufferSize(PAYLOAD_MEMTABLE_BYTES)
                    .setEnableBlobFiles(true)
                    .setMinBlobSize(BLOB_BYTES_MIN)
                    .setEnableBlobGarbageCollection(true);
        }
        return options;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        if (isMissing(table)) {
            return null;
        }
        try {
            byte[] stored = rocks.get(family(table), key);
            return stored == null ? null : Checked.unwrap(table, key, stored);
        } catch (RocksDBException e) {
            throw new StoreFailed("Reading table " + table + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public Scan scan(Table table, byte[] from, byte[] to) {
        return isMissing(table) ? new NoRows() : new RocksScan(table, from, to);
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte[] to) {
        if (isMissing(table)) {
            return null;
        }
        try (var begin = new Slice(from);
                var end = new Slice(to);
                var bounds = new ReadOptions().setIterateLowerBound(begin).setIterateUpperBound(end);
                var rows = rocks.newIterator(family(table), bounds)) {
            rows.seekToLast();
            if (rows.isValid()) {
                return new Row(rows.key(), Checked.unwrap(table, rows.key(), rows.value()));
            }
            rows.status();
            return null;
        } catch (RocksDBException e) {
            throw new StoreFailed("Reading table " + table + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(Changes changes) {
        try (var batch = new WriteBatch()) {
            for (Table table : Table.values()) {
                addTo(batch, table, changes);
            }
            rocks.write(writes, batch);
        } catch (RocksDBException e) {
            throw new StoreFailed("Writing a batch failed: " + e.getMessage(), e);
        }
    }

    private void addTo(WriteBatch batch, Table table, Changes changes) {
        ColumnFamilyHandle family = family(table);
        changes.forEach(table, (key, change) -> {
            byte[] value = change.value();
            try {
                if (value == null) {
                    batch.delete(family, key);
                } else {
                    batch.put(family, key, Checked.wrap(table, key, value));
                }
            } catch (RocksDBException e) {
                throw new StoreFailed("Building a batch failed: " + e.getMessage(), e);
            }
        });
    }

    /// Writes a consistent copy of the store, as of now, into a folder that does not exist yet. Files are linked
    /// where the file system allows it, so it is quick and takes little space. May run beside everything else.
    ///
    /// @throws IOException when the copy cannot be written; the store itself is as it was
    public void copyTo(Path folder) throws IOException {
        try (Checkpoint copy = Checkpoint.create(rocks)) {
            copy.createCheckpoint(folder.toString());
        } catch (RocksDBException e) {
            throw new IOException("Copying the store to " + folder + " failed: " + e.getMessage(), e);
        }
    }

    /// Reads every block of every file of the store and compares it with its checksum.
    ///
    /// @throws StoreFailed naming the file, at the first that does not fit
    public void requireChecksums() {
        try {
            rocks.verifyChecksum();
        } catch (RocksDBException e) {
            throw new StoreFailed("A file of the store is damaged: " + e.getMessage(), e);
        }
    }

    /// The names of the table files that belong to the store.
    public Set<String> liveFiles() {
        return rocks.getLiveFilesMetaData().stream()
                .map(file -> file.fileName().substring(file.fileName().lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /// All that this store holds outside of the heap.
    List<RocksObject> natives() {
        return List.copyOf(natives.open);
    }

    @Override
    public void close() {
        natives.close();
    }

    /// Only in a store of an older hub that is open for reading alone: all others have every table made.
    private boolean isMissing(Table table) {
        return !families.containsKey(table);
    }

    private static final class NoRows implements Scan {

        @Override
        public boolean next() {
            return false;
        }

        @Override
        public byte[] key() {
            throw new IllegalStateException("there is no row");
        }

        @Override
        public byte[] value() {
            throw new IllegalStateException("there is no row");
        }

        @Override
        public void close() {}
    }

    private ColumnFamilyHandle family(Table table) {
        ColumnFamilyHandle family = families.get(table);
        if (family == null) {
            throw new AssertionError("no column family for " + table);
        }
        return family;
    }

    private final class RocksScan implements Scan {

        private final Table table;
        private final Slice end;
        private final ReadOptions options;
        private final RocksIterator rows;
        private boolean begun;
        private byte[] key = {};
        private byte[] value = {};

        RocksScan(Table table, byte[] from, byte[] to) {
            this.table = table;
            this.end = new Slice(to);
            this.options = new ReadOptions().setIterateUpperBound(end);
            this.rows = rocks.newIterator(family(table), options);
            rows.seek(from);
        }

        @Override
        public boolean next() {
            if (begun) {
                rows.next();
            }
            begun = true;
            if (rows.isValid()) {
                key = rows.key();
                value = Checked.unwrap(table, key, rows.value()); // also for who only wants to know that it is there
                return true;
            }
            try {
                rows.status();
            } catch (RocksDBException e) {
                throw new StoreFailed("Reading table " + table + " failed: " + e.getMessage(), e);
            }
            return false;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public byte[] value() {
            return value;
        }

        @Override
        public void close() {
            rows.close();
            options.close();
            end.close();
        }
    }
}
