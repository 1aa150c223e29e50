package aiguillage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Files of words, of whichever part: in each language the same, and such that they can be said. What only one
/// part asks of its own stands in its `WordsTest` and `PageWordsTest`.
class WordsFilesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// English and French, each way in which the parts name them.
    private static final Map<String, String> ENDINGS =
            Map.of(".en.properties", ".fr.properties", ".properties", "_fr.properties");

    /// Said as they stand, without anything filled in.
    private static final Set<String> PLAIN = Set.of("situations.properties", "refusals.properties");

    /// A key and a text, a line each.
    private record Words(Path file, Map<String, String> texts) {}

    private record Pair(Words english, Words french) {}

    private static List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        try (Stream<Path> parts = Files.list(ROOT)) {
            for (Path resources : parts.map(part -> part.resolve("src/main/resources"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> walk = Files.walk(resources)) {
                    walk.filter(file -> file.toString().endsWith(".properties")).forEach(files::add);
                }
            }
        }
        return files;
    }

    private static boolean isFrench(Path file) {
        return ENDINGS.values().stream().anyMatch(file.toString()::endsWith);
    }

    private static Path french(Path english) {
        String name = english.toString();
        String ending = name.endsWith(".en.properties") ? ".en.properties" : ".properties";
        return Path.of(name.substring(0, name.length() - ending.length()) + ENDINGS.get(ending));
    }

    private static List<Pair> pairs() throws IOException {
        var pairs = new ArrayList<Pair>();
        for (Path english : files()) {
            if (!isFrench(english)) {
                pairs.add(new Pair(read(english), read(french(english))));
            }
        }
        return pairs;
    }

    private static Words read(Path file) throws IOException {
        var lines = new LinkedHashMap<String, String>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String key = line.substring(0, line.indexOf('=')).strip();
                assertThat(lines.put(key, line.substring(line.indexOf('=') + 1).strip()))
                        .as("%s: %s once", file, key)
                        .isNull();
            }
        }
        var loaded = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            loaded.load(in);
        }
        assertThat(loaded.keySet()).as("%s: one text a line", file).isEqualTo(lines.keySet());
        loaded.forEach((key, text) -> lines.put(key.toString(), text.toString()));
        return new Words(file, lines);
    }

    @Test
    void everyFileIsThereInBothLanguages() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(20);
        assertThat(files.stream().filter(WordsFilesTest::isFrench))
                .containsExactlyInAnyOrderElementsOf(files.stream()
                        .filter(file -> !isFrench(file))
                        .map(WordsFilesTest::french)
                        .toList());
    }

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        for (Pair pair : pairs()) {
            assertThat(pair.french.texts.keySet())
                    .as("%s, as in %s", pair.french.file, pair.english.file)
                    .containsExactlyInAnyOrderElementsOf(pair.english.texts.keySet());
        }
    }

    /// An apostrophe that is not written twice swallows what follows.
    @Test
    void everyTextHasTheSamePlacesAndLosesNoApostrophe() throws IOException {
        for (Pair pair : pairs()) {
            if (!PLAIN.contains(pair.english.file.getFileName().toString())) {
                pair.english.texts.forEach((key, text) -> {
                    int places = places(pair.english, key, text);
                    String french = pair.french.texts.getOrDefault(key, "");
                    assertThat(places(pair.french, key, french))
                            .as("places of %s in %s", key, pair.french.file)
                            .isEqualTo(places);
                });
            }
        }
    }

    private static int places(Words words, String key, String text) {
        assertThat(text.replace("''", "")).as("%s in %s", key, words.file).doesNotContain("'");
        var format = new MessageFormat(text);
        for (Format part : format.getFormats()) {
            if (part instanceof ChoiceFormat choice) {
                assertBranches(choice, key, words.file);
            }
        }
        return format.getFormatsByArgumentIndex().length;
    }

    /// A branch in which something is filled in is read twice: its apostrophes are written four times.
    private static void assertBranches(ChoiceFormat choice, String key, Path file) {
        for (Object branch : choice.getFormats()) {
            String text = branch.toString();
            if (text.contains("{")) {
                assertThat(text.replace("''", "")).as("%s in %s", key, file).doesNotContain("'");
            }
        }
    }
}
