package aiguillage.app.command;

import aiguillage.app.dataset.AsParty;
import aiguillage.app.dataset.FileFormat;
import aiguillage.app.dataset.HubDataset;
import aiguillage.app.dataset.Said;
import aiguillage.app.dataset.Terms;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage dataset publish`: a file becomes the next version, or it is said why not.
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Publishes a list: it becomes the next version, is held for a second person when it is unusual,"
                + " or is refused with a report and the offending lines.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage dataset publish opel/parts-prices prices.csv \\",
            "      --gateway opel/gateway.yaml",
            "  aiguillage dataset publish opel/parts-prices changes.csv --delta \\",
            "      --hub https://hub.example.com:8443 \\",
            "      --credential opel.pem --root root.pem",
            "  aiguillage dataset publish opel/parts-prices april.csv --sealed \\",
            "      --effective 2026-04-01T00:00:00+02:00 --gateway gateway.yaml",
            "",
            "Exit codes: 0 published, or nothing has changed; 1 refused; 3 held."
        })
final class PublishCommand implements Callable<Integer> {

    private static final int UNPROCESSABLE = 422;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DATASET", description = DatasetCommands.DATASET)
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The list.")
    private Path file = Path.of("");

    @Option(names = "--delta", description = "The file says what changes, and not all that there is.")
    private boolean delta;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How it is written: ${COMPLETION-CANDIDATES} (default: by the file's ending).")
    private @Nullable FileFormat format;

    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description = "Where the offending lines go when it is refused (default: FILE.offending.tsv).")
    private @Nullable Path lines;

    @Mixin
    private Terms terms = new Terms();

    @Mixin
    private AsParty party = new AsParty();

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    PublishCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        String query = terms.query(delta);
        FileFormat written = format == null ? FileFormat.of(file) : format;
        if (!Files.isRegularFile(file)) {
            throw new Failure(Exit.UNAVAILABLE, "There is no file " + file + ". Look at its name.");
        }
        try (HubDataset dataset = party.dataset(name, terminal)) {
            HttpResponse<String> answer = dataset.send("/versions" + query, written.mediaType(), file);
            if (answer.statusCode() == UNPROCESSABLE) {
                return refused(dataset, answer.body()).code();
            }
            return Said.became(terminal, name, dataset.good(answer), terms, json)
                    .code();
        }
    }

    private Exit refused(HubDataset dataset, String body) throws IOException {
        JsonNode problem = JsonMapper.shared().readTree(body);
        String report = problem.path("report").asString("");
        Path saved = lines == null ? file.resolveSibling(file.getFileName() + ".offending.tsv") : lines;
        boolean hasLines = dataset.saveLines(report, saved);
        if (json) {
            ObjectNode answer = JsonMapper.shared()
                    .createObjectNode()
                    .put("refused", true)
                    .put("report", report)
                    .put("text", problem.path("text").asString(""));
            terminal.json(hasLines ? answer.put("lines", saved.toString()) : answer);
            return Exit.NO;
        }
        terminal.err().println(problem.path("text").asString("").stripTrailing());
        if (hasLines) {
            terminal.err().println("\nThe offending lines, with what is wrong with each: " + saved);
        }
        terminal.err()
                .println("Others can read the report for 30 days: aiguillage dataset report " + name + " " + report);
        terminal.err().flush();
        return Exit.NO;
    }
}
