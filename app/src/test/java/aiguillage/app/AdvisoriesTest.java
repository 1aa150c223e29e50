package aiguillage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No library on the class path has a vulnerability that we know of. Works without a network: it knows what
/// `advisories.txt` says and nothing else.
class AdvisoriesTest {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*(?:-[\\w.]+)?)\\.jar");

    record Advisory(String id, String artifact, String first, String fixed) {

        boolean affects(Library library) {
            return library.artifact.equals(artifact)
                    && compare(library.version, first) >= 0
                    && compare(library.version, fixed) < 0;
        }
    }

    record Library(String artifact, String version) {}

    private static List<Advisory> advisories() throws IOException {
        try (InputStream in = Objects.requireNonNull(AdvisoriesTest.class.getResourceAsStream("/advisories.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .map(fields -> new Advisory(fields[0], fields[1], fields[2], fields[3]))
                    .toList();
        }
    }

    private static List<Library> libraries() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(java.io.File.pathSeparator))
                .map(entry -> JAR.matcher(Path.of(entry).getFileName().toString()))
                .filter(Matcher::matches)
                .map(jar -> new Library(jar.group(1), jar.group(2)))
                .toList();
    }

    /// Numbers as numbers; a word (`alpha`, `beta`, `rc`) comes before none.
    private static int compare(String one, String other) {
        List<String> a = parts(one);
        List<String> b = parts(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            String x = i < a.size() ? a.get(i) : "0";
            String y = i < b.size() ? b.get(i) : "0";
            boolean xIsNumber = Character.isDigit(x.charAt(0));
            boolean yIsNumber = Character.isDigit(y.charAt(0));
            int order = xIsNumber && yIsNumber
                    ? new BigInteger(x).compareTo(new BigInteger(y))
                    : xIsNumber == yIsNumber ? x.compareTo(y) : xIsNumber ? 1 : -1;
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<String> parts(String version) {
        return Arrays.stream(version.split("[.-]|(?<=\\d)(?=[a-zA-Z])|(?<=[a-zA-Z])(?=\\d)"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1.5.9, 1.5.10, -1", "12.1.0.alpha0, 12.1.0, -1", "1.85, 1.85.0, 0", "3.2.4, 3.1.1, 1", "1.87, 1.9, 1"})
    void versionsAreComparedAsTheyAreCounted(String one, String other, int order) {
        assertThat(Integer.signum(compare(one, other))).isEqualTo(order);
    }

    @Test
    void noLibraryHasAVulnerabilityThatWeKnowOf() throws IOException {
        List<Library> libraries = libraries();
        List<String> found = new ArrayList<>();
        for (Advisory advisory : advisories()) {
            libraries.stream()
                    .filter(advisory::affects)
                    .forEach(library -> found.add(library + " has " + advisory.id + ": take " + advisory.fixed));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyAdvisoryIsOfALibraryThatIsThere() throws IOException {
        assertThat(advisories().stream().map(Advisory::artifact))
                .as("else its line can go, or its name is misspelt")
                .isSubsetOf(libraries().stream().map(Library::artifact).toList());
    }

    @Test
    void anOldLibraryIsFound() {
        var advisory = new Advisory("CVE-2026-2332", "jetty-http", "12.1.0", "12.1.7");
        assertThat(advisory.affects(new Library("jetty-http", "12.1.6"))).isTrue();
        assertThat(advisory.affects(new Library("jetty-http", "12.1.7"))).isFalse();
        assertThat(advisory.affects(new Library("jetty-io", "12.1.6"))).isFalse();
    }
}
