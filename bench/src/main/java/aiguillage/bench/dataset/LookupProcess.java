package aiguillage.bench.dataset;

import aiguillage.bench.server.Child;
import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.RocksRowStore;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.protocol.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Lookups in one process, of a replica whose rows are folded, and beside it RocksDB's `get` of the same
/// bytes, with the settings of the replica's store. For each line, which says for how many milliseconds, it
/// answers: lookups and gets per second, p99 of both in µs. They take turns in slices.
public final class LookupProcess {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BATCH_ROWS = 10_000;
    private static final int KEYS = 100_000;
    private static final int SLICES = 4;
    private static final int SLICE_LOOKUPS_MAX = 4_000_000;
    private static final long SEED = 7;

    private final Replica replica;
    private final RocksDB bare;
    private final Key[] keys;

    private LookupProcess(Path folder, PartsList list) throws IOException, RocksDBException {
        replica = new Replica(
                RocksRowStore.open(folder.resolve("ours").resolve("rows")),
                new LayerFiles(folder.resolve("ours").resolve("stack")));
        bare = bare(folder.resolve("bare"));
        Path layer = folder.resolve("layer");
        replica.adopt(written(list, layer), layer);
        if (replica.fold(Instant.now()) != null) {
            throw new IOException("the rows are not those of their root");
        }
        var random = new SplittableRandom(SEED);
        keys = new Key[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = Key.of(List.of(list.part(random.nextInt(list.places()))));
        }
    }

    private static RocksDB bare(Path folder) throws RocksDBException {
        return RocksDB.open(
                new Options()
                        .setCreateIfMissing(true)
                        .setWriteBufferSize(8L << 20)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setTableFormatConfig(new BlockBasedTableConfig()
                                .setBlockCache(new LRUCache(32L << 20))
                                .setFilterPolicy(new BloomFilter(10))),
                folder.toString());
    }

    /// Writes all rows into the other store and into a layer; keys come in their order.
    private Version written(PartsList list, Path layer) throws IOException, RocksDBException {
        var hash = new SetHash();
        var expander = new SetHash.Expander();
        try (var writer = new LayerWriter(Files.newOutputStream(layer), null);
                var batch = new WriteBatch();
                var lazily = new WriteOptions()) {
            for (int place = 0; place < list.places(); place++) {
                Key key = Key.of(List.of(list.part(place)));
                Rows rows = Rows.of(List.of(new Row(null, null, new ArrayList<>(list.cells(place)))));
                writer.add(key, rows);
                rows.eachDigest(key, digest -> expander.add(hash, digest));
                batch.put(key.bytes(), rows.bytes());
                if (batch.count() == BATCH_ROWS) {
                    bare.write(lazily, batch);
                    batch.clear();
                }
            }
            bare.write(lazily, batch);
            writer.finish(true, null);
        }
        String digest = Digest.of(Files.readAllBytes(layer)).toString();
        return new Version(1, 0, SINCE, null, SINCE, hash.digest().toString(), list.places(), digest, "*");
    }

    /// @param arguments a folder, and how many rows
    public static void main(String[] arguments) throws Exception {
        var process = new LookupProcess(Path.of(arguments[0]), new PartsList(Integer.parseInt(arguments[1])));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Child.say(process.round(Long.parseLong(line)));
        }
        process.replica.close();
        process.bare.close();
    }

    @FunctionalInterface
    private interface Lookup {
        boolean finds(Key key) throws IOException, NotKnown, RocksDBException;
    }

    private String round(long millis) throws IOException, NotKnown, RocksDBException {
        Lookup ours = key -> replica.lookup(key, Instant.now()).row() != null;
        Lookup alone = key -> bare.get(key.bytes()) != null;
        double[] rates = new double[2];
        double[] p99 = new double[2];
        for (int slice = 0; slice < SLICES; slice++) {
            rates[0] += rate(ours, millis / SLICES / 4) / SLICES;
            rates[1] += rate(alone, millis / SLICES / 4) / SLICES;
            p99[0] += p99Micros(ours, millis / SLICES / 4) / SLICES;
            p99[1] += p99Micros(alone, millis / SLICES / 4) / SLICES;
        }
        return rates[0] + " " + rates[1] + " " + p99[0] + " " + p99[1];
    }

    private double rate(Lookup lookup, long millis) throws IOException, NotKnown, RocksDBException {
        long began = System.nanoTime();
        long end = began + millis * 1_000_000;
        long count = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 100; i++) {
                find(lookup, count++);
            }
        }
        return count * 1e9 / (System.nanoTime() - began);
    }

    private double p99Micros(Lookup lookup, long millis) throws IOException, NotKnown, RocksDBException {
        long end = System.nanoTime() + millis * 1_000_000;
        var nanos = new int[1 << 16];
        int count = 0;
        long last = 0;
        while (last < end && count < SLICE_LOOKUPS_MAX) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            long began = System.nanoTime();
            find(lookup, count);
            last = System.nanoTime();
            nanos[count++] = (int) (last - began);
        }
        Arrays.sort(nanos, 0, count);
        return nanos[(int) (0.99 * (count - 1))] / 1e3;
    }

    private void find(Lookup lookup, long number) throws IOException, NotKnown, RocksDBException {
        Key key = keys[(int) (number % KEYS)];
        if (!lookup.finds(key)) {
            throw new IOException("the key " + key + " was not found");
        }
    }
}
