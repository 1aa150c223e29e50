package aiguillage.dataset.replica;

import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.protocol.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Versions that follow from their number alone, so that whoever reads knows what must be read.
///
/// Each version changes two keys of three, and some are gone for a while. The price of a key is the number of
/// the version that changed it last.
final class Prices {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// Every so many versions come as a whole list.
    private static final int WHOLE = 7;

    private final int keys;

    Prices(int keys) {
        this.keys = keys;
    }

    int keys() {
        return keys;
    }

    static Key key(int number) {
        return Key.of(List.of(String.format(Locale.ROOT, "%07d", number)));
    }

    /// When it begins to hold: one hour behind the other.
    static Instant effective(long version) {
        return START.plus(Duration.ofHours(version));
    }

    private static boolean changes(long version, int key) {
        return version == 1 || (version + key) % 3 != 0;
    }

    private static boolean isGone(long version, int key) {
        return (version + key) % 7 == 0;
    }

    /// The rows of a key in a version.
    static Rows rows(long version, int key) {
        long last = version;
        while (last > 0 && !changes(last, key)) {
            last--;
        }
        return last == 0 || isGone(last, key)
                ? Rows.NONE
                : Rows.of(List.of(new Row(null, null, List.of(Long.toString(last), "a part of number " + key))));
    }

    private String root(long version) {
        var hash = new SetHash();
        var expander = new SetHash.Expander();
        for (int key = 0; key < keys; key++) {
            rows(version, key).eachDigest(key(key), digest -> expander.add(hash, digest));
        }
        return hash.digest().toString();
    }

    /// Writes its layer into this file.
    Version made(long version, Path file) throws IOException {
        boolean replaces = version % WHOLE == 0;
        var out = new ByteArrayOutputStream();
        try (var writer = new LayerWriter(out, null)) {
            for (int key = 0; key < keys; key++) {
                Rows rows = rows(version, key);
                if (replaces ? !rows.isEmpty() : changes(version, key)) {
                    writer.add(key(key), rows);
                }
            }
            writer.finish(replaces, null);
        }
        Files.write(file, out.toByteArray());
        Instant effective = effective(version);
        String layer = Digest.of(out.toByteArray()).toString();
        return new Version(version, version - 1, effective, null, effective, root(version), keys, layer, "all");
    }
}
