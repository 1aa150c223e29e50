package aiguillage.dataset.publish;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Format;
import aiguillage.dataset.source.Item;
import aiguillage.dataset.source.Lines;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// Publishes a list as a first version and, a little changed, as a second, in a process of its own; says how
/// long each took, beside reading and cutting the same file alone.
final class PublishList {

    private static final Dialect DIALECT = new Dialect('\t', false, StandardCharsets.UTF_8, false, "uuuu-MM-dd");
    private static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("id", new Type.Text(12), true, true, false, null, null),
                    new Column("description", new Type.Text(400), false, true, false, "en", null),
                    new Column("price", new Type.Decimal(2), false, true, false, null, "USD")),
            null,
            null,
            Scene.PARIS);
    private static final Format FORMAT = new Format.Cells(DIALECT, true, Map.of(), false, true, null);
    private static final Guards GUARDS = new Guards(
            Map.of("price", new BigDecimal("0.01")),
            null,
            new Guards.Limit(BigDecimal.ONE, Then.HOLD),
            Map.of("price", new Guards.Limit(new BigDecimal(200), Then.HOLD)));

    private PublishList() {}

    /// @param arguments the list, a folder, and how often
    public static void main(String[] arguments) throws IOException {
        Path list = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Path changed = changed(list, folder.resolve("changed.tsv"));
        for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
            long start = System.nanoTime();
            say("java.io alone", start, plainly(list));
            start = System.nanoTime();
            say("reading and cutting alone", start, cut(list));
            start = System.nanoTime();
            Outcome.Ready first = publish(open(list), InForce.NONE, Files.createTempDirectory(folder, "first"));
            say("first version", start, first.summary());
            try (Layer layer = Layer.open(first.layer(), null)) {
                var inForce = new LayerInForce(layer, first.hash());
                start = System.nanoTime();
                Outcome.Ready second =
                        publish(Files.newInputStream(changed), inForce, Files.createTempDirectory(folder, "second"));
                say("second version", start, second.summary());
            }
        }
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.out.printf(Locale.ROOT, "peak of the heap's parts: %d MB%n", peak >> 20);
    }

    private static void say(String what, long start, Object result) {
        System.out.printf(Locale.ROOT, "%s: %d ms: %s%n", what, (System.nanoTime() - start) / 1_000_000, result);
    }

    private static InputStream open(Path list) throws IOException {
        return new GZIPInputStream(Files.newInputStream(list), 64 << 10);
    }

    /// One row in 20 costs a little more, one in 1,000 is gone.
    private static Path changed(Path list, Path changed) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(open(list), StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(changed)) {
            out.write(in.readLine() + "\n");
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int tab = line.lastIndexOf('\t');
                boolean dearer = number % 20 == 1;
                if (number % 1_000 != 0) {
                    out.write(line, 0, tab + 1);
                    var price = new BigDecimal(line.substring(tab + 1));
                    out.write((dearer ? price.add(price.movePointLeft(1).max(new BigDecimal("0.01"))) : price)
                            .setScale(2, java.math.RoundingMode.HALF_UP)
                            .toPlainString());
                    out.write('\n');
                }
                number++;
            }
        }
        return changed;
    }

    private static int plainly(Path list) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(open(list), StandardCharsets.UTF_8))) {
            int cells = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] parts = line.split("\t", -1);
                cells += parts.length;
                if (cells > 3) {
                    cells += new BigDecimal(parts[2]).signum() - 1;
                }
            }
            return cells;
        }
    }

    private static long cut(Path list) throws IOException {
        try (var lines = new Lines(open(list), DIALECT, true)) {
            long number = 0;
            for (Item item = lines.next(); item != null; item = lines.next()) {
                number = item.number();
            }
            return number;
        }
    }

    private static Outcome.Ready publish(InputStream in, InForce inForce, Path folder) throws IOException {
        Outcome outcome = new Publication(SCHEMA, FORMAT, GUARDS).publish(in, false, inForce, folder);
        return switch (outcome) {
            case Outcome.Ready ready -> ready;
            case Outcome.Held held ->
                throw new IllegalStateException(held.report().text());
            case Outcome.Refused refused ->
                throw new IllegalStateException(refused.report().text());
        };
    }

    /// The rows of a first version, as they lie in its layer.
    private record LayerInForce(Layer layer, SetHash total) implements InForce {

        @Override
        public Iterator<Change> all() {
            return layer.all();
        }

        @Override
        public Rows find(Key key) throws IOException {
            Rows rows = layer.find(key);
            return rows == null ? Rows.NONE : rows;
        }

        @Override
        public long keys() {
            return layer.changes();
        }

        @Override
        public SetHash hash() {
            return total.copy();
        }
    }
}
