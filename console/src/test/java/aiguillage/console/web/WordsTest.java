package aiguillage.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for the words of every part is in the application's `WordsFilesTest`.
class WordsTest {

    private static final Pattern ASKED = Pattern.compile(
            "look\\(?\\)?\\.text\\(\"([A-Za-z_.-]+)\"[,)]|words\\(\\)\\.(?:of\\(|refused\\(\\s*Problem\\.\\w+,\\s*)\"([A-Za-z_.-]+)\"[,)]");
    private static final Pattern DEED = Pattern.compile("Route\\.confirmed\\([^;]*?Access\\.\\w+,\\s*\"([a-z.-]+)\"");
    private static final Pattern TEXT = Pattern.compile("\"([A-Za-z0-9_.-]+)\"");

    private final List<Words> all = Words.LANGUAGES.stream().map(Words::read).toList();

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
    void aKeyBeginsWithItsRoom() throws IOException {
        for (String room : Words.ROOMS) {
            for (String language : Words.LANGUAGES) {
                Path file =
                        Path.of("src/main/resources/aiguillage/console/words", room + "." + language + ".properties");
                for (String line : Files.readAllLines(file)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        assertThat(line).as(file.toString()).startsWith(room + ".");
                    }
                }
            }
        }
    }

    @Test
    void whatTemplatesSayIsThere() throws IOException {
        for (Path file : sources()) {
            Matcher asked = ASKED.matcher(Files.readString(file));
            while (asked.find()) {
                assertThat(all.getFirst().texts())
                        .as(file.toString())
                        .containsKey(asked.group(1) == null ? asked.group(2) : asked.group(1));
            }
        }
    }

    /// A key is said when a source has it whole, or the beginning of it (`tail.kind.`) up to one of its dots.
    @Test
    void everyTextIsSaidSomewhere() throws IOException {
        Set<String> said = new HashSet<>();
        for (Path file : sources()) {
            Matcher text = TEXT.matcher(Files.readString(file));
            while (text.find()) {
                said.add(text.group(1));
            }
        }
        Menu.ITEMS.forEach(item -> said.add(item.name() + ".menu"));
        var unsaid = new TreeSet<>(all.getFirst().texts().keySet());
        unsaid.removeIf(key -> said.contains(key) || begins(key, said));
        assertThat(unsaid).isEmpty();
    }

    private static boolean begins(String key, Set<String> said) {
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            if (said.contains(key.substring(0, dot + 1))) {
                return true;
            }
        }
        return false;
    }

    /// Pages say in each language what the hub's catalogue says; in English in its own sentences.
    @Test
    void everyProblemIsSaidAsTheCatalogueSaysIt() {
        for (Problem problem : Problem.values()) {
            String key = "problem." + problem.code();
            assertThat(all).allSatisfy(one -> assertThat(one.texts()).containsKeys(key, key + ".do"));
            assertThat(all.getFirst().of(key)).isEqualTo(problem.what());
            assertThat(all.getFirst().of(key + ".do")).isEqualTo(problem.remedy());
        }
    }

    /// What receipts say by a word of the wire, pages say in words: each kind of entry, and each of its facts.
    @Test
    void everyKindOfEntryAndItsFactsHaveWords() throws IOException {
        String statements = Files.readString(Path.of("../hub/src/main/java/aiguillage/hub/ledger/Statements.java"));
        Map<String, String> patterns = Map.of(
                "ledger.kind.", "\\w+\\(\\s*\"([a-z-]+)\",\\s*position", "ledger.fact.", "with\\(\\s*\"([a-z-]+)\"");
        patterns.forEach((prefix, pattern) -> assertThat(
                        Pattern.compile(pattern).matcher(statements).results().map(found -> prefix + found.group(1)))
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(all.getFirst().texts()).containsKey(key)));
    }

    /// What people did is listed in words.
    @Test
    void everyActHasItsWords() throws IOException {
        Pattern act =
                Pattern.compile("record(?:Command)?\\(\\s*(?:visit\\.operator\\(\\),|operator,)?\\s*\"([a-z-]+)\",");
        var acts = new TreeSet<String>();
        for (Path file : sources("src/main/java", "../hub/src/main/java")) {
            act.matcher(Files.readString(file)).results().forEach(found -> acts.add(found.group(1)));
        }
        assertThat(acts)
                .hasSizeGreaterThan(30)
                .allSatisfy(one -> assertThat(all.getFirst().texts()).containsKey("people.act." + one));
    }

    /// A refusal that does not say its language is shown as English.
    @Test
    void aRefusalInWordsOfOursSaysItsLanguage() throws IOException {
        Pattern silent = Pattern.compile("new Refused\\((?:[^;\"]|\\n)*words(?:\\(\\))?\\s*\\.of\\(");
        for (Path file : sources()) {
            if (!file.endsWith("Words.java")) {
                assertThat(silent.matcher(Files.readString(file)).find())
                        .as("%s: write words.refused(problem, key, values)", file)
                        .isFalse();
            }
        }
    }

    /// What the key signs is told to whoever signs it, in words.
    @Test
    void everyDeedThatIsConfirmedHasItsWords() throws IOException {
        int deeds = 0;
        for (Path file : sources()) {
            Matcher deed = DEED.matcher(Files.readString(file));
            while (deed.find()) {
                deeds++;
                assertThat(all)
                        .as(file.toString())
                        .allSatisfy(one -> assertThat(one.texts()).containsKey(deed.group(1)));
            }
        }
        assertThat(deeds).isGreaterThan(20);
    }

    private static List<Path> sources() throws IOException {
        return sources("src/main/java", "src/main/jte");
    }

    private static List<Path> sources(String... folders) throws IOException {
        var files = new ArrayList<Path>();
        for (String folder : folders) {
            try (Stream<Path> walk = Files.walk(Path.of(folder))) {
                walk.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return files;
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
