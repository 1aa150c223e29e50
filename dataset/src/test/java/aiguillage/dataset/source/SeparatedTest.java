package aiguillage.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeparatedTest {

    private static final Dialect DIALECT = new Dialect(';', true, StandardCharsets.UTF_8, true, "dd/MM/uuuu");
    private static final Actions ACTIONS = new Actions("Action", "PUT", "DEL");
    private static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("part", new Type.Text(20), true, true, false, null, null),
                    new Column("name", new Type.Text(40), false, false, false, null, null),
                    new Column("price", new Type.Decimal(2), false, true, false, null, "EUR")),
            null,
            null,
            ZoneId.of("Europe/Paris"));

    private static Format format(boolean header, boolean others) {
        return new Format.Cells(
                DIALECT, header, Map.of("part", "Référence", "price", "Prix HT"), others, true, ACTIONS);
    }

    private static Layout layout(String file, boolean others, boolean delta) throws IOException {
        try (Source source = open(file, format(true, others), delta)) {
            return source.layout();
        }
    }

    private static Source open(String file, Format format, boolean delta) throws IOException {
        return format.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), SCHEMA, delta);
    }

    private static @Nullable Item first(String file, Format format) throws IOException {
        try (Source source = open(file, format, false)) {
            return source.next();
        }
    }

    @Test
    void columnsAreFoundByTheirNamesInAnyOrder() throws IOException {
        Layout layout = layout("name;Prix HT;Référence\n", false, false);
        assertThat(layout.faults()).isEmpty();
        assertThat(layout.places()).containsExactly(2, 0, 1);
        assertThat(layout.action()).isEqualTo(-1);
    }

    @Test
    void aNameThatIsNotExactlyTheDeclaredOneIsNamedWithTheOneThatLacks() throws IOException {
        assertThat(layout("Référence;name;Prix ht\n", false, false).faults())
                .containsExactly(
                        "the header lacks \"Prix HT\"",
                        "the header has \"Prix ht\", which is no column that was declared");
    }

    @Test
    void otherColumnsArePassedOverOnlyWhereThatIsDeclared() throws IOException {
        String file = "Référence;stock;name;Prix HT\n";
        assertThat(layout(file, false, false).faults())
                .containsExactly("the header has \"stock\", which is no column that was declared");
        Layout passing = layout(file, true, false);
        assertThat(passing.faults()).isEmpty();
        assertThat(passing.places()).containsExactly(0, 2, 3);
    }

    @Test
    void aDeltaThatCameAsAFullListIsTakenForOne() throws IOException {
        assertThat(layout("Action;Référence;name;Prix HT\n", false, false).faults())
                .last()
                .isEqualTo("\"Action\" says in a delta what becomes of a row: did you mean --delta?");
    }

    @Test
    void aHeaderInAnotherEncodingIsSaidToBe() throws IOException {
        var windows = new Dialect(';', true, Charset.forName("windows-1252"), true, "dd/MM/uuuu");
        var names = Map.of("part", "Référence", "price", "Prix HT");
        var format = new Format.Cells(windows, true, names, false, true, null);
        try (Source source = open("Référence;name;Prix HT\n", format, false)) {
            assertThat(source.layout().faults())
                    .last()
                    .asString()
                    .startsWith("the header is in another encoding: the only line")
                    .endsWith("declare UTF-8, and not windows-1252");
        }
    }

    @Test
    void aColumnThatIsThereTwiceIsNamed() throws IOException {
        assertThat(layout("Référence;name;Prix HT;name\n", true, false).faults())
                .containsExactly("the header has \"name\" twice");
    }

    /// Its first line would be a row, and its texts perhaps sensitive.
    @Test
    void aFileWithoutItsHeaderIsRefusedWithoutSayingWhatItHolds() throws IOException {
        assertThat(layout("7701208174;FILTRE;12,30\n", false, false).faults())
                .singleElement()
                .asString()
                .contains("none of the names", "\"Référence\", \"name\", \"Prix HT\"")
                .doesNotContain("7701208174");
        assertThat(layout("", false, false).faults()).singleElement().asString().contains("empty");
        assertThat(layout("Référence\tname\tPrix HT\n", false, false).faults()).isNotEmpty();
    }

    @Test
    void aDeltaHasItsActionInTheHeaderOrBehindTheColumns() throws IOException {
        assertThat(layout("Action;Référence;name;Prix HT\n", false, true).action())
                .isZero();
        assertThat(layout("Référence;name;Prix HT\n", false, true).faults())
                .containsExactly("the header lacks \"Action\"");
        try (Source source = open("A;b;1;PUT\n", format(false, false), true)) {
            assertThat(source.layout().action()).isEqualTo(3);
            assertThat(source.layout().cells()).isEqualTo(4);
        }
        Format full = new Format.Cells(DIALECT, false, Map.of(), false, true, null);
        assertThatThrownBy(() -> open("A;b;1;PUT\n", full, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where the action stands");
    }

    @Test
    void withoutHeaderTheFirstLineIsARow() throws IOException {
        assertThat(first("A;b;1\n", format(false, false))).isEqualTo(new Line(1, List.of("A", "b", "1"), "A;b;1"));
        assertThat(first("Référence;name;Prix HT\nA;b;1\n", format(true, false)))
                .isEqualTo(new Line(2, List.of("A", "b", "1"), "A;b;1"));
    }

    @Test
    void aFormatThatDoesNotFitTheSchemaIsAnError() {
        assertThatThrownBy(() ->
                        open("", new Format.Cells(DIALECT, true, Map.of("colour", "X"), false, true, null), false))
                .hasMessageContaining("colour");
        assertThatThrownBy(() ->
                        open("", new Format.Cells(DIALECT, true, Map.of("part", "name"), false, true, null), false))
                .hasMessageContaining("two columns are called \"name\"");
        var utf16 = new Dialect(';', true, StandardCharsets.UTF_16LE, true, "dd/MM/uuuu");
        assertThatThrownBy(() -> new Format.Cells(utf16, true, Map.of(), false, true, null))
                .hasMessageContaining("publish in UTF-8");
    }
}
