package aiguillage.dataset.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

    private static Dialect dialect(boolean decimalComma) {
        return new Dialect(';', true, StandardCharsets.UTF_8, decimalComma, "uuuu-MM-dd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|12,30|12.30",
                "true|1 284,60|1284.60",
                "true|1\u00a0284,60|1284.60",
                "true|1\u202f284,60|1284.60",
                "true|1.284,60|1284.60",
                "true|-1.284.000,5|-1284000.5",
                "true|1.234|1234",
                "true|1234|1234",
                "true|0,05|0.05",
                "true|,05|.05",
                "false|12.30|12.30",
                "false|1,284.60|1284.60",
                "false|+123,456|+123456"
            })
    void aNumberIsReadAsItIsWrittenThere(boolean decimalComma, String text, String plain) {
        assertThat(dialect(decimalComma).number(text)).isEqualTo(plain);
    }

    /// Guessing would make a price a hundred or a thousand times what it is.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|12.30",
                "true|1234.567",
                "true|1,234.50",
                "true|.5",
                "true|1..234",
                "true|1.23.456",
                "true|1.",
                "false|12,30",
                "false|1234,567",
                "false|1.234,50",
                "false|,5"
            })
    void aNumberWrittenTheOtherWayIsNotGuessedAt(boolean decimalComma, String text) {
        assertThatThrownBy(() -> dialect(decimalComma).number(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the other way");
    }
}
