package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.layer.LayerWriter;
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
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// How fast a lookup is, beside RocksDB's `get` alone, in one process and in turns. No part of the gate: its
/// name does not end in Test. The environment's `PRICES` may name a file of key, description and price,
/// gzipped.
class LookupSpeed {

    private static final int GENERATED = 455_000;
    private static final int LOOKUPS = 300_000;
    private static final int ROUNDS = 15;
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(1);
    private final NavigableMap<Key, Rows> rows = new TreeMap<>();
    private long blackHole;

    private interface Lookup {
        int at(Key key) throws Exception;
    }

    private void read() throws IOException {
        String file = System.getenv("PRICES");
        if (file == null) {
            for (int i = 0; i < GENERATED; i++) {
                String words =
                        "PART " + Long.toString(random.nextLong() >>> 20, 36).toUpperCase(Locale.ROOT) + " LEFT";
                add(String.format(Locale.ROOT, "%08d", i * 7), words, random.nextInt(100_000) + ".00");
            }
            return;
        }
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(file))), StandardCharsets.UTF_8))) {
            in.lines().skip(1).map(line -> line.split("\t", -1)).forEach(cells -> add(cells[0], cells[1], cells[2]));
        }
    }

    private void add(String key, String description, String price) {
        var row = new Row(SINCE, null, Arrays.asList(description.isEmpty() ? null : description, price));
        rows.put(Key.of(List.of(key)), Rows.of(List.of(row)));
    }

    private RocksDB bare() throws Exception {
        var options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(8L << 20)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(new LRUCache(32L << 20))
                        .setFilterPolicy(new BloomFilter(10)));
        RocksDB rocks = RocksDB.open(options, folder.resolve("bare").toString());
        var batch = new WriteBatch();
        int count = 0;
        for (Map.Entry<Key, Rows> row : rows.entrySet()) {
            batch.put(row.getKey().bytes(), row.getValue().bytes());
            if (++count % 10_000 == 0) {
                rocks.write(new WriteOptions(), batch);
                batch.clear();
            }
        }
        rocks.write(new WriteOptions(), batch);
        return rocks;
    }

    private Version version(Path file) throws IOException {
        try (var writer = new LayerWriter(Files.newOutputStream(file), null)) {
            for (Map.Entry<Key, Rows> row : rows.entrySet()) {
                writer.add(row.getKey(), row.getValue());
            }
            writer.finish(true);
        }
        var hash = new SetHash();
        var expander = new SetHash.Expander();
        rows.forEach((key, some) -> some.eachDigest(key, digest -> expander.add(hash, digest)));
        String layer = Digest.of(Files.readAllBytes(file)).toString();
        return new Version(1, 0, SINCE, null, SINCE, hash.digest().toString(), rows.size(), layer, "all");
    }

    @Test
    void besideGetAlone() throws Exception {
        read();
        RocksDB bare = bare();
        RocksRowStore store = RocksRowStore.open(folder.resolve("ours").resolve("rows"));
        var replica = new Replica(store, new LayerFiles(folder.resolve("ours").resolve("layers")));
        Path file = folder.resolve("received");
        Version version = version(file);
        say("%,d keys, layer of %,d bytes", rows.size(), Files.size(file));
        timed("adopt", () -> replica.adopt(version, file));
        Lookup ours = key -> replica.lookup(key, NOW).row() == null ? 0 : 1;
        List<Key> keys = keys(new ArrayList<>(rows.keySet()));
        rounds("layer as it lies, 20,000 of them", keys.subList(0, 20_000), 3, bare, ours);
        timed("fold", () -> assertThat(replica.fold(NOW)).isNull());
        timed("verify", () -> assertThat(replica.verify().exact()).isTrue());
        rounds("lookup", keys, ROUNDS, bare, ours);
        rounds(
                "our store's get",
                keys,
                ROUNDS,
                bare,
                key -> store.get(RowStore.Family.ROWS, key.bytes()) == null ? 0 : 1);
        thousand(replica, keys);
        twoThreads(keys, bare, ours);
        assertThat(blackHole).as("found, so that nothing was left out").isPositive();
        replica.close();
        bare.close();
    }

    private interface Deed {
        void run() throws Exception;
    }

    private static void timed(String what, Deed deed) throws Exception {
        long start = System.nanoTime();
        deed.run();
        say("%s: %,d ms", what, (System.nanoTime() - start) / 1_000_000);
    }

    private List<Key> keys(List<Key> all) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < LOOKUPS; i++) {
            keys.add(all.get(random.nextInt(all.size())));
        }
        return keys;
    }

    private void rounds(String what, List<Key> keys, int rounds, RocksDB bare, Lookup ours) throws Exception {
        Lookup alone = key -> bare.get(key.bytes()) == null ? 0 : 1;
        for (int i = 0; i < 4; i++) {
            rate(keys, alone);
            rate(keys, ours);
        }
        double[] ratios = new double[rounds];
        double[] rates = new double[rounds];
        long[] aloneNanos = new long[rounds * keys.size()];
        long[] oursNanos = new long[rounds * keys.size()];
        for (int round = 0; round < rounds; round++) {
            double other = rate(keys, alone);
            rates[round] = rate(keys, ours);
            ratios[round] = rates[round] / other;
            latencies(keys, alone, aloneNanos, round * keys.size());
            latencies(keys, ours, oursNanos, round * keys.size());
        }
        Arrays.sort(ratios);
        Arrays.sort(rates);
        say(
                "%s: %,.0f/s, %.0f %% of get alone (%.0f to %.0f)",
                what, rates[rounds / 2], 100 * ratios[rounds / 2], 100 * ratios[0], 100 * ratios[rounds - 1]);
        say("  ours:  %s", percentiles(oursNanos));
        say("  alone: %s", percentiles(aloneNanos));
    }

    private double rate(List<Key> keys, Lookup lookup) throws Exception {
        long start = System.nanoTime();
        for (Key key : keys) {
            blackHole += lookup.at(key);
        }
        return keys.size() * 1e9 / (System.nanoTime() - start);
    }

    private void latencies(List<Key> keys, Lookup lookup, long[] nanos, int from) throws Exception {
        int at = from;
        for (Key key : keys) {
            long start = System.nanoTime();
            blackHole += lookup.at(key);
            nanos[at++] = System.nanoTime() - start;
        }
    }

    private static String percentiles(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "p50 %.1f µs, p99 %.1f µs, p99.9 %.1f µs",
                nanos[nanos.length / 2] / 1e3,
                nanos[(int) (nanos.length * 0.99)] / 1e3,
                nanos[(int) (nanos.length * 0.999)] / 1e3);
    }

    private void thousand(Replica replica, List<Key> keys) throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i + 1_000 <= keys.size(); i += 1_000) {
            long start = System.nanoTime();
            blackHole += replica.lookup(keys.subList(i, i + 1_000), NOW).size();
            nanos.add(System.nanoTime() - start);
        }
        nanos.sort(null);
        say(
                "1,000 keys at once: p50 %.2f ms, p99 %.2f ms",
                nanos.get(nanos.size() / 2) / 1e6, nanos.get((int) (nanos.size() * 0.99)) / 1e6);
    }

    private void twoThreads(List<Key> keys, RocksDB bare, Lookup ours) throws Exception {
        for (int round = 0; round < 3; round++) {
            double alone = together(keys, key -> bare.get(key.bytes()) == null ? 0 : 1);
            double both = together(keys, ours);
            say("two threads: %,.0f/s, %.0f %% of get alone", both, 100 * both / alone);
        }
    }

    private double together(List<Key> keys, Lookup lookup) throws Exception {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    rate(keys, lookup);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return 2.0 * keys.size() * 1e9 / (System.nanoTime() - start);
    }

    @SuppressWarnings("AnnotateFormatMethod") // nobody else calls it
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
