package aiguillage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Instants from outside: of a year with four digits, in UTC too.
class Rfc3339Test {

    @Test
    void theFirstAndTheLastInstantAreTaken() {
        assertThat(Rfc3339.instant("0000-01-01T00:00:00Z")).hasToString("0000-01-01T00:00:00Z");
        assertThat(Rfc3339.instant("9999-12-31T23:59:59.999999999Z")).isEqualTo(Rfc3339.LATEST);
        assertThat(Rfc3339.instant("2026-04-01T00:00:00+02:00")).isEqualTo(Instant.parse("2026-03-31T22:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "+292278993-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "0000-01-01T00:00:00+01:00",
                "-0001-12-31T23:59:59Z",
                "2026-04-01",
                "2026-04-01T00:00:00",
                ""
            })
    void nothingElseIs(String text) {
        assertThatThrownBy(() -> Rfc3339.instant(text)).isInstanceOf(DateTimeException.class);
    }
}
