package aiguillage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DatasetNameTest {

    private static final Brand OPEL = new Brand("opel");

    @Test
    void aNameIsLowerCaseLettersDigitsAndDashes() {
        for (String name : List.of("a", "z", "a0", "a9-", "parts-prices", "a".repeat(64))) {
            assertThat(new DatasetName(OPEL, name).toString()).isEqualTo("opel/" + name);
            assertThat(DatasetName.of("opel/" + name)).isEqualTo(new DatasetName(OPEL, name));
        }
    }

    @Test
    void nothingElseIsAName() {
        for (String name : List.of(
                "",
                "0a",
                "-a",
                "A",
                "aA",
                "a_b",
                "a b",
                "a/b",
                "a.b",
                "a`",
                "a{",
                "a:",
                "é",
                "aé",
                "a\n",
                "a".repeat(65))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new DatasetName(OPEL, name));
        }
    }
}
