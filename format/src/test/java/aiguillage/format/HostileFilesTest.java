package aiguillage.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.format.description.FormatRefused;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.report.Fault;
import aiguillage.format.testing.Schema;
import aiguillage.format.translation.Untranslatable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files come from strangers; descriptions see nothing but themselves.
@Timeout(60)
class HostileFilesTest {

    private static final String TWO = """
            <xs:element name="a" type="xs:string" dfdl:escapeSchemeRef="quotes"/>
            <xs:element name="b" type="xs:string" dfdl:escapeSchemeRef="quotes"/>
            """;

    @TempDir
    private Path folder;

    private List<Fault> faults(Format format, InputStream file) throws Exception {
        FlatReader reader = format.reader(file, _ -> {});
        while (reader.next() != null) {
            // read to its end
        }
        return reader.faults().kept();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRecordWithoutEndTakesNoMemoryAndTheNextIsRead() throws Exception {
        Format format = Schema.format(folder, Schema.lines(";", TWO), "records: quoted-lines\n");
        String endless = "x".repeat(3_000_000);
        FlatReader reader = format.reader(bytes(endless + "\na;b\n\"" + endless + "\nc;d\n"), _ -> {});
        int good = 0;
        while (reader.next() != null) {
            good++;
        }
        assertThat(good).isEqualTo(2);
        assertThat(reader.faults().kept())
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.expected()).contains("65536"));
    }

    @Test
    void bytesThatAreNoTextAreFaultsAndNothingElse() throws Exception {
        Format lines = Schema.format(folder, Schema.lines(";", TWO), "records: quoted-lines\n");
        Format segments = Format.read(Path.of("..", "formats"), "orders-d96a");
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var noise = new byte[random.nextInt(5_000)];
            random.nextBytes(noise);
            faults(lines, new ByteArrayInputStream(noise));
            faults(
                    segments,
                    new SequenceInputStream(
                            bytes("UNA" + new String(noise, 0, Math.min(6, noise.length), StandardCharsets.ISO_8859_1)),
                            new ByteArrayInputStream(noise)));
        }
    }

    @Test
    void thousandsOfFaultsAreCountedAndFewKept() throws Exception {
        Format format = Schema.format(folder, Schema.lines(";", TWO), "");
        FlatReader reader = format.reader(bytes("one\n".repeat(50_000)), _ -> {});
        assertThat(reader.next()).isNull();
        assertThat(reader.faults().count()).isEqualTo(50_000);
        assertThat(reader.faults().kept()).hasSize(Fault.KEPT_MAX);
    }

    @Test
    void aPatternThatNeverEndsEnds() throws Exception {
        String evil = """
                <xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="(a+)+b"/>
                </xs:restriction></xs:simpleType></xs:element><xs:element name="b" type="xs:string"/>
                """;
        Format format = Schema.format(folder, Schema.lines(";", evil), "");
        assertThat(faults(format, bytes("a".repeat(60_000) + ";x\n"))).hasSize(1);
    }

    @Test
    void withoutARecordThatAllDocumentsNeedThereIsNone() throws Exception {
        Format format = Format.read(Path.of("..", "formats"), "orders-d96a");
        FlatReader reader = format.reader(
                bytes("UNB+UNOC:3'UNH+1+ORDERS:D:96A:UN'BGM+220+1'DTM+137:1:102'UNS+S'UNT+5+1'UNZ+1+1'"), _ -> {});
        assertThat(reader.next()).isNull();
        assertThat(reader.faults().kept().getFirst().where()).startsWith("UNB");
    }

    @Test
    void aByteThatTheEncodingDoesNotHaveIsToldWithItsColumn() throws Exception {
        Format format = Schema.format(folder, Schema.lines(";", TWO), "");
        byte[] file = "a;b\nab;\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(faults(format, new ByteArrayInputStream(file)))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.column()).isEqualTo(4);
                    assertThat(fault.expected()).contains("encoding");
                });
    }

    private Format withStylesheet(String body) throws Exception {
        Path into = Files.createDirectories(folder.resolve("f"));
        Files.writeString(
                into.resolve("to.xsl"),
                "<xsl:stylesheet version=\"3.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">" + body
                        + "</xsl:stylesheet>");
        return Schema.format(folder, Schema.lines(";", TWO), "to: to.xsl\n");
    }

    private static String template(String select) {
        return "<xsl:template match=\"/\"><out><xsl:value-of select=\"" + select + "\"/></out></xsl:template>";
    }

    private String made(Format format) throws Exception {
        var next = format.reader(bytes("a;b\n"), _ -> {}).next();
        assertThat(next).isNotNull();
        return new String(format.translation().document(requireNonNull(next).root()), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unparsed-text('SECRET')",
                "doc('SECRET')",
                "document('SECRET')",
                "json-doc('SECRET')",
                "collection('FOLDER')",
                "string-join(uri-collection('FOLDER'))",
                "unparsed-text-available('SECRET')",
                "doc-available('SECRET')",
                "environment-variable('PATH')",
                "system-property('user.dir')",
                "unparsed-text-lines('SECRET')",
                "parse-xml('&lt;!DOCTYPE a [&lt;!ENTITY x SYSTEM &quot;SECRET&quot;>]>&lt;a>&amp;x;&lt;/a>')",
                "transform(map{'stylesheet-location': 'SECRET'})?output",
                "load-xquery-module('x')"
            })
    void aStylesheetSeesNothingOutsideOfItsFolder(String call) throws Exception {
        Path secret = folder.resolve("secret.xml");
        Files.writeString(secret, "<secret>classified</secret>");
        String select = call.replace("SECRET", secret.toUri().toString())
                .replace("FOLDER", folder.toUri().toString());
        String made;
        try {
            made = made(withStylesheet(template(select)));
        } catch (FormatRefused | Untranslatable refused) {
            return;
        }
        assertThat(made).doesNotContain("classified").matches("(?s).*(<out/>|<out>false</out>).*");
    }

    @Test
    void aStylesheetTakesInNothingFromElsewhereAndWritesNothingElse() throws Exception {
        Path other = folder.resolve("other.xsl");
        Files.writeString(
                other, "<xsl:stylesheet version=\"3.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"/>");
        for (String name : List.of(other.toUri().toString(), "../other.xsl", "http://127.0.0.1:9/x.xsl")) {
            assertThatThrownBy(() -> withStylesheet("<xsl:import href=\"" + name + "\"/>"))
                    .isInstanceOf(FormatRefused.class);
        }
        Path result = folder.resolve("result.xml");
        assertThatThrownBy(() -> withStylesheet("<xsl:template match=\"/\"><xsl:result-document href=\""
                        + result.toUri() + "\"><a/></xsl:result-document></xsl:template>"))
                .isInstanceOf(FormatRefused.class);
        assertThat(result).doesNotExist();
        Format endless = withStylesheet(
                "<xsl:template match=\"/\" name=\"t\"><a><xsl:call-template name=\"t\"/></a></xsl:template>");
        assertThatThrownBy(() -> made(endless)).isInstanceOf(Untranslatable.class);
        assertThatThrownBy(() -> withStylesheet("<xsl:template match=\"/\" xmlns:r=\"java:java.lang.Runtime\">"
                        + "<xsl:value-of select=\"r:getRuntime()\"/></xsl:template>"))
                .isInstanceOf(FormatRefused.class);
    }

    @Test
    void aStylesheetThatFindsAFaultSaysWhere() throws Exception {
        Format format = withStylesheet("<xsl:template match=\"/\"><xsl:message terminate=\"yes\"><fault"
                + " line=\"{//record/@line}\" column=\"3\" where=\"record/b\" found=\"{//b}\" expected=\"c\"/></xsl:message>"
                + "</xsl:template>");
        assertThatThrownBy(() -> made(format))
                .isInstanceOf(Untranslatable.class)
                .hasMessage("line 1, column 3, record/b: found \"b\", expected c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.xsd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/a.xsd", "no.xsd"})
    void aSchemaTakesInNothingFromElsewhere(String location) {
        String schema = Schema.lines(";", TWO)
                .replaceFirst("<xs:annotation>", "<xs:include schemaLocation=\"" + location + "\"/><xs:annotation>");
        assertThatThrownBy(() -> Schema.format(folder, schema, ""))
                .isInstanceOf(FormatRefused.class)
                .hasMessageContaining("no file of this format");
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws Exception {
        Schema.format(folder, Schema.lines(";", TWO), "");
        Files.createSymbolicLink(folder.resolve("f/more.xsl"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> Format.read(folder, "f"))
                .isInstanceOf(FormatRefused.class)
                .hasMessageContaining("linking");
        assertThatThrownBy(() -> Format.read(folder, "../f")).isInstanceOf(FormatRefused.class);
    }

    @Test
    void manyMessagesLeaveRoomForTheEndOfTheInterchange() throws Exception {
        Format format = Format.read(Path.of("..", "formats"), "orders-d96a");
        var file = new StringBuilder("UNB+UNOC:3+A:ZZ+B:ZZ+260320:0715+1'");
        for (int i = 1; i <= 400; i++) {
            file.append("UNH+%1$d+ORDERS:D:96A:UN'BGM+220+PO%1$d+9'DTM+137:20260320:102'LIN+1++7:SA'UNS+S'UNT+6+%1$d'"
                    .formatted(i));
        }
        FlatReader reader = format.reader(bytes(file + "UNZ+400+1'"), _ -> {});
        int count = 0;
        while (reader.next() != null) {
            count++;
        }
        assertThat(reader.faults().kept()).isEmpty();
        assertThat(count).isEqualTo(400);
    }

    /// Small records with many fields: far fewer than a document may have fill the memory.
    @Test
    void oneDocumentHasABoundForAllItsFieldsTogether() throws Exception {
        Format format = Format.read(Path.of("..", "formats"), "orders-d96a");
        String file = "UNB+UNOC:3+A:ZZ+B:ZZ+260320:0715+1'UNH+1+ORDERS:D:96A:UN'BGM+220+PO1+9'DTM+137:20260320:102'"
                + "LIN+1++7:SA'".repeat(190_000) + "UNS+S'UNT+190005+1'UNZ+1+1'";
        assertThat(faults(format, bytes(file)))
                .anySatisfy(fault -> assertThat(fault.expected()).contains("kB with all their fields"));
    }

    /// Its last byte comes alone, behind a release character, where an earlier segment ended.
    @Test
    void aReleaseCharacterBeforeTheLastByteIsAFaultWhereverBytesWereBefore() throws Exception {
        Format format = Format.read(Path.of("..", "formats"), "orders-d96a");
        String file = "UNB+UNOC:3+A:ZZ+B:ZZ+260320:0715+1'" + "UNS+S'".repeat(50) + "AA'?x";
        assertThat(faults(format, oneByOne(file.getBytes(StandardCharsets.ISO_8859_1))))
                .anySatisfy(fault -> assertThat(fault.expected()).contains("the file ends within it"));
    }

    private static InputStream oneByOne(byte[] all) {
        return new ByteArrayInputStream(all) {
            @Override
            public synchronized int read(byte[] into, int from, int most) {
                return super.read(into, from, Math.min(most, 1));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    @Test
    void halfAPairOfSurrogatesIsNeitherGivenOnNorShown() throws Exception {
        String text = "x".repeat(79) + "\uD83D\uDE97" + "y".repeat(10);
        Format lines = Schema.format(folder, Schema.lines(";", TWO), "");
        String fixed = """
                <xs:element name="a" type="xs:string" dfdl:lengthKind="explicit" dfdl:length="2"/>
                <xs:element name="b" type="xs:string" dfdl:lengthKind="explicit" dfdl:length="2"/>
                """;
        for (Fault fault : faults(lines, bytes(text + "\n"))) {
            assertThat(isWellFormed(fault.found())).as(fault.found()).isTrue();
        }
        Format cut = Schema.format(folder, Schema.lines("", fixed), "");
        assertThat(cut.description().others()).isEmpty();
        assertThat(faults(cut, bytes("a\uD83D\uDE97b\n"))).singleElement().satisfies(fault -> {
            assertThat(isWellFormed(fault.toString())).isTrue();
            assertThat(fault.column()).isEqualTo(1);
        });
        Format records = Schema.format(folder, Schema.lines("", fixed), "records: fixed\nrecord-length: 4\n");
        assertThat(faults(records, bytes("abc\uD83D\uDE97def"))).hasSize(2);
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
