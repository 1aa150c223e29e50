package aiguillage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTest {

    @TempDir
    Path folder;

    @Test
    void documentsAreCountedAndNothingStaysBehind() throws Exception {
        Path json = folder.resolve("figures.json");

        int exit = run("submission", "--json", json.toString(), "--clients", "4");

        assertThat(exit).isZero();
        JsonNode figures = new JsonMapper().readTree(json.toFile());
        assertThat(figures.size()).isEqualTo(5);
        JsonNode rate = figures.get(0);
        assertThat(rate.get("figure").asString()).isEqualTo("submission, 4 clients");
        assertThat(rate.get("unit").asString()).isEqualTo("docs/s");
        assertThat(rate.get("ours").asDouble()).isPositive();
        assertThat(rate.get("beside_value").asDouble()).isPositive();
        assertThat(rate.has("goal")).isTrue();
        assertThat(folder.resolve("data")).isEmptyDirectory();
    }

    @Test
    void theJournalIsMeasuredBesideAFile() throws Exception {
        Path json = folder.resolve("figures.json");

        int exit = run("journal", "--json", json.toString());

        assertThat(exit).isZero();
        JsonNode figure = new JsonMapper().readTree(json.toFile()).get(0);
        assertThat(figure.get("beside").asString()).isEqualTo("append + fsync file");
        assertThat(figure.get("ours").asDouble()).isPositive();
        assertThat(figure.get("beside_value").asDouble()).isPositive();
        assertThat(figure.get("goal").asString()).isEqualTo("≥ 50 %");
    }

    @Test
    void aNumberOfClientsThatCannotBeIsRefused() {
        assertThat(run("submission", "--clients", "0")).isNotZero();
    }

    @Test
    void anUnknownBenchIsRefusedWithTheKnownNames() {
        var errors = new StringWriter();
        var command = new CommandLine(new Main()).setErr(new PrintWriter(errors));

        assertThat(command.execute("jornal")).isNotZero();
        assertThat(errors.toString()).contains("'jornal'", "journal");
    }

    @Test
    void theDefaultSetStaysUnderFiveMinutes() {
        assertThat(Bench.all(false).stream().mapToInt(Bench::seconds).sum())
                .isLessThanOrEqualTo(Bench.DEFAULT_SECONDS_MAX);
        assertThat(Bench.all(true)).containsExactly(Bench.values());
        assertThat(Bench.list().lines()).hasSameSizeAs(Bench.values());
    }

    private int run(String... arguments) {
        var command = new CommandLine(new Main());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            System.err.println(failure);
            return CommandLine.ExitCode.SOFTWARE;
        });
        String[] bounded = {
            "--seconds",
            "2",
            "--rounds",
            "1",
            "--warm-up",
            "0.4",
            "--folder",
            folder.resolve("data").toString()
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + bounded.length);
        System.arraycopy(bounded, 0, all, arguments.length, bounded.length);
        return command.execute(all);
    }
}
