package aiguillage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HostileYamlTest {

    record Words(@Setting(text = "Anything.") Map<String, String> words) {}

    @Test
    void aliasesAreRefusedBeforeTheyExpand() {
        assertThat(problems("words:\n  a: &x laugh\n  b: *x\n"))
                .contains("hub.yaml:2:6  words.a: YAML anchors (&name) are not read here.")
                .contains("hub.yaml:3:6  words.b: YAML aliases (*name) are not read here.");
    }

    @Test
    void tagsAreRefused() {
        assertThat(problems("words: { a: !!java.net.URL x, b: !!str y }\n"))
                .contains("hub.yaml:1:13  words.a: YAML tags (!name) are not read here.")
                .contains("words.b: YAML tags");
    }

    @Test
    void depthIsBounded() {
        assertThat(problems("words: " + "[\n ".repeat(300_000))).contains("more than 16 deep");
        assertThat(problems("words: " + "{a:\n ".repeat(150_000))).contains("more than 16 deep");
    }

    @Test
    void theLengthOfALineIsBounded() {
        assertThat(problems("words: { a: '" + "x".repeat(20_000) + "' }"))
                .startsWith("hub.yaml:1:1  A line is longer than 20000 characters.");
    }

    @Test
    void sizeIsBounded() {
        assertThat(problems("words: { a: '" + "x".repeat(1_000_000) + "' }"))
                .isEqualTo("hub.yaml:1:1  This file is larger than 1MB, the most that is read.\n"
                        + "              Make it smaller.");
    }

    @Test
    void theCallerMaySetTheSize() {
        String text = "words:\n  a: b\n" + "# more words\n".repeat(100_000);
        assertThat(problems(text)).contains("larger than 1MB");

        var reader = new ConfigReader(Limits.DEFAULT.withBytesMax(2_000_000));
        assertThat(reader.text("hub.yaml", text, Words.class).value().words()).containsKey("a");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(problems("words: {}\n---\nwords: {}\n"))
                .isEqualTo("hub.yaml:2:1  A second document begins here.\n              Only one is read.\n"
                        + "              Remove the `---`.");
    }

    @Test
    void keysThatAreListsAreRefused() {
        assertThat(problems("words: { ? [a] : b }\n")).contains("A key is a single word here");
    }

    @Test
    void wordsThatYamlOnceTookForTruthStayWords() {
        assertThat(new ConfigReader()
                        .text("hub.yaml", "words: { a: no, b: 0x10, c: 1e3, d: ~ }", Words.class)
                        .value()
                        .words())
                .isEqualTo(Map.of("a", "no", "b", "0x10", "c", "1e3", "d", "~"));
    }

    @Test
    void thousandsOfProblemsAreCountedNotListed() {
        assertThat(problems("words: {" + "a: x,\n ".repeat(5_001) + "}\n"))
                .hasLineCount(3 * Problems.KEPT_MAX + 1)
                .endsWith("\n… and 4500 more problems.");
    }

    @Test
    void messagesCarryNoControlCharactersAndNoEndlessWords() {
        String message = problems("\"wor\\x1b[31mds\\u202e" + "x".repeat(9_000) + "\": 1\n");
        assertThat(message).doesNotContain("\u001b").doesNotContain("\u202e").hasSizeLessThan(1_000);
    }

    private static String problems(String yaml) {
        try {
            throw new AssertionError("was read: "
                    + new ConfigReader().text("hub.yaml", yaml, Words.class).value());
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aDefectOfARecordIsNotTakenForTheOperators() {
        record Broken(
                @Setting(text = "Anything.", fallback = "x") int number) {}
        assertThatThrownBy(() -> new ConfigReader().text("hub.yaml", "", Broken.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fallback of number");
    }
}
