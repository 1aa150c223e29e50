package aiguillage.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.replica.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the page says is there. What holds for the words of every part is in the application's `WordsFilesTest`.
final class PageWordsTest {

    private static final Pattern ASKED = Pattern.compile("look\\.text\\(\"([a-z.-]+)\"");

    private final List<PageWords> all = PageWords.LANGUAGES.stream()
            .map(language -> PageWords.read(language, ZoneOffset.UTC))
            .toList();

    @Test
    void whatTemplatesSayIsThere() throws IOException {
        try (var files = Files.list(Path.of("src/main/jte/page"))) {
            for (Path file : files.toList()) {
                Matcher asked = ASKED.matcher(Files.readString(file));
                while (asked.find()) {
                    if (!asked.group(1).endsWith(".")) {
                        assertThat(all.getFirst().texts()).as(file.toString()).containsKey(asked.group(1));
                    }
                }
            }
        }
    }

    @Test
    void everyReasonToBeStaleHasItsWords() {
        for (Freshness.Reason reason : Freshness.Reason.values()) {
            assertThat(all.getFirst().texts())
                    .containsKeys("prices.stale." + reason.code(), "prices.stale." + reason.code() + ".todo");
        }
    }

    @Test
    void numbersAgreeWithTheirNouns() {
        PageWords french = PageWords.read("fr", ZoneOffset.UTC);
        assertThat(french.of("up.some", 1, "3 min", "9 h")).startsWith("1 document attend l'envoi,");
        assertThat(french.of("up.some", 12, "3 min", "9 h")).startsWith("12 documents attendent l'envoi,");
        assertThat(french.of("certificate.ended", "x", 3)).isEqualTo("Il a expiré le x, il y a 3 jours.");
    }
}
