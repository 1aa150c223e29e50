package aiguillage.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceListTest {

    private static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("part", new Type.Text(20), true, true, false, null, null),
                    new Column("name", new Type.Text(80), false, false, false, "fr", null),
                    new Column("price", new Type.Decimal(2), false, true, false, null, "EUR"),
                    new Column("from", new Type.Date(), false, true, false, null, null)),
            "from",
            null,
            ZoneId.of("Europe/Paris"));
    private static final Map<String, String> PATHS = Map.of(
            "part", "PartsProductItem/ItemID",
            "name", "PartsProductItem/PartName[@languageID=fr]",
            "price", "Price[PriceCode=Unit Price]/ChargeAmount",
            "from", "PartsPriceListHeader/EffectivePeriod/StartDateTime");
    private static final Format FORMAT = new Format.Star(PATHS, "uuuu-MM-dd'T'HH:mm:ssX", null);

    private static final String BEGIN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ShowPartsPriceList xmlns="http://www.starstandard.org/STAR/5">
            <ApplicationArea><PartsPriceListLine/></ApplicationArea>
            <ShowPartsPriceListDataArea><PartsPriceList>
            <PartsPriceListHeader><DefaultCurrencyCode>EUR</DefaultCurrencyCode>
            <EffectivePeriod><StartDateTime>2026-04-01T00:00:00Z</StartDateTime></EffectivePeriod></PartsPriceListHeader>
            """;
    private static final String END = "</PartsPriceList></ShowPartsPriceListDataArea></ShowPartsPriceList>\n";

    private static String line(String part, String amount, String more) {
        return "<PartsPriceListLine><PartsProductItem><ItemID>" + part + "</ItemID></PartsProductItem>" + more
                + "<Price><PriceCode>Unit Price</PriceCode><ChargeAmount>" + amount + "</ChargeAmount></Price>"
                + "</PartsPriceListLine>";
    }

    private static List<Item> read(String document) throws IOException {
        return read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Item> read(InputStream in) throws IOException {
        try (Source source = FORMAT.open(in, SCHEMA, false)) {
            List<Item> items = new ArrayList<>();
            for (Item item = source.next(); item != null; item = source.next()) {
                items.add(item);
            }
            return items;
        }
    }

    private static void assertBad(String document, String why) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(BadLine.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }

    @Test
    void theSampleOfAThousandLinesIsRead() throws IOException {
        List<Item> items =
                read(Files.newInputStream(Samples.file("star/examples-valid/ShowPartsPriceList-1000-lines.xml")));
        assertThat(items)
                .hasSize(1_000)
                .allSatisfy(item -> assertThat(((Line) item).cells())
                        .hasSize(4)
                        .doesNotContain("")
                        .last()
                        .isEqualTo("2026-04-01T00:00:00Z"));
        List<Item> few =
                read(Files.newInputStream(Samples.file("star/examples-valid/ShowPartsPriceList-20-lines.xml")));
        assertThat(few).hasSize(20);
        assertThat(few.getFirst())
                .isEqualTo(new Line(
                        1,
                        List.of("836859790R", "JOINT DE CULASSE", "2.47", "2026-04-01T00:00:00Z"),
                        "836859790R | JOINT DE CULASSE | 2.47 | 2026-04-01T00:00:00Z"));
        assertThat(((Line) few.getLast()).cells()).startsWith("9558717785", "DURITE <INF.>");
    }

    @Test
    void onlyTheElementThatIsMeantIsTaken() throws IOException {
        String others = "<Price><PriceCode>Suggested Retail Price</PriceCode><ChargeAmount>9</ChargeAmount></Price>"
                + "<Price xmlns=\"urn:other\"><PriceCode>Unit Price</PriceCode><ChargeAmount>8</ChargeAmount></Price>";
        assertThat(read(BEGIN + line(" A<!-- x --><![CDATA[<]]>1 ", "2.5", others) + END))
                .singleElement()
                .isInstanceOfSatisfying(
                        Line.class,
                        line -> assertThat(line.cells()).containsExactly("A<1", "", "2.5", "2026-04-01T00:00:00Z"));
    }

    @Test
    void twoElementsWhereOneIsMeantAreNamedAndReadingGoesOn() throws IOException {
        String second = "<Price><PriceCode>Unit Price</PriceCode><ChargeAmount>9</ChargeAmount></Price>";
        List<Item> items = read(BEGIN + line("A", "2.5", second) + line("B", "1", "") + END);
        assertThat(items.getFirst()).isInstanceOfSatisfying(Unreadable.class, bad -> {
            assertThat(bad.number()).isEqualTo(1);
            assertThat(bad.why()).contains("2 elements", "Price[PriceCode=Unit Price]/ChargeAmount");
        });
        assertThat(items.getLast())
                .isInstanceOf(Line.class)
                .extracting(Item::number)
                .isEqualTo(2L);
    }

    @Test
    void anAmountInAnotherCurrencyIsNeverTaken() throws IOException {
        String dollars = line("A", "2.5", "").replace("<ChargeAmount>", "<ChargeAmount currencyID=\"USD\">");
        assertThat(read(BEGIN + dollars + END))
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        bad -> assertThat(bad.why()).isEqualTo("\"price\" is in \"USD\" and must be in EUR"));
        assertThat(read(BEGIN.replace("EUR", "GBP") + line("A", "2.5", "") + END))
                .singleElement()
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aDocumentTypeIsRefusedAndNothingOfItHappens(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("file"), "secret");
        String root = BEGIN.substring(BEGIN.indexOf('\n') + 1);
        assertBad(
                "<!DOCTYPE ShowPartsPriceList [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>" + root
                        + line("&e;", "1", "") + END,
                "document type");
        assertBad("<!DOCTYPE ShowPartsPriceList SYSTEM \"" + secret.toUri() + "\">" + root + END, "document type");
        assertBad(BEGIN + line("&unknown;", "1", "") + END, "");
    }

    @Test
    void whatIsNoPriceListIsRefused() {
        assertBad("<ShowPartsPriceList/>", "it is no ShowPartsPriceList");
        assertBad("<ShowParts xmlns=\"http://www.starstandard.org/STAR/5\"/>", "it is no ShowPartsPriceList");
        assertBad("part;price\nsecret;1\n", "cannot be read on");
        assertBad("", "cannot be read on");
    }

    @Test
    void aDocumentThatWasCutOffIsRefusedWithThePlace() {
        assertBad(BEGIN + line("A", "1", "") + line("secret", "1", "").substring(0, 60), "line 2: the document cannot");
        assertBad(BEGIN + line("A", "1", "") + END + "<more/>", "cannot be read on");
    }

    @Test
    void anotherEncodingThanDeclaredIsRefused() {
        byte[] latin = (BEGIN + line("É", "1", "") + END).getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(new ByteArrayInputStream(latin)))
                .isInstanceOf(BadLine.class)
                .hasMessageContaining("no characters in the encoding");
        assertBad("\ufeff" + BEGIN.replace("UTF-8", "ISO-8859-1") + END, "another encoding than ISO-8859-1");
        assertBad(BEGIN.replace("UTF-8", "UTF-16") + END, "another encoding than UTF-16");
        assertBad(BEGIN.replace("UTF-8", "x-none") + END, "the encoding x-none");
    }

    @Test
    void theEncodingIsTheDocumentsOwn() throws IOException {
        String document = BEGIN + line("É", "1", "") + END;
        for (byte[] bytes : List.of(
                document.getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + document).getBytes(StandardCharsets.UTF_8),
                document.substring(document.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8),
                document.replace("UTF-8", "iso-8859-1").getBytes(StandardCharsets.ISO_8859_1))) {
            assertThat(read(new ByteArrayInputStream(bytes)))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Line.class, line -> assertThat(line.cells()).startsWith("É"));
        }
    }

    @Test
    void nothingIsReadWithoutBound() throws IOException {
        assertBad(BEGIN + "<!--" + "x".repeat(3 << 20) + "-->" + END, "has more than 1048576 bytes");
        assertBad(
                BEGIN.replace("<PartsPriceList>", "<PartsPriceList a='" + "x".repeat(3 << 20) + "'>") + END,
                "more than");
        assertBad(BEGIN + "<a>".repeat(40), "nested more than 32 deep");
        assertBad(BEGIN + "<PartsPriceListLine>" + "<a>".repeat(40), "nested more than 32 deep");
        List<Item> long1 = read(BEGIN + line("A", "x".repeat(3 << 20), "") + line("B", "1", "") + END);
        assertThat(long1.getFirst())
                .isInstanceOfSatisfying(
                        Unreadable.class, bad -> assertThat(bad.why()).contains("it has more than"));
        assertThat(long1.getLast()).isInstanceOf(Line.class);
        assertThat(read(BEGIN + line("A", "1", "<a/>".repeat(2_000)) + END))
                .singleElement()
                .isInstanceOf(Unreadable.class);
    }

    /// The platform counts what entities expand to, and must not count these.
    @Test
    void manyEscapedCharactersAreNoAttack() throws IOException {
        byte[] line = line("A &amp; B", "1", "").getBytes(StandardCharsets.UTF_8);
        var lines = new byte[40_000 * line.length];
        for (int i = 0; i < 40_000; i++) {
            System.arraycopy(line, 0, lines, i * line.length, line.length);
        }
        var in = new SequenceInputStream(java.util.Collections.enumeration(Arrays.asList(
                new ByteArrayInputStream(BEGIN.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayInputStream(lines),
                new ByteArrayInputStream(END.getBytes(StandardCharsets.UTF_8)))));
        assertThat(read(in)).hasSize(40_000);
    }

    @Test
    void aPathIsCheckedWhenItIsDeclared() {
        for (String path : List.of("", "/", "a/", "a//b", "a[b]", "a[b=c", "@a/b", "a b", "a/@")) {
            assertThatThrownBy(() -> ElementPath.of(path))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no path");
        }
        assertThat(ElementPath.of("ItemWeightMeasure/@unitCode").attribute()).contains("unitCode");
    }
}
