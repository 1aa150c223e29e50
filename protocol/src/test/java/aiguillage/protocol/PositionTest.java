package aiguillage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void aPositionIsReadAsItIsWritten() {
        assertThat(Position.of("42")).isEqualTo(new Position(42)).hasToString("42");
        assertThat(Position.of("9223372036854775807").value()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+5", "007", "٣", "1e3", " 1", "9223372036854775808"})
    void anyOtherFormIsRefused(String text) {
        assertThatThrownBy(() -> Position.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
