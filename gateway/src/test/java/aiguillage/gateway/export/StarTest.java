package aiguillage.gateway.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Actions;
import aiguillage.dataset.source.Format;
import aiguillage.dataset.source.Item;
import aiguillage.dataset.source.Line;
import aiguillage.dataset.source.Source;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A price list that our own reader reads back to the same rows, and that STAR's schema takes.
final class StarTest {

    private static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("part", new Type.Text(80), true, true, false, null, null),
                    new Column("price", new Type.Decimal(2), false, true, false, null, "EUR"),
                    new Column("net", new Type.Decimal(2), false, false, false, null, "EUR"),
                    new Column("name", new Type.Text(80), false, false, false, "fr", null),
                    new Column("scheme", new Type.Text(80), false, false, false, null, null),
                    new Column("kilos", new Type.Decimal(3), false, false, false, null, null),
                    new Column("from", new Type.Date(), false, false, false, null, null),
                    new Column("to", new Type.Date(), false, false, false, null, null)),
            "from",
            "to",
            ZoneId.of("Europe/Paris"));
    private static final Map<String, String> NAMES = Map.of(
            "part", "PartsProductItem/ItemID",
            "price", "Price[PriceCode=Suggested Retail Price]/ChargeAmount",
            "net", "Price[PriceCode=Unit Price]/ChargeAmount",
            "name", "PartsProductItem/PartName[@languageID=fr]",
            "scheme", "PartsProductItem/ItemID/@schemeID",
            "kilos", "ItemWeightMeasure[@unitCode=kilogram]");
    private static final Form.Title TITLE = new Form.Title(
            "parts-prices-v17-since-v16",
            Instant.parse("2026-03-31T22:00:00Z"),
            Instant.parse("2026-03-31T22:00:01Z"),
            true);

    private static Star star(Charset charset) {
        return new Star(NAMES, Star.ACTION, charset, "opel", new PartyId("dealer-7"));
    }

    private static List<@Nullable String> cells(@Nullable String... cells) {
        return Arrays.asList(cells);
    }

    private static byte[] written(Charset charset, List<List<@Nullable String>> rows) throws IOException {
        var out = new ByteArrayOutputStream();
        try (Form.Rows file = star(charset).begin(out, SCHEMA, TITLE)) {
            for (List<@Nullable String> row : rows) {
                file.write(row, "put");
            }
            file.end();
        }
        return out.toByteArray();
    }

    /// What our own reader makes of a price list: the cells of each row, the action last; empty ones are empty.
    static List<List<String>> read(byte[] document, Schema schema, Map<String, String> names, boolean isDelta)
            throws IOException {
        var format = new Format.Star(names, "uuuu-MM-dd'T'HH:mm:ssZZZZZ", new Actions(Star.ACTION, "put", "remove"));
        List<List<String>> rows = new ArrayList<>();
        try (Source source = format.open(new ByteArrayInputStream(document), schema, isDelta)) {
            for (Item item = source.next(); item != null; item = source.next()) {
                List<String> cells = new ArrayList<>(((Line) item).cells());
                for (int i = 0; i < schema.columns().size(); i++) {
                    Column column = schema.columns().get(i);
                    if (!cells.get(i).isEmpty()) {
                        cells.set(i, column.type().canonical(cells.get(i), format.dialect()));
                    }
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    /// Asks STAR's schema beside the checkout, where it is.
    static void requireValid(byte[] document) throws Exception {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
        factory.newSchema(bod().toFile()).newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
    }

    private static Path bod() {
        Optional<Path> found = Optional.empty();
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path file = above.resolve("shared/samples/star/schemas/BODs/Developer/ShowPartsPriceList.xsd");
            found = Files.isRegularFile(file) ? Optional.of(file) : found;
        }
        assumeTrue(found.isPresent(), "no STAR schemas in shared/samples beside the checkout");
        return found.orElseThrow();
    }

    private static Map<String, String> readNames() {
        var names = new HashMap<>(NAMES);
        names.put("from", StarPaths.START);
        names.put("to", StarPaths.END);
        return names;
    }

    @Test
    void rowsThatHoldOnTheSameDaysShareAList() throws Exception {
        byte[] document = written(
                StandardCharsets.UTF_8,
                List.of(
                        cells(
                                "836859790R",
                                "2.47",
                                null,
                                "JOINT <CULASSE>",
                                "MPN",
                                "10.300",
                                "2026-03-29",
                                "2026-06-30"),
                        cells("836859791R", "3.00", "2.00", null, null, null, "2026-03-29", "2026-06-30"),
                        cells("836859792R", "1.00", null, null, null, null, null, null)));
        assertThat(new String(document, StandardCharsets.UTF_8)).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <ShowPartsPriceList xmlns="http://www.starstandard.org/STAR/5" releaseID="5.5.4" versionID="5.5.4">
                <ApplicationArea><Sender><CreatorNameCode>aiguillage</CreatorNameCode>\
                <SenderNameCode>opel</SenderNameCode></Sender>\
                <CreationDateTime>2026-04-01T00:00:01+02:00</CreationDateTime>\
                <BODID>parts-prices-v17-since-v16</BODID>\
                <Destination><PartyReceiverID>dealer-7</PartyReceiverID></Destination></ApplicationArea>
                <ShowPartsPriceListDataArea><Show/>
                <PartsPriceList><PartsPriceListHeader><DocumentDateTime>2026-04-01T00:00:00+02:00</DocumentDateTime>\
                <DocumentIdentificationGroup><DocumentIdentification><DocumentID>parts-prices-v17-since-v16\
                </DocumentID></DocumentIdentification></DocumentIdentificationGroup>\
                <DefaultCurrencyCode>EUR</DefaultCurrencyCode>\
                <EffectivePeriod><StartDateTime>2026-03-29T00:00:00+01:00</StartDateTime>\
                <EndDateTime>2026-06-30T23:59:59+02:00</EndDateTime></EffectivePeriod></PartsPriceListHeader>
                <PartsPriceListLine><PartsProductItem><ItemID schemeID="MPN">836859790R</ItemID>\
                <PartName languageID="fr">JOINT &lt;CULASSE&gt;</PartName></PartsProductItem>\
                <ItemWeightMeasure unitCode="kilogram">10.300</ItemWeightMeasure>\
                <ClassificationTypeCode listID="action">put</ClassificationTypeCode>\
                <Price><PriceCode>Suggested Retail Price</PriceCode><ChargeAmount currencyID="EUR">2.47\
                </ChargeAmount></Price></PartsPriceListLine>
                <PartsPriceListLine><PartsProductItem><ItemID>836859791R</ItemID></PartsProductItem>\
                <ClassificationTypeCode listID="action">put</ClassificationTypeCode>\
                <Price><PriceCode>Suggested Retail Price</PriceCode><ChargeAmount currencyID="EUR">3.00\
                </ChargeAmount></Price>\
                <Price><PriceCode>Unit Price</PriceCode><ChargeAmount currencyID="EUR">2.00</ChargeAmount></Price>\
                </PartsPriceListLine>
                </PartsPriceList>
                <PartsPriceList><PartsPriceListHeader><DocumentDateTime>2026-04-01T00:00:00+02:00</DocumentDateTime>\
                <DocumentIdentificationGroup><DocumentIdentification><DocumentID>parts-prices-v17-since-v16\
                </DocumentID></DocumentIdentification></DocumentIdentificationGroup>\
                <DefaultCurrencyCode>EUR</DefaultCurrencyCode></PartsPriceListHeader>
                <PartsPriceListLine><PartsProductItem><ItemID>836859792R</ItemID></PartsProductItem>\
                <ClassificationTypeCode listID="action">put</ClassificationTypeCode>\
                <Price><PriceCode>Suggested Retail Price</PriceCode><ChargeAmount currencyID="EUR">1.00\
                </ChargeAmount></Price></PartsPriceListLine>
                </PartsPriceList>
                </ShowPartsPriceListDataArea></ShowPartsPriceList>
                """);
    }

    @Test
    void anyRowReadsBackAsItWas() throws Exception {
        var random = new Random(17);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String day = random.nextInt(4) > 0 ? null : "2026-0" + (1 + random.nextInt(9)) + "-28";
            rows.add(cells(
                    text(random) + i,
                    random.nextInt(100_000) + "." + (10 + random.nextInt(90)),
                    random.nextBoolean() ? null : "-0.05",
                    random.nextBoolean() ? null : text(random),
                    random.nextBoolean() ? null : text(random),
                    random.nextBoolean() ? null : "1.000",
                    day,
                    random.nextBoolean() ? null : day));
        }
        List<List<String>> asRead = rows.stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>();
                    row.forEach(cell -> cells.add(cell == null ? "" : cell));
                    cells.add("put");
                    return cells;
                })
                .toList();
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
            assertThat(read(written(charset, rows), SCHEMA, readNames(), true)).isEqualTo(asRead);
        }
    }

    /// A text with all that XML could make something else of.
    private static String text(Random random) {
        String[] parts = {"a", "é", "<", "&amp;", "]]>", "\"", "'", "€", "\ud83d\ude97", "中", " x", "\u0085y", "\u2028z"
        };
        var text = new StringBuilder("t");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.append('.').toString();
    }

    @Test
    void starsSchemaTakesIt() throws Exception {
        requireValid(written(
                Charset.forName("windows-1252"),
                List.of(
                        cells("1", "2.47", "0.10", "É 中", "MPN", "10.300", "2026-03-29", "2026-06-30"),
                        cells("2", "3.00", null, null, null, null, null, "2026-03-29"),
                        cells("3", null, null, null, null, null, null, null))));
    }

    @Test
    void aListWithoutRowsIsReadAsOne() throws Exception {
        assertThat(read(written(StandardCharsets.UTF_8, List.of()), SCHEMA, readNames(), false))
                .isEmpty();
    }

    @Test
    void whatXmlCannotSayIsShownAsMissing() throws Exception {
        List<@Nullable String> row = cells("a\uffff\ufffe", "1.00", null, null, null, null, null, null);
        assertThat(read(written(StandardCharsets.UTF_8, List.of(row)), SCHEMA, readNames(), false)
                        .getFirst())
                .startsWith("a\ufffd\ufffd");
    }

    @Test
    void aListWithOtherColumnsIsRefused() {
        Schema other = new Schema(SCHEMA.columns().subList(0, 2), null, null, ZoneId.of("UTC"));
        assertThatThrownBy(() -> star(StandardCharsets.UTF_8).begin(OutputStream.nullOutputStream(), other, TITLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has [kilos, name, net, scheme]");
    }

    @Test
    void noAmountIsWrittenWithoutItsCurrency() {
        List<Column> columns = new ArrayList<>(SCHEMA.columns().subList(0, 2));
        columns.add(new Column("net", new Type.Decimal(2), false, false, false, null, null));
        var star = new Star(
                Map.of("part", "PartsProductItem/ItemID", "price", "Price/ChargeAmount", "net", "NetDailyPriceAmount"),
                Star.ACTION,
                StandardCharsets.UTF_8,
                "opel",
                new PartyId("dealer-7"));
        Schema schema = new Schema(columns, null, null, ZoneId.of("UTC"));
        assertThatThrownBy(() -> star.begin(OutputStream.nullOutputStream(), schema, TITLE))
                .hasMessageContaining("\"net\" has no currency");
    }
}
