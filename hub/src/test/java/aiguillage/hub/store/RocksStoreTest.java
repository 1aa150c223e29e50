package aiguillage.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/// The store on disk, where it is more than the promises of [Store]: what it holds outside of the heap, and copies.
class RocksStoreTest {

    private static final byte[] KEY = Key.of(1);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void aClosedStoreHoldsNothingOutsideOfTheHeap() {
        List<RocksObject> natives;
        try (RocksStore store = RocksStore.open(folder.resolve("store"))) {
            natives = store.natives();
            assertThat(natives)
                    .hasSizeGreaterThan(2 * Table.values().length)
                    .allMatch(RocksObject::isOwningHandle)
                    .anyMatch(LRUCache.class::isInstance)
                    .anyMatch(BloomFilter.class::isInstance);
        }
        assertThat(natives).noneMatch(RocksObject::isOwningHandle);
    }

    /// I1: durable means that the disk was told to keep it, at every write.
    @Test
    void everyWriteIsSynced() {
        try (var statistics = new Statistics();
                RocksStore store = RocksStore.open(folder.resolve("store"), statistics)) {
            long before = statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
            for (int i = 1; i <= 50; i++) {
                write(store, Key.of(i));
                assertThat(statistics.getTickerCount(TickerType.WAL_FILE_SYNCED) - before)
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void aTableThatAnOlderHubDidNotKnowIsEmptyForReaders() throws Exception {
        Path old = folder.resolve("store");
        try (RocksStore store = RocksStore.open(old)) {
            write(store, KEY);
        }
        drop(old, "acts");
        try (RocksStore read = RocksStore.openToRead(old);
                Store.Scan rows = read.scan(Table.ACTS, new byte[0], KEY)) {
            assertThat(read.get(Table.CURRENT, KEY)).isEqualTo(VALUE);
            assertThat(read.get(Table.ACTS, KEY)).isNull();
            assertThat(read.last(Table.ACTS, new byte[0], KEY)).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    private static void drop(Path store, String table) throws RocksDBException {
        var families = new ArrayList<ColumnFamilyDescriptor>();
        try (var options = new Options()) {
            RocksDB.listColumnFamilies(options, store.toString())
                    .forEach(name -> families.add(new ColumnFamilyDescriptor(name)));
        }
        var handles = new ArrayList<ColumnFamilyHandle>();
        try (var options = new DBOptions();
                RocksDB rocks = RocksDB.open(options, store.toString(), families, handles)) {
            for (ColumnFamilyHandle handle : handles) {
                if (new String(handle.getName(), StandardCharsets.US_ASCII).equals(table)) {
                    rocks.dropColumnFamily(handle);
                }
            }
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    @Test
    void aCopyHoldsWhatWasWrittenBeforeAndIsReadWithoutAChange() throws IOException {
        Path copy = folder.resolve("backup/store");
        Files.createDirectory(folder.resolve("backup"));
        try (RocksStore store = RocksStore.open(folder.resolve("data/store"))) {
            write(store, KEY);
            store.copyTo(copy);
            write(store, Key.of(2));
            List<String> before = names(copy);
            try (RocksStore read = RocksStore.openToRead(copy)) {
                assertThat(read.get(Table.CURRENT, KEY)).isEqualTo(VALUE);
                assertThat(read.get(Table.CURRENT, Key.of(2))).isNull();
            }
            assertThat(names(copy))
                    .containsAll(before)
                    .filteredOn(name -> !name.startsWith("LOG"))
                    .hasSameSizeAs(before);
        }
        assertThat(names(folder.resolve("backup"))).containsExactly("store");
    }

    @Test
    void aCopyThatCannotBeWrittenLeavesTheStoreUsable() throws IOException {
        try (RocksStore store = RocksStore.open(folder.resolve("store"))) {
            assertThatThrownBy(() -> store.copyTo(folder.resolve("none/below")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("none/below");
            write(store, KEY);
            assertThat(store.get(Table.CURRENT, KEY)).isEqualTo(VALUE);
        }
    }

    @Test
    void aStoreInUseIsNotOpenedTwice() {
        try (RocksStore first = RocksStore.open(folder.resolve("store"))) {
            assertThatThrownBy(() -> RocksStore.open(folder.resolve("store")))
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("Another process, most likely a hub, has the store in ");
            assertThat(first.natives()).allMatch(RocksObject::isOwningHandle);
        }
    }

    private static void write(RocksStore store, byte[] key) {
        var changes = new Changes();
        changes.put(Table.CURRENT, key, VALUE);
        store.write(changes);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
