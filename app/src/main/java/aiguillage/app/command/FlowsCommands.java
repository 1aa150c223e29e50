package aiguillage.app.command;

import aiguillage.app.operator.OperatorClient;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import aiguillage.config.Bytes;
import aiguillage.config.ConfigReader;
import aiguillage.hub.HubConfig;
import aiguillage.hub.intake.Question;
import aiguillage.hub.intake.Tried;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.TableDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage flows …`: who may send what to whom.
@Command(
        name = "flows",
        mixinStandardHelpOptions = true,
        description = "The flows file: check it, see what it changes, put it into force, ask why.",
        synopsisSubcommandLabel = "COMMAND")
final class FlowsCommands {

    /// What the name of who applied a table in the console follows.
    private static final String CONSOLE = "operator:";

    private static final String FILE = "The flows file (default: the one which the hub's configuration names).";

    private final Terminal terminal;

    FlowsCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Proves a flows file, without a hub: no dangling name, no ambiguous or unreachable route,"
                    + " nobody outside a flow's region.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage flows check",
                "  aiguillage flows check next.yaml",
                "",
                "Exit codes: 78 it cannot be used; why, by line."
            })
    int check(
            @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = FILE) @Nullable Path file,
            @Mixin OnHub on)
            throws IOException {
        Path checked = named(file, on.config());
        Table table = readNew(checked);
        if (on.json()) {
            terminal.json(JsonMapper.shared()
                    .createObjectNode()
                    .put("good", true)
                    .put("parties", table.parties().size())
                    .put("flows", table.flows().size())
                    .put("datasets", table.datasets().size())
                    .put("table", table.digest().toString()));
        } else {
            terminal.say(checked + " is good: " + counted(table.parties().size(), "party", "parties") + ", "
                    + counted(table.flows().size(), "flow", "flows") + ", "
                    + counted(table.datasets().size(), "dataset", "datasets") + ".");
        }
        return Exit.OK.code();
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "What a flows file would change for whom, against the table in force.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage flows diff", "", "Exit codes: 0 nothing would change, 1 something would."})
    int diff(
            @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = FILE) @Nullable Path file,
            @Mixin OnHub on)
            throws IOException {
        TableDiff diff = TableDiff.between(inForce(on.config()), read(named(file, on.config())));
        lines("changes", diff.lines(), on.json());
        return diff.isEmpty() ? Exit.OK.code() : Exit.NO.code();
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Puts a flows file into force, as one entry of the journal, and says what changed.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage flows apply", "  aiguillage flows apply --over-console"})
    int apply(
            @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = FILE) @Nullable Path file,
            @Option(
                            names = "--over-console",
                            description = "Undo what was applied in the console and is not in the file.")
                    boolean isOverConsole,
            @Mixin OnHub on)
            throws IOException {
        Table next = readNew(named(file, on.config()));
        try (var hub = on.client()) {
            long over = hub.get("/operator/status").path("applied").asLong();
            TableDiff diff = TableDiff.between(inForce(hub), next);
            if (!isOverConsole) {
                requireOfFiles(hub, diff);
            }
            JsonNode applied = hub.post("/operator/flows?over=" + over, next.text());
            if (on.json()) {
                ObjectNode answer = JsonMapper.shared()
                        .createObjectNode()
                        .put("position", applied.path("position").asLong());
                diff.lines().forEach(answer.putArray("changes")::add);
                terminal.json(answer);
            } else {
                diff.lines().forEach(terminal::say);
                terminal.say("In force since entry " + applied.path("position").asLong() + ".");
            }
        }
        return Exit.OK.code();
    }

    /// A file knows nothing of what was applied in the console since it was written.
    private static void requireOfFiles(OperatorClient hub, TableDiff diff) {
        JsonNode newest = hub.get("/operator/flows/history").path(0);
        String by = newest.path("by").asString("");
        List<String> gone =
                diff.lines().stream().filter(line -> line.startsWith("-")).toList();
        if (gone.isEmpty() || !by.startsWith(CONSOLE)) {
            return;
        }
        String position = newest.path("position").asString();
        throw new Failure(
                Exit.NO,
                "The table in force was applied in the console by " + by.substring(CONSOLE.length()) + " (entry "
                        + position
                        + "). Your file would take away:\n  " + String.join("\n  ", gone)
                        + "\nBegin with the text in force: aiguillage flows history --position " + position
                        + " > flows.yaml; or, if all that is meant, say --over-console.");
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "The tables that were applied, newest first; or the text of one of them.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage flows history", "  aiguillage flows history --position 12 > before.yaml"})
    int history(
            @Option(names = "--position", paramLabel = "N", description = "Print the text that was applied there.")
                    @Nullable
                    Long position,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            if (position != null) {
                String text = hub.getText("/operator/flows?position=" + position);
                if (on.json()) {
                    terminal.json(JsonMapper.shared().createObjectNode().put("text", text));
                } else {
                    terminal.out().print(text);
                    terminal.out().flush();
                }
                return Exit.OK.code();
            }
            JsonNode tables = hub.get("/operator/flows/history");
            if (on.json()) {
                terminal.json(tables);
            } else {
                var shown = new TextTable("POSITION", "TIME", "BY");
                tables.forEach(table -> shown.row(
                        table.path("position").asString(),
                        table.path("time").asString(),
                        table.path("by").asString()));
                terminal.say(shown.text());
            }
        }
        return Exit.OK.code();
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Where a document would go, and why.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage flows explain --sender dealer-7 --flow opel/warranty-claim",
                "  aiguillage flows explain --file flows.yaml --sender warranty-centre \\",
                "      --flow opel/warranty-decision --attribute recipient=dealer-7",
                "",
                "Exit codes: 0 it would be taken, 1 it would be refused."
            })
    int explain(
            @Option(names = "--sender", required = true, paramLabel = "PARTY", description = "Who sends.")
                    String sender,
            @Option(names = "--flow", required = true, paramLabel = "FLOW", description = "As brand/kind.") String flow,
            @Option(names = "--attribute", paramLabel = "NAME=VALUE", description = "Of the envelope; repeatable.")
                    @Nullable
                    Map<String, String> attributes,
            @Option(names = "--size", paramLabel = "SIZE", description = "Of the payload, as in 2MB.") @Nullable
                    String size,
            @Option(names = "--signed", description = "As if it were signed.") boolean signed,
            @Option(names = "--file", paramLabel = "FILE", description = "This flows file instead of the one in force.")
                    @Nullable
                    Path file,
            @Mixin OnHub on)
            throws IOException {
        Question question = Question.of(
                sender,
                flow,
                attributes == null ? Map.of() : attributes,
                size == null ? -1 : Bytes.of(size).count(),
                signed);
        Tried tried = Tried.of(file == null ? inForce(on.config()) : read(file), question);
        if (on.json()) {
            terminal.json(tried.json());
        } else {
            tried.lines().forEach(terminal::say);
        }
        return tried.refused() == null ? Exit.OK.code() : Exit.NO.code();
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private void lines(String name, List<String> lines, boolean json) {
        if (json) {
            ObjectNode answer = JsonMapper.shared().createObjectNode();
            lines.forEach(answer.putArray(name)::add);
            terminal.json(answer);
        } else {
            lines.forEach(terminal::say);
        }
    }

    private static Table inForce(Path config) {
        try (var hub = OperatorClient.of(config)) {
            return inForce(hub);
        }
    }

    private static Table inForce(OperatorClient hub) {
        return Table.read("the table in force", hub.getText("/operator/flows"));
    }

    private static Path named(@Nullable Path file, Path config) {
        return file == null
                ? new ConfigReader().file(config, HubConfig.class).value().flows()
                : file;
    }

    /// As it would come into force now.
    private static Table readNew(Path file) throws IOException {
        return Table.readNew(file.toString(), text(file), Instant.now());
    }

    private static Table read(Path file) throws IOException {
        return Table.read(file.toString(), text(file));
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > Table.BYTES_MAX) {
            throw new Failure(Exit.CONFIGURATION, file + " has more than " + Table.BYTES_MAX + " bytes.");
        }
        return Files.readString(file);
    }
}
