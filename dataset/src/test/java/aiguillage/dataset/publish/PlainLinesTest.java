package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Format;
import aiguillage.dataset.source.Item;
import aiguillage.dataset.source.Line;
import aiguillage.dataset.source.Plain;
import aiguillage.dataset.source.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLinesTest {

    private static final int LINES = 30_000;
    private static final Map<String, BigDecimal> LEAST = Map.of("price", new BigDecimal("0.005"));

    @TempDir
    private Path folder;

    private static Column column(String name, Type type, boolean key, boolean required) {
        return new Column(name, type, key, required, false, null, null);
    }

    private static final Schema SCHEMA = new Schema(
            List.of(
                    column("part", new Type.Text(6), true, false),
                    column("market", new Type.Code(List.of("FR", "DÉ")), true, false),
                    column("text", new Type.Text(12), false, false),
                    column("price", new Type.Decimal(2), false, true),
                    column("weight", new Type.Decimal(0), false, false),
                    column("seen", new Type.Date(), false, false),
                    column("from", new Type.Date(), false, false),
                    column("to", new Type.Date(), false, false)),
            "from",
            "to",
            ZoneId.of("Europe/Paris"));

    private static final List<String> ODD = List.of(
            "",
            " ",
            "a ",
            " a",
            "\"a\"",
            "a\"b",
            "é",
            "Écrou",
            "€",
            "a\tb",
            "\u00a0x",
            "x\u2003",
            "\u0085",
            "\ufffd",
            "\ud83d\ude97",
            "abcdefghijklmn",
            "ééééééé",
            "-1.00",
            "007",
            "1.5",
            "0.00",
            "1 234,00",
            "31/2/2026",
            "1;2");

    private static String any(Random random, String... usual) {
        return random.nextInt(12) == 0 ? ODD.get(random.nextInt(ODD.size())) : usual[random.nextInt(usual.length)];
    }

    private static String line(Random random, char point) {
        String price = random.nextInt(300) + String.valueOf(point) + random.nextInt(10) + random.nextInt(10);
        return String.join(
                        ";",
                        any(random, "P" + random.nextInt(9_999)),
                        any(random, "FR", "DÉ"),
                        any(random, "Vis", "Joint é", ""),
                        any(random, price),
                        any(random, "0", "12", ""),
                        any(random, "1/4/2026", "15/12/2026", ""),
                        any(random, "1/4/2026", "2/4/2026", ""),
                        any(random, "1/4/2026", "31/12/2026", ""))
                + (random.nextInt(40) == 0 ? ";" : "");
    }

    /// Bytes of a file, some of them spoilt.
    private static byte[] file(Random random, Dialect dialect) {
        var file = new ByteArrayOutputStream();
        for (int i = 0; i < LINES; i++) {
            byte[] line = (line(random, dialect.decimalComma() ? ',' : '.') + (random.nextInt(9) == 0 ? "\r\n" : "\n"))
                    .getBytes(dialect.charset());
            if (random.nextInt(30) == 0) {
                line[random.nextInt(line.length - 1)] = (byte) random.nextInt(256);
            }
            file.writeBytes(line);
        }
        return file.toByteArray();
    }

    private Map<Long, Checked> read(Format.Cells format, byte[] file, boolean glance, long[] plain) throws IOException {
        Map<Long, Checked> found = new HashMap<>();
        try (var findings = new Findings(SCHEMA, folder);
                Source source = format.open(new ByteArrayInputStream(file), SCHEMA, false)) {
            if (glance) {
                source.glance(new PlainLines(SCHEMA, format.dialect(), source.layout(), LEAST));
            }
            var checker = new Checker(SCHEMA, format.dialect(), source.layout(), null, LEAST, findings);
            for (Item item = source.next(); item != null; item = source.next()) {
                plain[0] += item instanceof Plain ? 1 : 0;
                Checked checked = checked(item, checker);
                if (checked != null) {
                    found.put(checked.line(), checked);
                }
            }
        }
        return found;
    }

    private static @Nullable Checked checked(Item item, Checker checker) throws IOException {
        return item instanceof Plain plain
                ? new Checked(plain.key(), plain.number(), false, plain.rows())
                : item instanceof Line line ? checker.check(line) : null;
    }

    private void assertSame(Dialect dialect, long plainMin) throws IOException {
        var random = new Random(7);
        byte[] file = file(random, dialect);
        var format = new Format.Cells(dialect, false, Map.of(), false, true, null);
        long[] plain = new long[1];
        Map<Long, Checked> quick = read(format, file, true, plain);
        assertThat(quick).as("rows").isEqualTo(read(format, file, false, new long[1]));
        assertThat(plain[0]).as("lines of which a glance was enough").isGreaterThan(plainMin);
    }

    @Test
    void aGlanceMakesTheRowsThatReadingMakes() throws IOException {
        assertSame(new Dialect(';', true, StandardCharsets.UTF_8, false, "d/M/uuuu"), LINES / 4);
        assertSame(new Dialect(';', false, StandardCharsets.UTF_8, true, "d/M/uuuu"), LINES / 4);
        assertSame(new Dialect(';', true, StandardCharsets.ISO_8859_1, true, "d/M/uuuu"), LINES / 20);
    }
}
