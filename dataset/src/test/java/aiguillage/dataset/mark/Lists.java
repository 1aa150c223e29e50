package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Lists to mark: generated ones, and the real one beside the checkout.
final class Lists {

    static final String DATASET = "opel/parts-prices";

    /// One row in so many of the real list is tested; `-Daiguillage.real-rows=1` takes all of it.
    static final int ONE = Integer.getInteger("aiguillage.real-rows", 20);

    private static final String[] EN = {
        "SCREW", "BRACKET", "LEFT", "RIGHT", "FRONT", "ASSY", "W/O SENSOR", "WITH GASKET", "VALVE & SPRING", "COVER",
        "HOUSING", "UPPER", "KIT", "PIN", "RING", "LAMP", "W/SWITCH", "SUPPORT", "CLIP", "HOSE"
    };
    private static final String[] FR = {
        "VIS",
        "SUPPORT",
        "GAUCHE",
        "DROIT",
        "AVANT",
        "ENSEMBLE",
        "SANS CAPTEUR",
        "AVEC JOINT",
        "SOUPAPE ET RESSORT",
        "COUVERCLE",
        "BOÎTE",
        "SUPÉRIEUR",
        "KIT",
        "AXE",
        "BAGUE",
        "FEU",
        "COMMANDE",
        "RENFORT",
        "CLIP",
        "DURITE"
    };

    private Lists() {}

    /// Parts of two brands with texts in two languages and two prices; some with two effective rows.
    static Markable parts() {
        Type text = new Type.Text(60);
        var schema = new Schema(
                List.of(
                        column("brand", new Type.Code(List.of("opel", "vauxhall")), true, null),
                        column("part", new Type.Text(20), true, null),
                        column("text-en", text, false, "en"),
                        column("text-fr", text, false, "fr"),
                        column("family", new Type.Text(8), false, null),
                        column("retail", new Type.Decimal(2), false, null),
                        column("net", new Type.Decimal(3), false, null),
                        column("from", new Type.Date(), false, null)),
                "from",
                null,
                ZoneId.of("Europe/Paris"));
        return new Markable(
                schema,
                List.of(new Markable.Text("text-en", "en"), new Markable.Text("text-fr", "fr")),
                List.of("retail", "net"));
    }

    private static Column column(String name, Type type, boolean key, @Nullable String language) {
        return new Column(name, type, key, key, false, language, null);
    }

    static List<Change> parts(int count, long seed) {
        var random = new Random(seed);
        var parts = new TreeMap<Key, Rows>();
        Instant change = Instant.parse("2026-04-01T22:00:00Z");
        while (parts.size() < count) {
            String brand = random.nextInt(3) == 0 ? "vauxhall" : "opel";
            Key key = Key.of(List.of(
                    brand,
                    "%d-%03d".formatted(100 + random.nextInt(900), random.nextInt(1000))
                            + " %03d".formatted(random.nextInt(1000))));
            Row row = part(random, null, null);
            Row later = part(random, change, null);
            boolean two = random.nextInt(10) == 0;
            parts.put(key, two ? Rows.of(List.of(new Row(null, change, row.cells()), later)) : Rows.of(List.of(row)));
        }
        return changes(parts);
    }

    private static Row part(Random random, @Nullable Instant from, @Nullable Instant to) {
        int a = random.nextInt(EN.length);
        int b = random.nextInt(EN.length);
        int size = 1 + random.nextInt(200);
        long cents = Math.round(Math.exp(2 + 7 * random.nextDouble()) * 100);
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(EN[a] + " " + EN[b] + " " + size + "MM");
        cells.add(FR[a] + " " + FR[b] + " " + size + "MM");
        cells.add(random.nextInt(5) == 0 ? null : "F" + a);
        cells.add("%d.%02d".formatted(cents / 100, cents % 100));
        cells.add("%d.%02d0".formatted(cents * 7 / 1000, cents * 7 / 10 % 100));
        return new Row(from, to, cells);
    }

    private static List<Change> changes(SortedMap<Key, Rows> rows) {
        List<Change> changes = new ArrayList<>();
        rows.forEach((key, all) -> changes.add(new Change(key, all)));
        return changes;
    }

    /// The columns of the real list.
    static Markable charges() {
        var schema = new Schema(
                List.of(
                        column("id", new Type.Text(8), true, null),
                        column("description", new Type.Text(400), false, "en"),
                        column("price", new Type.Decimal(2), false, null)),
                null,
                null,
                ZoneId.of("America/Los_Angeles"));
        return new Markable(schema, List.of(new Markable.Text("description", "en")), List.of("price"));
    }

    /// One row in [#ONE] of the real list of 455,514; the test is skipped where it is not there.
    static List<Change> realCharges() {
        return charges(Samples.file("prices/chargemaster-455k.tsv.gz"), ONE);
    }

    /// One row in so many.
    static List<Change> charges(Path file, int one) {
        List<Change> changes = new ArrayList<>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine(); // the header
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number % one > 0) {
                    continue;
                }
                String[] cells = line.split("\t", -1);
                changes.add(new Change(
                        Key.of(List.of(cells[0])), Rows.of(List.of(new Row(null, null, List.of(cells[1], cells[2]))))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changes;
    }

    static MarkSecret secret(int seed) {
        var bytes = new byte[MarkSecret.BYTES];
        new Random(seed).nextBytes(bytes);
        return new MarkSecret(bytes);
    }

    static Predicate<Key> inUse(List<Change> list) {
        Set<Key> keys = new HashSet<>();
        list.forEach(change -> keys.add(change.key()));
        return keys::contains;
    }

    static Marks marks(MarkSecret secret, Markable markable, List<Change> list) {
        return new Marks(secret, DATASET, markable, Decoys.make(secret, DATASET, markable, list, inUse(list)));
    }

    static List<String> recipients(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("dealer-" + i);
        }
        return names;
    }
}
