package aiguillage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which packages a package knows stands on its page, in the sentence after `**Knows:**`. What is named there
/// is used, and what is used is named: a room of the same part by the last of its name (`journal`), another
/// part by its own (`protocol`), or a room there in full (`hub.operators`).
class KnowsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern SENTENCE = Pattern.compile("\\*\\*Knows:\\*\\* (.*?)(?=\\. (?:\\*\\*|[A-Z\\[])|\\.$)");
    private static final Pattern WORD = Pattern.compile("`(?:aiguillage\\.)?([a-z][a-z0-9.]*)`");
    private static final Pattern USED =
            Pattern.compile("\\baiguillage\\.([a-z][a-z0-9]*(?:\\.[a-z][a-z0-9]*)*)\\.[A-Z]");

    /// What puts parts together knows them all.
    private static final Pattern ALL = Pattern.compile("every part|all (other )?packages");

    /// Its rooms need no sentence: it measures all parts.
    private static final String BENCH = "bench";

    /// A package of ours.
    ///
    /// @param name behind `aiguillage.`
    /// @param uses the other packages of ours that its sources name
    private record Room(String name, String page, Set<String> uses) {

        private String part() {
            return name.replaceFirst("\\..*", "");
        }

        private boolean isPart() {
            return !name.contains(".");
        }
    }

    private static List<Room> rooms() throws IOException {
        var folders = new TreeMap<String, Path>();
        try (Stream<Path> parts = Files.list(ROOT)) {
            for (Path sources : parts.map(part -> part.resolve("src/main/java/aiguillage"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> walk = Files.walk(sources)) {
                    walk.filter(file -> file.endsWith("package-info.java"))
                            .map(Path::getParent)
                            .forEach(folder -> folders.put(
                                    sources.relativize(folder).toString().replace('/', '.'), folder));
                }
            }
        }
        var rooms = new ArrayList<Room>();
        for (var room : folders.entrySet()) {
            Set<String> uses = uses(room.getValue());
            uses.remove(room.getKey());
            uses.retainAll(folders.keySet());
            rooms.add(new Room(room.getKey(), page(room.getValue()), uses));
        }
        return rooms;
    }

    private static Set<String> uses(Path folder) throws IOException {
        var uses = new TreeSet<String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java") && !one.endsWith("package-info.java"))
                    .toList()) {
                uses.addAll(usesOf(file));
            }
        }
        return uses;
    }

    private static Set<String> usesOf(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.strip().startsWith("//"))
                .flatMap(line -> USED.matcher(line).results())
                .map(used -> used.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The paragraph that says what is known; empty when none does.
    private static String page(Path folder) throws IOException {
        String text = Files.readAllLines(folder.resolve("package-info.java")).stream()
                .filter(line -> line.startsWith("///"))
                .map(line -> line.substring(3).strip())
                .map(line -> line.isEmpty() ? "\n" : line + " ")
                .collect(Collectors.joining());
        return text.lines()
                .filter(paragraph -> paragraph.contains("**Knows:**"))
                .map(String::strip)
                .findFirst()
                .orElse("");
    }

    /// What the page's sentence names beside words in backticks.
    private static boolean isNamedOtherwise(Room room, String knows, String used, Set<String> ofCalls) {
        return (knows.contains("the hub") && !room.part().equals("hub") && isIn("hub", used))
                || (knows.contains("HubParts") && ofCalls.contains(used))
                || (knows.contains("its rooms") && used.startsWith(room.name + "."));
    }

    private static boolean isIn(String part, String name) {
        return name.equals(part) || name.startsWith(part + ".");
    }

    private static boolean isNamed(Room room, String word, String used) {
        if (isIn(room.part(), used)) {
            return used.equals(word) || used.endsWith("." + word);
        }
        return isIn(word, used);
    }

    /// A part's own page names the other parts that any of its rooms uses.
    private static Set<String> told(Room room, List<Room> all) {
        return !room.isPart()
                ? room.uses
                : all.stream()
                        .filter(one -> one.part().equals(room.name))
                        .flatMap(one -> one.uses.stream())
                        .filter(used -> !isIn(room.name, used))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatAPageSaysThatItsPackageKnowsItKnowsAndNothingElse() throws IOException {
        List<Room> rooms = rooms();
        Set<String> ofCalls = usesOf(ROOT.resolve("hub/src/main/java/aiguillage/hub/door/call/HubParts.java"));
        var wrong = new ArrayList<String>();
        for (Room room : rooms) {
            Matcher sentence = SENTENCE.matcher(room.page);
            if (!sentence.find()) {
                if (!room.part().equals(BENCH)) {
                    wrong.add(room.name + " does not say what it knows");
                }
            } else if (!ALL.matcher(sentence.group(1)).find()) {
                compare(room, sentence.group(1), told(room, rooms), ofCalls, wrong);
            }
        }
        assertThat(rooms).hasSizeGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    private static void compare(Room room, String knows, Set<String> uses, Set<String> ofCalls, List<String> wrong) {
        Set<String> words =
                WORD.matcher(knows).results().map(word -> word.group(1)).collect(Collectors.toCollection(TreeSet::new));
        for (String used : uses) {
            if (words.stream().noneMatch(word -> isNamed(room, word, used))
                    && !isNamedOtherwise(room, knows, used, ofCalls)) {
                wrong.add(room.name + " uses " + used + ", and its page does not name it");
            }
        }
        for (String word : words) {
            if (uses.stream().noneMatch(used -> isNamed(room, word, used))) {
                wrong.add(room.name + " does not use " + word + ", which its page names");
            }
        }
    }
}
