package aiguillage.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("part", new Type.Text(20), true, true, false, null, null),
                    new Column("name", new Type.Text(40), false, false, false, null, null),
                    new Column("price", new Type.Decimal(2), false, true, false, null, "EUR")),
            null,
            null,
            ZoneId.of("Europe/Paris"));
    private static final Format FORMAT =
            new Format.Json(Map.of("price", "unitPrice"), new Actions("action", "put", "remove"));

    private static List<Item> read(String file, boolean delta) throws IOException {
        var in = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
        try (Source source = FORMAT.open(in, SCHEMA, delta)) {
            List<Item> items = new ArrayList<>();
            for (Item item = source.next(); item != null; item = source.next()) {
                items.add(item);
            }
            return items;
        }
    }

    private static List<String> cells(String line) throws IOException {
        return ((Line) read(line, false).getFirst()).cells();
    }

    private static void assertFault(String line, String why) throws IOException {
        List<Item> items = read("{\"part\":\"A\"}\n" + line + "\n{\"part\":\"B\"}\n", false);
        assertThat(items).hasSize(3);
        assertThat(items.get(0)).isInstanceOf(Line.class);
        assertThat(items.get(1)).isInstanceOfSatisfying(Unreadable.class, bad -> {
            assertThat(bad.number()).isEqualTo(2);
            assertThat(bad.why()).contains(why);
        });
        assertThat(items.get(2)).as("reading goes on").isInstanceOf(Line.class);
    }

    @Test
    void membersAreCellsWhateverTheirOrder() throws IOException {
        assertThat(cells("{\"unitPrice\": 12.30, \"part\": \" A\\u00e9 \"}")).containsExactly("Aé", "", "12.30");
        assertThat(cells("{\"name\": null, \"part\": 7, \"unitPrice\": \"1\"}")).containsExactly("7", "", "1");
        assertThat(cells("\ufeff{\"part\":\"A\"}")).containsExactly("A", "", "");
    }

    @Test
    void aDeltaHasTheActionBehindTheColumns() throws IOException {
        assertThat(read("{\"action\":\"remove\",\"part\":\"A\"}\n", true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Line.class, line -> assertThat(line.cells()).containsExactly("A", "", "", "remove"));
    }

    @Test
    void whatIsNoSuchObjectIsNamedAndReadingGoesOn() throws IOException {
        assertFault("{\"part\":\"A\",\"colour\":1}", "it has the member \"colour\", which is no column");
        assertFault("{\"part\":\"A\",\"action\":\"put\"}", "\"action\"");
        assertFault("{\"part\":\"A\",\"part\":\"B\"}", "it has the member \"part\" twice");
        assertFault("{\"part\":null,\"part\":\"B\"}", "it has the member \"part\" twice");
        assertFault("{\"part\":true}", "neither a text nor a number");
        assertFault("{\"part\":{\"fr\":\"A\"}}", "neither a text nor a number");
        assertFault("{\"part\":[\"A\"]}", "neither a text nor a number");
        assertFault("[\"A\"]", "it is no JSON object");
        assertFault("7", "it is no JSON object");
        assertFault("{\"part\":\"A\"", "it is no JSON object: it cannot be read at character");
        assertFault("{\"part\":\"A\"} {\"part\":\"B\"}", "goes on behind its object");
        assertFault("{'part':'A'}", "it is no JSON object");
        assertFault("{\"part\":NaN}", "it is no JSON object");
        assertFault("{\"part\":\"\\ud83d\"}", "half a character");
        assertFault("{\"part\":\"" + "x".repeat(9_000) + "\"}", "too long");
        assertFault("{\"" + "x".repeat(300) + "\":1}", "too long");
        assertFault("{\"part\":" + "9".repeat(300) + "}", "too long");
        assertFault("{\"part\":" + "[".repeat(5_000) + "}", "neither a text nor a number");
        assertFault("{\"colour\":" + "[".repeat(5_000) + "}", "no column");
    }

    @Test
    void aFaultNeverSaysWhatTheCellsHold() throws IOException {
        for (String line : List.of("{\"part\":secret}", "{\"part\":\"secret}", "{\"part\":{\"secret\":1}}", "secret")) {
            assertThat(read(line, false)).singleElement().isInstanceOfSatisfying(Unreadable.class, bad -> {
                assertThat(bad.why()).doesNotContain("secret");
                assertThat(bad.text()).contains("secret");
            });
        }
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        var in = new ByteArrayInputStream("{\"part\":\"É\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        try (Source source = FORMAT.open(in, SCHEMA, false)) {
            assertThat(source.next())
                    .isInstanceOfSatisfying(
                            Unreadable.class, bad -> assertThat(bad.why()).contains("no characters in UTF-8"));
        }
        var wide = new ByteArrayInputStream("\ufeff{}\n".getBytes(StandardCharsets.UTF_16BE));
        try (Source source = FORMAT.open(wide, SCHEMA, false)) {
            assertThatThrownBy(source::next).isInstanceOf(BadLine.class).hasMessageContaining("UTF-16");
        }
    }
}
