package aiguillage.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void everyLanguageHasTheSameWords() {
        List<Words> all = Words.LANGUAGES.stream().map(Words::read).toList();
        assertThat(all)
                .allSatisfy(one -> assertThat(one.texts().keySet())
                        .isEqualTo(all.getFirst().texts().keySet()));
    }

    /// A file of words that no room names would never be read.
    @Test
    void everyFileOfWordsIsRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/aiguillage/console/words"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Words.ROOMS.stream()
                            .flatMap(room -> Words.LANGUAGES.stream().map(one -> room + "." + one + ".properties"))
                            .toList());
        }
    }

    @Test
    void aDurationIsToldInTheUnitsThatPeopleUse() {
        Words words = Words.read("en");
        assertThat(words.lasting(Duration.ofSeconds(8))).isEqualTo("8 s");
        assertThat(words.lasting(Duration.ofMinutes(12))).isEqualTo("12 min");
        assertThat(words.lasting(Duration.ofHours(76))).isEqualTo("3 d 4 h");
    }

    @Test
    void bytesAreToldInTheUnitThatSuits() {
        assertThat(Words.read("fr").bytes(4_200_000)).isEqualTo("4,2 Mo");
        assertThat(Words.read("en").bytes(999)).isEqualTo("999 bytes");
    }
}
