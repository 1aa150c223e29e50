package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is wrong: refused, with the place and the reason, and what was in force stays ([Scene] looks after
/// that).
class BadInputTest {

    @TempDir
    private Path folder;

    private Scene scene = new Scene(Path.of(""));

    @BeforeEach
    void someListIsInForce() throws IOException {
        var guards = new Guards(Map.of("price", new BigDecimal("0.01")), null, null, Map.of());
        var format =
                new aiguillage.dataset.source.Format.Cells(Scene.DIALECT, true, Map.of(), false, true, Scene.ACTIONS);
        scene = new Scene(folder, format, guards);
        Scene.ready(scene.full("A;x;PCE;1,00;;", "B;;PCE;2,00;;"));
    }

    private static List<String> findings(Outcome outcome) {
        return Scene.findings(Scene.refused(outcome));
    }

    private Outcome publish(String file, Charset charset) throws IOException {
        return scene.publish(new ByteArrayInputStream(file.getBytes(charset)), false);
    }

    @Test
    void theSameKeyTwiceIsNamedWithBothLines() throws IOException {
        assertThat(findings(scene.full("A;;PCE;1;;", "B;;PCE;2;;", "C;;PCE;3;;", "A;;PCE;1;;")))
                .containsExactly("DUPLICATE 5: it has the key of line 2, and both hold at the same time");
        assertThat(findings(scene.full("B;;PCE;1;01/04/2026;", "A;;PCE;2;;", "B;;PCE;3;;01/04/2026")))
                .containsExactly("DUPLICATE 4: it has the key of line 2, and both hold at the same time");
        assertThat(findings(scene.delta("PUT;A;;PCE;1;;", "DEL;A;;;;01/01/2027;")))
                .containsExactly("DUPLICATE 3: it has the key of line 2, and both hold at the same time");
        Scene.ready(scene.full("B;;PCE;1;01/04/2026;", "A;;PCE;2;;", "B;;PCE;3;;31/03/2026"));
    }

    @Test
    void duplicatesAreNamedThoughOtherLinesAreInErrorToo() throws IOException {
        assertThat(findings(scene.full("A;;PCE;1;;", "B;;PCE;x;;", "A;;PCE;1;;")))
                .containsExactly(
                        "TYPE price 3: it is not a number",
                        "DUPLICATE 4: it has the key of line 2, and both hold at the same time");
    }

    @Test
    void moreRowsOfOneKeyThanThereMayBeAreRefusedInBoundedMemory() throws IOException {
        String[] lines = IntStream.range(0, 3_000).mapToObj(_ -> "A;;PCE;1;;").toArray(String[]::new);
        Report report = Scene.refused(scene.full(lines));
        assertThat(report.groups()).singleElement().satisfies(group -> {
            assertThat(group.count()).isEqualTo(2_999);
            assertThat(group.first()).hasSize(Findings.SHOWN_MAX);
        });
        assertThat(Files.readAllLines(report.offending())).hasSize(1 + 2_999);
    }

    @Test
    void everyCellThatIsWrongIsNamed() throws IOException {
        assertThat(findings(scene.full(";;;;;", "C;" + "x".repeat(41) + ";KG;1,234.5;2026-04-01;31/02/2026")))
                .containsExactlyInAnyOrder(
                        "MISSING part 2: a part of the key is empty",
                        "MISSING unit 2: it must not be empty",
                        "MISSING price 2: it must not be empty",
                        "TYPE name 3: it has 41 characters, at most 40 are allowed",
                        "TYPE unit 3: it is none of [PCE, JEU, SAC]",
                        "TYPE price 3: '.' stands behind ',': are decimals written the other way here?",
                        "TYPE from 3: it is not a date as in dd/MM/uuuu",
                        "TYPE to 3: it is not a date as in dd/MM/uuuu");
    }

    @Test
    void aDecimalPointWhereACommaIsDeclaredIsNeverAThousandTimesThePrice() throws IOException {
        assertThat(findings(scene.full("A;;PCE;12.30;;", "B;;PCE;1.5;;")))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding).contains("are decimals written the other way?"));
    }

    @Test
    void aPriceOfNothingOrLessIsRefused() throws IOException {
        assertThat(findings(scene.full("A;;PCE;0,01;;", "B;;PCE;0;;", "C;;PCE;-5,00;;")))
                .containsExactly("MINIMUM price 3: it is less than 0.01", "MINIMUM price 4: it is less than 0.01");
    }

    @Test
    void aRowThatEndsBeforeItBeginsIsRefused() throws IOException {
        assertThat(findings(scene.full("A;;PCE;1;02/04/2026;01/04/2026")))
                .containsExactly("TYPE 2: its last day lies before its first");
        Scene.ready(scene.full("A;;PCE;1;01/04/2026;01/04/2026"));
    }

    @Test
    void anUnknownActionIsRefused() throws IOException {
        assertThat(findings(scene.delta("put;A;;PCE;1;;", ";B;;PCE;1;;", "DEL;C;;;;;")))
                .containsExactly(
                        "ACTION 2: it says neither \"PUT\" nor \"DEL\"",
                        "ACTION 3: it says neither \"PUT\" nor \"DEL\"");
    }

    @Test
    void aSeparatorWithoutQuotesIsNamedByTheNumberOfCells() throws IOException {
        assertThat(findings(scene.full("A;BALAI; 650 MM;PCE;1;;", "B;x;PCE;1;")))
                .containsExactly("CELLS 2: it has 7 cells, not 6", "CELLS 3: it has 5 cells, not 6");
    }

    @Test
    void anEmptyFileIsRefusedAndSoIsAHeaderWithoutRows() throws IOException {
        assertThat(findings(publish("", StandardCharsets.UTF_8)))
                .containsExactly("FILE 1: the file is empty; not even its header is there");
        assertThat(findings(publish(Scene.HEADER, StandardCharsets.UTF_8))).containsExactly("FILE 0: it has no rows");
        assertThat(findings(publish("\r\n\r\n", StandardCharsets.UTF_8))).hasSize(1);
    }

    @Test
    void aFileThatWasCutOffInALineIsRefused() throws IOException {
        String file = Scene.HEADER + "A;;PCE;1,00;;\nB;;PCE;20";
        assertThat(findings(publish(file, StandardCharsets.UTF_8)))
                .containsExactly("UNREADABLE 3: it is the last line and has no end: was the file cut off here?");
    }

    @Test
    void aCompressedFileThatWasCutOffIsRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Scene.HEADER.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 10_000; i++) {
                gzip.write(("P" + i + ";;PCE;" + (1 + i * 7919 % 997) + ";;\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        assertThat(findings(scene.publish(new GZIPInputStream(new ByteArrayInputStream(cut)), false)))
                .singleElement()
                .asString()
                .contains("was cut off here: send it again");
        cut[cut.length / 2] ^= 0x55;
        assertThat(findings(scene.publish(new GZIPInputStream(new ByteArrayInputStream(cut)), false)))
                .isNotEmpty();
    }

    @Test
    void anEndlessLineIsRefused() throws IOException {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < Scene.HEADER.length() ? Scene.HEADER.charAt(at++) : 'x';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[from + i] = (byte) read();
                }
                return length;
            }
        };
        assertThat(findings(scene.publish(endless, false)))
                .singleElement()
                .asString()
                .startsWith("UNREADABLE 2: it has more than 1048576 bytes");
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        String file = Scene.HEADER + "A;RÉTROVISEUR;PCE;1,00;;\n";
        assertThat(findings(publish(file, StandardCharsets.ISO_8859_1)))
                .containsExactly("UNREADABLE 2: it holds bytes that are no characters in UTF-8:"
                        + " is the file in another encoding?");
        assertThat(findings(publish("\ufeff" + file, StandardCharsets.UTF_16LE)))
                .singleElement()
                .asString()
                .contains("UTF-16");
        Scene.ready(publish("\ufeff" + file, StandardCharsets.UTF_8));
    }

    @Test
    void aHeaderThatIsNotTheDeclaredOneIsRefused() throws IOException {
        assertThat(findings(publish("part;name;unit;amount;from;to\nA;;PCE;1;;\n", StandardCharsets.UTF_8)))
                .containsExactly(
                        "FILE 1: the header lacks \"price\"",
                        "FILE 1: the header has \"amount\", which is no column that was declared");
        Scene.ready(publish("to;from;price;unit;name;part\n;;1,00;PCE;x;A\n", StandardCharsets.UTF_8));
        assertThat(scene.on("A", "2026-01-01")).containsExactly("x", "PCE", "1.00");
    }

    /// Reports get into logs and mails; the lines themselves do not.
    @Test
    void aReportShowsNoCellAndTheFileOfOffendingLinesAllOfThem() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add("secret-key-" + i + ";secret-name;secret-unit;secret-price-" + i + ";;");
        }
        lines.add("secret-key-1;\"secret\ttab\nline\";PCE;1;;secret\u0007");
        Report report = Scene.refused(scene.full(lines.toArray(String[]::new)));
        assertThat(report.text())
                .doesNotContain("secret")
                .startsWith("Refused; the version in force stays.")
                .contains(
                        "101 lines were read.", "wrong type in column 4 \"price\": 100", "  and 90 more", "  line 2: ");
        List<String> filed = new ArrayList<>(Files.readAllLines(report.offending()));
        assertThat(filed).allSatisfy(line -> assertThat(line.split("\t", -1)).hasSize(5));
        assertThat(filed.getFirst()).isEqualTo("line\tcolumn\tkind\twhat\ttext");
        filed.removeIf(line -> line.startsWith("0\t")); // what is said of the file as a whole
        assertThat(filed).hasSize(1 + 2 * 100 + 2);
        assertThat(filed.get(1)).startsWith("2\tunit\t").endsWith("\t" + lines.getFirst());
        assertThat(filed.get(2)).isEqualTo("2\tprice\twrong type\tit is not a number\t"); // its text stands above
        assertThat(filed).anyMatch(line -> line.endsWith("\tsecret-key-1;\"secret tab line\";PCE;1;;secret?"));
    }

    /// A file of 10 MB must not leave a report of 600 MB.
    @Test
    void theFileOfOffendingLinesIsBoundedHoweverMuchIsWrongWithEachLine() throws IOException {
        String[] lines = new String[60_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "part-" + i + ";" + "wrong-".repeat(60) + ";wrong;wrong;wrong;wrong";
        }
        Report report = Scene.refused(scene.full(lines));
        assertThat(Files.size(report.offending())).isBetween(19_900_000L, 20_001_000L);
        assertThat(Files.readAllLines(report.offending()).getLast()).isEqualTo("0\t\t\tfurther lines are left out\t");
        assertThat(report.leftOut()).isPositive();
        assertThat(report.text()).contains("The file of offending lines is full: ", " findings are left out of it.");
    }

    @Test
    void aVeryLongLineIsCutInTheFileOfOffendingLines() throws IOException {
        Report report = Scene.refused(scene.full("A;" + "\ud83d\ude97".repeat(10_000) + ";PCE;1;;"));
        assertThat(Files.readAllLines(report.offending()).getLast())
                .hasSizeLessThan(700)
                .endsWith("…");
    }
}
