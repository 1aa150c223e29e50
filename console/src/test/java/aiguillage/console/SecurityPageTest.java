package aiguillage.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/console-security.md` names tests that there are.
class SecurityPageTest {

    private static final Pattern NAMED = Pattern.compile("`(?:([A-Z]\\w*Test)(?:\\.(\\w+))?|(\\w+))`");

    @Test
    void everyTestNamedThereIsThereAndEveryItemHasOneOrAReason() throws IOException {
        Map<String, String> sources = tests();
        int items = 0;
        for (String line : Files.readAllLines(Path.of("../docs/console-security.md"))) {
            if (!line.startsWith("| ") || line.startsWith("| item")) {
                continue;
            }
            items++;
            String proof = line.split("\\|", -1)[3].strip();
            assertThat(proof).as(line).hasSizeGreaterThan(3);
            String within = "";
            for (MatchResult named : NAMED.matcher(proof).results().toList()) {
                within = named.group(1) == null ? within : sources.getOrDefault(named.group(1), "");
                String method = named.group(2) == null ? named.group(3) : named.group(2);
                if (named.group(1) == null && within.isEmpty()) {
                    continue; // a word of a reason
                }
                assertThat(within).as("%s in %s", named.group(), line).isNotEmpty();
                assertThat(within).as(line).contains(method == null ? "@Test" : "void " + method + "(");
            }
        }
        assertThat(items).isGreaterThan(60);
    }

    private static Map<String, String> tests() throws IOException {
        var sources = new HashMap<String, String>();
        for (String module : List.of("console", "hub")) {
            try (Stream<Path> walk = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (Path file :
                        walk.filter(one -> one.toString().endsWith("Test.java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
