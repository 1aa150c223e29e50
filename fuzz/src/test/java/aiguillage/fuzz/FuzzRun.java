package aiguillage.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `./aiguillage fuzz [name…] --minutes N`: Jazzer in its own process, one target after the other. What it learns
/// stays in `fuzz/target/fuzz`, and the next run begins there.
@EnabledIfSystemProperty(named = "fuzz.seconds", matches = "[0-9]+")
class FuzzRun {

    /// What is instrumented: ours, and the parsers we stand on.
    private static final String INSTRUMENTED = String.join(
            ":",
            "aiguillage.**",
            "tools.jackson.core.**",
            "org.snakeyaml.engine.**",
            "org.bouncycastle.asn1.**",
            "org.greenbytes.**",
            "com.networknt.**");

    private static final Pattern UNTOUCHED = Pattern.compile(
            "(rocksdbjni|jetty|junit|assertj|byte-buddy|micrometer|prometheus|HdrHistogram)[^/]*\\.jar$");

    static Stream<String> targets() {
        String names = System.getProperty("fuzz.targets", "").strip();
        return names.isEmpty() ? Targets.all().keySet().stream() : Arrays.stream(names.split("[ ,]+"));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingIsFound(String name) throws Exception {
        Path folder = Path.of("target/fuzz").resolve(name).toAbsolutePath();
        Path corpus = folder.resolve("corpus");
        Seeds.write(Targets.named(name).seeds(), corpus);
        Path log = folder.resolve("log.txt");
        int status = new ProcessBuilder(command(name, corpus))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        report(name, log);
        assertThat(status)
                .as("a finding: %s says which, the input is beside it; keep it in fuzz/%s", log, KeptInputsTest.KEPT)
                .isZero();
    }

    private static List<String> command(String name, Path corpus) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfuzz.target=" + name,
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Entrance.class.getName(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "-max_total_time=" + System.getProperty("fuzz.seconds"),
                "-max_len=8192",
                "-timeout=10",
                "-rss_limit_mb=3000",
                "-print_final_stats=1",
                corpus.toString()));
        Path kept = KeptInputsTest.KEPT.resolve(name).toAbsolutePath();
        if (Files.isDirectory(kept)) {
            command.add(kept.toString());
        }
        return command;
    }

    /// Without what no target touches: Jazzer looks through all of it before it starts.
    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !UNTOUCHED.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void report(String name, Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            List<String> told = lines.filter(
                            line -> line.matches(
                                    "(?s)#\\d+\\s+DONE.*|stat::(number_of_executed_units|peak_rss_mb).*|== Java.*|.*AssertionError.*"))
                    .toList();
            System.out.println(name + ": " + String.join(" · ", told));
        }
    }
}
