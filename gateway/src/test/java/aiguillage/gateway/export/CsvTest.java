package aiguillage.gateway.export;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Lines that any DMS reads.
final class CsvTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("part", new Type.Text(60), true, true, false, null, null),
            new Column("price", new Type.Decimal(2), false, false, false, null, "EUR"));

    private final Csv french = new Csv(';', true, StandardCharsets.ISO_8859_1);

    private static List<@Nullable String> cells(@Nullable String... cells) {
        return Arrays.asList(cells);
    }

    @Test
    void onlyDecimalsGetAComma() {
        assertThat(french.line(COLUMNS, cells("1.5 TD", "12.50"), null)).isEqualTo("1.5 TD;12,50\r\n");
        assertThat(new Csv(',', false, StandardCharsets.UTF_8).line(COLUMNS, cells("a", "12.50"), null))
                .isEqualTo("a,12.50\r\n");
    }

    @Test
    void whatWouldEndACellIsQuoted() {
        assertThat(french.line(COLUMNS, cells("a;\"b\"", null), null)).isEqualTo("\"a;\"\"b\"\"\";\r\n");
    }

    @Test
    void changesSayWhatHappened() {
        assertThat(french.header(COLUMNS, true)).isEqualTo("action;part;price\r\n");
        assertThat(french.header(COLUMNS, false)).isEqualTo("part;price\r\n");
        assertThat(french.line(COLUMNS, cells("a", null), "remove")).isEqualTo("remove;a;\r\n");
    }
}
