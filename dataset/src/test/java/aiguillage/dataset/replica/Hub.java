package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.protocol.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A hub in small: makes versions for one replica, and knows all rows of each.
final class Hub {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// Among them keys that begin like others, to the last cell.
    static final List<Key> KEYS = keys();

    private final Path folder;
    private final RandomGenerator random;
    private int files;

    Hub(Path folder, RandomGenerator random) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.random = random;
    }

    /// @param replaces whether its layer has all rows
    record Made(
            Version version,
            NavigableMap<Key, Rows> rows,
            byte[] layer,
            @Nullable Seal seal,
            boolean replaces) {

        Rows rows(Key key) {
            return rows.getOrDefault(key, Rows.NONE);
        }

        /// As it is told when it comes: a sealed layer alone knows what its rows are.
        Version told() {
            return seal == null ? version : sealed(version);
        }

        /// Without what its layer has.
        static Version sealed(Version it) {
            return new Version(
                    it.number(),
                    it.from(),
                    it.effective(),
                    it.skippedSince(),
                    it.published(),
                    null,
                    0,
                    it.layer(),
                    it.scope());
        }

        @Override
        public String toString() {
            return version + (seal == null ? "" : " sealed") + (replaces ? " replacing" : "");
        }
    }

    private static List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        for (String group : List.of("a", "ab", "é")) {
            keys.add(Key.of(List.of(group)));
            for (int part = 0; part < 4; part++) {
                keys.add(Key.of(List.of(group, "p" + part)));
                keys.add(Key.of(List.of(group, "p" + part, "x")));
            }
        }
        return keys;
    }

    /// Other rows, some keys new and some gone.
    NavigableMap<Key, Rows> changed(NavigableMap<Key, Rows> rows, int changes) {
        NavigableMap<Key, Rows> changed = new TreeMap<>(rows);
        for (int i = 0; i < changes; i++) {
            Key key = KEYS.get(random.nextInt(KEYS.size()));
            if (random.nextInt(4) == 0) {
                changed.remove(key);
            } else {
                changed.put(key, rows());
            }
        }
        return changed;
    }

    private Rows rows() {
        List<Row> rows = new ArrayList<>();
        long time = random.nextInt(3_000);
        for (int left = random.nextInt(3); left >= 0; left--) {
            Instant from = rows.isEmpty() && random.nextBoolean() ? null : START.plusMillis(time);
            time += 1 + random.nextInt(3_000);
            Instant to = left == 0 && random.nextBoolean() ? null : START.plusMillis(time);
            rows.add(new Row(from, to, List.of(Integer.toString(random.nextInt(1_000)), "part")));
            time += (long) random.nextInt(2) * random.nextInt(500);
        }
        return Rows.of(rows);
    }

    /// @param newest what the replica has, or null when it has nothing
    /// @param replaces whether the layer has all rows
    Made made(
            @Nullable Made newest,
            long number,
            NavigableMap<Key, Rows> rows,
            Instant effective,
            @Nullable Instant skippedSince,
            String scope,
            boolean replaces,
            boolean sealed)
            throws IOException {
        NavigableMap<Key, Rows> changes = new TreeMap<>(rows);
        if (newest != null && !replaces) {
            changes.entrySet()
                    .removeIf(change -> newest.rows(change.getKey()).equals(change.getValue())
                            && random.nextInt(8) > 0); // now and then a change that is none
            newest.rows().keySet().stream()
                    .filter(key -> !rows.containsKey(key))
                    .forEach(key -> changes.put(key, Rows.NONE));
        }
        Seal seal = sealed ? seal() : null;
        String known =
                newest != null && newest.rows().equals(rows) ? newest.version().root() : null;
        String root = known == null ? root(rows) : known;
        byte[] layer =
                layer(changes, seal, replaces, sealed ? new Layer.Total(Digest.ofHeader(root), rows.size()) : null);
        long from = newest == null || (replaces && random.nextBoolean())
                ? 0
                : newest.version().number();
        var version = new Version(
                number,
                from,
                effective,
                skippedSince,
                effective,
                root,
                rows.size(),
                Digest.of(layer).toString(),
                scope);
        return new Made(version, rows, layer, seal, replaces);
    }

    private Seal seal() {
        byte[] key = new byte[Seal.BYTES];
        random.nextBytes(key);
        return new Seal(key);
    }

    static byte[] layer(
            NavigableMap<Key, Rows> changes, @Nullable Seal seal, boolean replaces, Layer.@Nullable Total total)
            throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new LayerWriter(out, seal)) {
            changes.forEach((key, rows) -> {
                try {
                    writer.add(key, rows);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.finish(replaces, total);
        }
        return out.toByteArray();
    }

    static Buckets buckets(NavigableMap<Key, Rows> rows) {
        var buckets = new Buckets();
        rows.forEach(buckets::add);
        return buckets;
    }

    static String root(NavigableMap<Key, Rows> rows) {
        var hash = new SetHash();
        var expander = new SetHash.Expander();
        rows.forEach((key, some) -> some.eachDigest(key, digest -> expander.add(hash, digest)));
        return hash.digest().toString();
    }

    /// The layer as it was received, in a file of its own.
    Path file(Made made) throws IOException {
        return file(made.layer());
    }

    Path file(byte[] layer) throws IOException {
        return Files.write(folder.resolve("received-" + files++), layer);
    }
}
