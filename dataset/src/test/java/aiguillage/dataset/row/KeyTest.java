package aiguillage.dataset.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {

    @Test
    void cellsComeBack() {
        assertThat(Key.of(List.of("93 165", "é", "x")).cells()).containsExactly("93 165", "é", "x");
        assertThat(Key.of(List.of("a", "b"))).hasToString("a/b");
    }

    @Test
    void keysAreInTheOrderOfTheirBytes() {
        assertThat(List.of(
                        Key.of(List.of("a")), Key.of(List.of("a", "z")), Key.of(List.of("a!")), Key.of(List.of("é"))))
                .isSorted();
    }

    @Test
    void cellsThatWouldMixWithOthersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(List.of("a\0b")));
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(List.of("a", "")));
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Key.of(List.of("é".repeat(257))))
                .withMessageContaining("512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "a\0", "\0a", "a\0\0b"})
    void bytesWithAnEmptyCellAreNoKey(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> Key.check(bytes, 0, bytes.length));
    }

    @Test
    void bytesThatAreNoTextAreNoKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.check(new byte[] {'a', (byte) 0xc3}, 0, 2));
        byte[] key = Key.of(List.of("é", "b")).bytes();
        assertThatCode(() -> Key.check(key, 0, key.length)).doesNotThrowAnyException();
    }

    @Test
    void aBeginningMayEndWithinACellOrBehindOne() {
        Key key = Key.of(List.of("ab", "cd"));
        assertThat(key.beginsWith(Key.beginning(List.of("a")))).isTrue();
        assertThat(key.beginsWith(Key.beginning(List.of("ab", "")))).isTrue();
        assertThat(key.beginsWith(Key.beginning(List.of("a", "")))).isFalse();
        assertThat(key.beginsWith(Key.beginning(List.of("ab", "cde")))).isFalse();
        assertThat(key.beginsWith(Key.beginning(List.of()))).isTrue();
    }
}
