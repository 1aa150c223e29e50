package aiguillage.format;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.format.reading.FlatReader;
import aiguillage.format.record.DaffodilCodec;
import aiguillage.format.record.FlatNode;
import aiguillage.format.testing.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Generated files, by seeds: what is written is read, what is read is written, and Daffodil reads the same.
class RoundTripTest {

    private static final int SEEDS = 300;
    private static final String CHARS = "abcé ;\"'?+:\nÀ<&>.,0";

    private static final String DELIMITED = """
            <xs:element name="text" type="xs:string" dfdl:escapeSchemeRef="quotes"/>
            <xs:element name="number" type="xs:decimal" nillable="true" dfdl:textNumberPattern="#,##0.00##"/>
            <xs:element name="count" type="xs:integer" dfdl:textNumberPattern="000"/>
            <xs:element name="day" type="xs:date" nillable="true"/>
            <xs:element name="last" type="xs:string" dfdl:escapeSchemeRef="quotes"/>
            """;

    private static final String FIXED = """
            <xs:element name="text" type="xs:string" dfdl:lengthKind="explicit" dfdl:length="12" dfdl:textTrimKind="padChar"
                dfdl:textPadKind="padChar"/>
            <xs:element name="cents" type="xs:decimal" dfdl:lengthKind="explicit" dfdl:length="8"
                dfdl:textNumberPattern="000000V00"/>
            <xs:element name="day" type="xs:date" dfdl:lengthKind="explicit" dfdl:length="8" dfdl:calendarPattern="yyyyMMdd"/>
            """;

    @TempDir
    private Path folder;

    private static String text(Random random, String chars, int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(chars.charAt(random.nextInt(chars.length())));
        }
        return text.toString();
    }

    private static FlatNode or(Random random, String name, String text) {
        return random.nextInt(5) == 0 ? FlatNode.nil(name) : FlatNode.field(name, text);
    }

    private static String decimal(Random random, int scale) {
        BigDecimal number = BigDecimal.valueOf(random.nextLong(100_000_000L) - (scale == 4 ? 50_000_000L : 0L), scale);
        String plain = number.stripTrailingZeros().toPlainString();
        return number.signum() == 0 ? "0" : plain;
    }

    private static String day(Random random) {
        return LocalDate.of(2000, 1, 1).plusDays(random.nextInt(20_000)).toString();
    }

    private static FlatNode delimited(Random random) {
        return FlatNode.of(
                "record",
                0,
                List.of(
                        FlatNode.field("text", "x" + text(random, CHARS, 12)),
                        or(random, "number", decimal(random, 4)),
                        FlatNode.field("count", Integer.toString(random.nextInt(5_000))),
                        or(random, "day", day(random)),
                        FlatNode.field("last", text(random, CHARS, 5))));
    }

    private static FlatNode fixed(Random random) {
        return FlatNode.of(
                "record",
                0,
                List.of(
                        FlatNode.field("text", ("y" + text(random, "abcé;\"' ", 10)).stripTrailing()),
                        FlatNode.field("cents", decimal(random, 2)),
                        FlatNode.field("day", day(random))));
    }

    private static FlatNode bare(FlatNode node) {
        return new FlatNode(
                node.name(),
                0,
                node.text(),
                node.isNil(),
                node.children().stream().map(RoundTripTest::bare).toList());
    }

    private static byte[] written(Format format, List<FlatNode> records) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var writer = format.writer(bytes);
        for (FlatNode record : records) {
            writer.write(FlatNode.of("file", 0, List.of(record)));
        }
        writer.end();
        return bytes.toByteArray();
    }

    private static List<FlatNode> read(Format format, byte[] file) throws Exception {
        var records = new ArrayList<FlatNode>();
        FlatReader reader = format.reader(new ByteArrayInputStream(file), _ -> {});
        for (var next = reader.next(); next != null; next = reader.next()) {
            records.add(bare(next.root().children().getLast()));
        }
        assertThat(reader.faults().kept()).isEmpty();
        return records;
    }

    private void comesBack(Format format, java.util.function.Function<Random, FlatNode> record, int compared)
            throws Exception {
        assertThat(format.description().others()).isEmpty();
        DaffodilCodec daffodil =
                Format.daffodil(format.description(), format.description().entries());
        var entry = format.description().entries().getFirst();
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var records = new ArrayList<FlatNode>();
            for (int i = random.nextInt(20) + 1; i > 0; i--) {
                records.add(record.apply(random));
            }
            byte[] file = written(format, records);
            assertThat(read(format, file)).as("seed %d", seed).isEqualTo(records);
            if (seed < compared) {
                for (FlatNode one : records) {
                    var text = new StringBuilder();
                    format.codec().write(entry, one, text);
                    String bare = text.substring(0, text.length() - 2);
                    FlatNode theirs = bare(daffodil.read(entry, bare, 0));
                    if (bare.indexOf('\n') < 0) { // Daffodil knows the file's line end alone as a reason for quotes
                        var again = new StringBuilder();
                        daffodil.write(entry, theirs, again);
                        assertThat(again).as("seed %d, %s", seed, bare).hasToString(text.toString());
                    }
                    assertThat(written(format, List.of(theirs))).isEqualTo(written(format, List.of(one)));
                }
            }
        }
    }

    @Test
    void delimitedFilesComeBack() throws Exception {
        comesBack(
                Schema.format(folder, Schema.lines(";", DELIMITED), "records: quoted-lines\n"),
                RoundTripTest::delimited,
                30);
    }

    @Test
    void fixedFilesComeBackInAnyEncoding() throws Exception {
        String schema = Schema.lines("", FIXED).replace(" dfdl:separator=\"\"", "");
        for (String encoding : List.of("ISO-8859-1", "windows-1252", "IBM037", "UTF-8")) {
            comesBack(
                    Schema.format(folder, schema, "encoding: " + encoding + "\n"),
                    RoundTripTest::fixed,
                    encoding.equals("UTF-8") ? 30 : 0);
        }
    }

    @Test
    void aBadLineLosesNoneOfTheOthers() throws Exception {
        Format format = Schema.format(folder, Schema.lines(";", DELIMITED), "records: quoted-lines\n");
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var lines = new ArrayList<String>();
            for (int i = 0; i < 10; i++) {
                FlatNode record = FlatNode.of(
                        "record",
                        0,
                        delimited(random).children().stream()
                                .map(field -> FlatNode.field(
                                        field.name(),
                                        field.text().replace("\n", "").replace("\"", "")))
                                .toList());
                lines.add(new String(written(format, List.of(record)), StandardCharsets.UTF_8));
            }
            int bad = random.nextInt(10);
            lines.set(
                    bad,
                    List.of("\"never closed;1,00;1\r\n", "x;y\r\n", ";;;;;;;\r\n", "x;\u0001;1;;\r\n")
                            .get(random.nextInt(4)));
            var in = new ByteArrayInputStream(String.join("", lines).getBytes(StandardCharsets.UTF_8));
            FlatReader reader = format.reader(in, _ -> {});
            int good = 0;
            while (reader.next() != null) {
                good++;
            }
            assertThat(good).as("seed %d", seed).isEqualTo(9);
            assertThat(reader.faults().kept())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.line()).isEqualTo(bad + 1));
        }
    }
}
