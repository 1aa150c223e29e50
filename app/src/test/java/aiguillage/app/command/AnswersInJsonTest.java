package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// Every command that states facts states them to programs too.
class AnswersInJsonTest {

    private static final String RUNS = "runs until it is told to stop; its log is JSON with --log json";

    /// Commands without `--json`, and why.
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "aiguillage hub run",
            RUNS,
            "aiguillage gateway run",
            RUNS,
            "aiguillage status serve",
            RUNS,
            "aiguillage demo decide",
            "runs until it is told to stop; its answers are files",
            "aiguillage demo prices",
            "its answer is a file");

    private static Stream<CommandLine> leaves(CommandLine command) {
        Stream<CommandLine> below = command.getSubcommands().values().stream().flatMap(AnswersInJsonTest::leaves);
        boolean runs = command.getSubcommands().isEmpty() || command.getCommand() instanceof Aiguillage.Runs;
        return runs ? Stream.concat(Stream.of(command), below) : below;
    }

    @Test
    void everyCommandTakesJsonOrHasAReasonNotTo() {
        var without = leaves(Aiguillage.commandLine(Terminal.ofProcess()))
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .filter(command -> command.findOption("--json") == null)
                .map(CommandLine.Model.CommandSpec::qualifiedName)
                .toList();
        assertThat(without).containsExactlyInAnyOrderElementsOf(EXCEPTIONS.keySet());
    }

    @Test
    void aStartingFolderIsToldWithTheNextCommands(@TempDir Path folder) {
        JsonNode answer = Ran.command("init", folder.resolve("hub"), "--json").json();
        assertThat(answer.path("folder").asString())
                .isEqualTo(folder.resolve("hub").toString());
        assertThat(answer.path("next")).hasSize(3);
        assertThat(answer.path("next").get(2).asString()).isEqualTo("aiguillage hub run");
    }

    @Test
    void theReferenceIsFactsForPrograms() {
        JsonNode configuration =
                Ran.command("reference", "configuration", "--json").json();
        assertThat(configuration.path("gateway.yaml")).anySatisfy(row -> {
            assertThat(row.path("key").asString()).isEqualTo("proxy.password");
            assertThat(row.path("text").asString()).contains("password");
        });
        assertThat(Ran.command("reference", "problems", "--json").json()).anySatisfy(problem -> {
            assertThat(problem.path("code").asString()).isEqualTo("disk-full");
            assertThat(problem.path("status").asInt()).isEqualTo(507);
        });
        assertThat(Ran.command("reference", "flows", "--json").json()).isNotEmpty();
    }

    @Test
    void everyExitCodeIsInTheHelpAndInTheManual() throws IOException {
        String help = Ran.command("--help").out().replaceAll("\\s+", " ");
        String manual = Files.readString(Path.of("..", "docs", "operations.md"));
        for (Exit exit : Exit.values()) {
            assertThat(help).contains(exit.code() + " " + exit.text());
            assertThat(manual).contains("| " + exit.code() + " | " + exit.text() + " |");
        }
    }
}
