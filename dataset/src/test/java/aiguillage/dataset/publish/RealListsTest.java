package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Format;
import aiguillage.dataset.source.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Lists as they are outside.
class RealListsTest {

    private static final Guards ABOVE_ZERO = new Guards(Map.of("price", new BigDecimal("0.01")), null, null, Map.of());

    @TempDir
    private Path folder;

    private static Column column(String name, Type type, boolean required) {
        return new Column(name, type, false, required, false, null, null);
    }

    private static Column key(String name, Type type) {
        return new Column(name, type, true, true, false, null, null);
    }

    private static final class French {

        static final Schema SCHEMA = new Schema(
                List.of(
                        key("part", new Type.Text(20)),
                        column("name", new Type.Text(80), true),
                        column("unit", new Type.Code(List.of("PCE", "JEU", "BID", "SAC")), true),
                        column("pack", new Type.Decimal(0), true),
                        column("price", new Type.Decimal(2), true),
                        column("discount", new Type.Decimal(1), true),
                        column("net", new Type.Decimal(2), true),
                        column("family", new Type.Text(4), true),
                        column("from", new Type.Date(), true),
                        column("replaces", new Type.Text(20), false)),
                "from",
                null,
                Scene.PARIS);
        static final Format FORMAT = new Format.Cells(
                Scene.DIALECT,
                true,
                Map.of(
                        "part", "Référence",
                        "name", "Désignation",
                        "unit", "Unité",
                        "pack", "Conditionnement",
                        "price", "Prix public HT",
                        "discount", "Remise %",
                        "net", "Prix net HT",
                        "family", "Code famille",
                        "from", "Date effet",
                        "replaces", "Remplace"),
                false,
                true,
                null);
    }

    @Test
    void theFrenchSampleIsTakenWithItsMarkItsCommasAndItsQuotes() throws IOException {
        var rows = new MapInForce();
        Outcome outcome = new Publication(French.SCHEMA, French.FORMAT, ABOVE_ZERO)
                .publish(Files.newInputStream(Samples.file("flat/prices.csv")), false, InForce.NONE, folder);
        assertThat(Scene.ready(outcome)).isEqualTo(new Summary(10, 10, 0, 0, 0, 0));
        rows.take(((Outcome.Ready) outcome).layer());
        List<String> cells = rows.rows().values().stream()
                .map(all -> String.join("|", all.list().getFirst().cells().subList(0, 7)))
                .toList();
        assertThat(cells)
                .contains("BALAI D'ESSUIE-GLACE; 650 MM|PCE|10|16.13|31.5|11.05|A5")
                .contains("AGRAFE \"CLIP\" GARNITURE|SAC|10|4.51|31.5|3.09|E9")
                .contains("ALTERNATEUR 150 A (ÉCHANGE STANDARD)|PCE|1|1284.60|25.0|963.45|F1");
    }

    @Test
    void theDefectiveFrenchSampleIsRefusedWithItsOneBadLine() throws IOException {
        Outcome outcome = new Publication(French.SCHEMA, French.FORMAT, ABOVE_ZERO)
                .publish(Files.newInputStream(Samples.file("flat/prices-defective.csv")), false, InForce.NONE, folder);
        assertThat(Scene.findings(Scene.refused(outcome))).containsExactly("CELLS 7: it has 11 cells, not 10");
    }

    private static final class Raw {

        static final Format FORMAT = new Format.Cells(
                new Dialect('\t', false, StandardCharsets.UTF_8, false, "uuuu-MM-dd"),
                true,
                Map.of("code", "charge_code", "type", "charge_type"),
                true,
                true,
                null);

        static Schema schema(boolean keyIsCodeAlone) {
            return new Schema(
                    List.of(
                            key("code", new Type.Text(40)),
                            column("price", new Type.Decimal(2), true),
                            column("description", new Type.Text(400), false),
                            new Column(
                                    "type",
                                    new Type.Code(List.of("inpatient", "outpatient", "drg")),
                                    !keyIsCodeAlone,
                                    true,
                                    false,
                                    null,
                                    null)),
                    null,
                    null,
                    Scene.PARIS);
        }

        static Report refused(Path folder, Schema schema) throws IOException {
            InputStream in = new GZIPInputStream(Files.newInputStream(Samples.file("prices/chargemaster-raw.tsv.gz")));
            return Scene.refused(new Publication(schema, FORMAT, ABOVE_ZERO).publish(in, false, InForce.NONE, folder));
        }

        static long count(Report report, Kind kind) {
            return report.groups().stream()
                    .filter(group -> group.kind() == kind)
                    .mapToLong(Report.Group::count)
                    .sum();
        }
    }

    /// 203 lines have no code, 13,526 codes are there twice: as many as a count with other tools gives.
    @Test
    void aRawListIsRefusedWithEveryDuplicateAndEveryMissingKey() throws IOException {
        Report report = Raw.refused(folder, Raw.schema(true));
        assertThat(report.lines()).isEqualTo(27_257);
        assertThat(Raw.count(report, Kind.MISSING)).isEqualTo(203);
        assertThat(Raw.count(report, Kind.DUPLICATE)).isEqualTo(13_526);
        assertThat(report.groups()).hasSize(2);
        assertThat(Files.readAllLines(report.offending())).hasSize(1 + 203 + 13_526);
        assertThat(Raw.count(Raw.refused(folder, Raw.schema(false)), Kind.DUPLICATE))
                .isZero();
    }

    /// Three times the file, and twice as many objects as that, do not fit into this heap. It takes a while:
    /// `-Daiguillage.real-rows=1` asks for it.
    @Test
    @EnabledIfSystemProperty(named = "aiguillage.real-rows", matches = "1")
    void aListOf455ThousandRowsIsPublishedInASmallHeap() throws Exception {
        Path list = Samples.file("prices/chargemaster-455k.tsv.gz");
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishList.class.getName(),
                        list.toString(),
                        folder.toString(),
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = process.waitFor();
        assertThat(status).as(() -> read(log)).isZero();
        assertThat(read(log))
                .contains("455,514 lines: 455,514 added, 0 changed, 0 removed, 0 unchanged")
                .contains("455,058 lines: 0 added, 22,776 changed, 456 removed, 432,282 unchanged");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
