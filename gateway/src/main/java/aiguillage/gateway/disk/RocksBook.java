package aiguillage.gateway.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The book in RocksDB: one atomic batch, one sync of its log, however many records; the order of writes is the
/// order of the log, so what is not durable goes with the next durable write.
///
/// When the disk refuses a write, the gateway stops with the reason rather than go on without memory; what was
/// durable stays.
public final class RocksBook implements Book {

    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final long LOG_BYTES_MAX = 32L << 20;
    private static final int OPEN_FILES_MAX = 64;
    private static final int KEPT_LOG_FILES = 2;

    private final Options options;
    private final WriteOptions durably;
    private final WriteOptions lazily;
    private final RocksDB rocks;

    /// Held for writing by [#close()]: a call into a closed RocksDB would end the whole process.
    private final ReadWriteLock open = new ReentrantReadWriteLock();

    private boolean closed;

    private RocksBook(Options options, RocksDB rocks) {
        this.options = options;
        this.rocks = rocks;
        this.durably = new WriteOptions().setSync(true);
        this.lazily = new WriteOptions().setSync(false);
    }

    /// Opens the book in this folder, making it when missing.
    public static RocksBook open(Path folder) throws IOException {
        Files.createDirectories(folder);
        loadLibrary(folder);
        var options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxTotalWalSize(LOG_BYTES_MAX)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setKeepLogFileNum(KEPT_LOG_FILES)
                // Damage before the log's end stands before documents the DMS was told yes for: no start (decision 7).
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setAvoidFlushDuringRecovery(false) // what the log holds is durable once the book is open
                .setCompressionType(CompressionType.LZ4_COMPRESSION);
        try {
            return new RocksBook(options, RocksDB.open(options, folder.toString()));
        } catch (RocksDBException e) {
            options.close();
            throw new IOException(
                    "The gateway's book in " + folder + " cannot be opened: " + e.getMessage()
                            + ". Free disk space or mend the folder's rights, then start again. If it says that the"
                            + " log is damaged, keep the whole data folder and ask for help: removing the book would"
                            + " forget documents that wait to be sent.",
                    e);
        }
    }

    /// Unpacks the native library into one place of ours, each time over the last one. Left to itself, RocksDB
    /// unpacks it into a new temporary file at each start, and a killed process leaves its 15 MB there.
    private static void loadLibrary(Path book) throws IOException {
        Path place = book.resolveSibling("native");
        Files.createDirectories(place);
        NativeLibraryLoader.getInstance().loadLibrary(place.toString());
        RocksDB.loadLibrary();
    }

    @Override
    public byte @Nullable [] read(String key) {
        open.readLock().lock();
        try {
            requireOpen();
            return rocks.get(bytes(key));
        } catch (RocksDBException e) {
            throw failed("read", e);
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public List<Entry> scan(String prefix, String from, int max) {
        open.readLock().lock();
        try {
            requireOpen();
            return found(prefix, from, max);
        } finally {
            open.readLock().unlock();
        }
    }

    private List<Entry> found(String prefix, String from, int max) {
        List<Entry> found = new ArrayList<>();
        try (RocksIterator records = rocks.newIterator()) {
            for (records.seek(bytes(from)); records.isValid() && found.size() < max; records.next()) {
                String key = new String(records.key(), StandardCharsets.UTF_8);
                if (!key.startsWith(prefix)) {
                    return found;
                }
                found.add(new Entry(key, records.value()));
            }
            records.status();
            return found;
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void write(List<Change> changes, boolean durable) {
        open.readLock().lock();
        try (var batch = new WriteBatch()) {
            requireOpen();
            for (Change change : changes) {
                byte[] value = change.value();
                if (value == null) {
                    batch.delete(bytes(change.key()));
                } else {
                    batch.put(bytes(change.key()), value);
                }
            }
            rocks.write(durable ? durably : lazily, batch);
        } catch (RocksDBException e) {
            throw failed("written", e);
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            closed = true;
            closeNative();
        } finally {
            open.writeLock().unlock();
        }
    }

    private void closeNative() {
        rocks.close();
        durably.close();
        lazily.close();
        options.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the gateway's book was closed while a part still used it");
        }
    }

    private static UncheckedIOException failed(String what, RocksDBException e) {
        return new UncheckedIOException(
                "The gateway's book cannot be " + what + ": " + e.getMessage(), new IOException(e));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
