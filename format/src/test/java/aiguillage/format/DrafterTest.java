package aiguillage.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.format.drafting.Draft;
import aiguillage.format.drafting.Drafter;
import aiguillage.format.drafting.NotSeen;
import aiguillage.format.lint.Finding;
import aiguillage.format.lint.Lint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be seen in a sample is not asked.
class DrafterTest {

    @TempDir
    private Path folder;

    private Format drafted(String name, byte[] sample) throws Exception {
        Draft draft = Drafter.draft("drafted", name, sample);
        Path format = Files.createDirectories(folder.resolve("drafted"));
        for (var file : draft.files().entrySet()) {
            Files.writeString(format.resolve(file.getKey()), file.getValue());
        }
        Files.write(folder.resolve(name), sample);
        return Format.read(folder, "drafted");
    }

    private List<Finding> lint(Format format, String name) throws Exception {
        return Lint.of(format, List.of(folder.resolve(name)));
    }

    private String first(Format format, String name) throws Exception {
        try (var in = Files.newInputStream(folder.resolve(name))) {
            var next = format.reader(in, _ -> {}).next();
            assertThat(next).isNotNull();
            return new String(format.translation().document(requireNonNull(next).root()), StandardCharsets.UTF_8);
        }
    }

    @Test
    void separatorEncodingQuotesNamesNumbersAndDatesAreSeen() throws Exception {
        String csv = """
                Référence;Désignation;Prix;Stock;Depuis;Code
                A12;"FILTRE; HUILE";1.284,60;12;01/04/2026;007
                B7;"DIT ""CLIP""\";3,05;;31/12/2025;012
                C;simple;0,50;7;;100
                """.replace("\n", "\r\n");
        Format format = drafted("p.csv", csv.getBytes(Charset.forName("windows-1252")));
        assertThat(format.head().encoding()).isEqualTo("ISO-8859-1");
        assertThat(format.head().firstLine()).isEqualTo("Référence;Désignation;Prix;Stock;Depuis;Code");
        assertThat(first(format, "p.csv"))
                .contains(
                        "<reference>A12</reference><designation>FILTRE; HUILE</designation><prix>1284.6</prix>",
                        "<stock>12</stock><depuis>2026-04-01</depuis><code>007</code>");
        assertThat(lint(format, "p.csv")).isEmpty();
    }

    @Test
    void widthsAndKindsOfFixedRecordsAreSeen() throws Exception {
        String lines = """
                00DEALER  20260401
                20A12     00000042
                20BC7     00000001
                90       000000002
                """;
        Format format = drafted("n.txt", lines.getBytes(StandardCharsets.US_ASCII));
        assertThat(first(format, "n.txt"))
                .contains("<record-00>", "<record-20>", "<record-90>")
                .contains("<field-11>2026-04-01</field-11>");
        assertThat(lint(format, "n.txt")).isEmpty();
    }

    @Test
    void marksAndCodePagesAreSeen() throws Exception {
        byte[] mark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        var bytes = new ByteArrayOutputStream();
        bytes.write(mark);
        bytes.write("a,b\n1.5,é\n2.25,è\n".getBytes(StandardCharsets.UTF_8));
        Format format = drafted("m.csv", bytes.toByteArray());
        assertThat(format.head().byteOrderMark()).isTrue();
        assertThat(lint(format, "m.csv")).isEmpty();
        String euro = "x;y\nprix €;5\nother;6\n";
        assertThat(Drafter.draft("e", "e.csv", euro.getBytes(Charset.forName("windows-1252")))
                        .files()
                        .get("format.yaml"))
                .contains("encoding: windows-1252");
        byte[] ebcdic = "HELLO 0012\nWORLD 0034\n".getBytes(Charset.forName("IBM037"));
        assertThat(Drafter.draft("e", "e.dat", ebcdic).files().get("format.yaml"))
                .contains("encoding: IBM037");
    }

    @Test
    void whatHasNoStructureIsSaidSo() {
        assertThatThrownBy(() -> Drafter.draft(
                        "x", "x.txt", "one line\nand another that is longer\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(NotSeen.class)
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> Drafter.draft("x", "x.edi", "UNA:+.? 'UNB+".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(NotSeen.class)
                .hasMessageContaining("orders-d96a");
        String invoice = "UNB+UNOC:3+A+B+260320:0715+1'UNH+1+INVOIC:D:96A:UN'";
        assertThatThrownBy(() -> Drafter.draft("x", "x.edi", invoice.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(NotSeen.class)
                .hasMessageContainingAll("INVOIC D.96A", "change root, groups and segments");
        String order = invoice.replace("INVOIC", "ORDERS");
        assertThatThrownBy(() -> Drafter.draft("x", "x.edi", order.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(NotSeen.class)
                .hasMessageContainingAll("ORDERS D.96A", "Copy the format orders-d96a");
    }
}
