package aiguillage.app.command;

import aiguillage.app.dataset.AtGateway;
import aiguillage.app.dataset.GatewayDataset;
import aiguillage.app.dataset.RowText;
import aiguillage.app.dataset.Standing;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage dataset history`: since when a row is what it is, from which version, and whether that is proven.
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "What a key's rows were since when, by which version, published when; as long as this dealer's"
                + " gateway remembers. With the root that the hub signed, and whether the rows here have it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage dataset history opel/parts-prices 1234567",
            "",
            "Exit codes: 0 found, 1 no row is remembered of the key, 69 it cannot be told."
        })
final class HistoryCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private AtGateway replica = new AtGateway();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "The cells of the key, in order.")
    private List<String> key = List.of();

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    HistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (GatewayDataset dataset = replica.open()) {
            JsonNode answer = dataset.history(key);
            JsonNode standing = dataset.standing();
            if (json) {
                ((ObjectNode) answer).set("replica", standing);
                terminal.json(answer);
            } else {
                tell(answer.path("history"));
                new Standing(standing).lines().forEach(terminal::say);
            }
            return isKnown(answer.path("history")) ? Exit.OK.code() : Exit.NO.code();
        }
    }

    /// A key that never had a row has none since the first version.
    private static boolean isKnown(JsonNode history) {
        return history.valueStream().anyMatch(one -> !one.path("rows").isEmpty());
    }

    private void tell(JsonNode history) {
        if (!isKnown(history)) {
            terminal.say("No row is remembered of " + String.join(" ", key) + ".\n");
            return;
        }
        JsonNode before = MissingNode.getInstance();
        for (JsonNode one : history) {
            terminal.say("From " + one.path("effective").asString() + " on, by version "
                    + one.path("version").asLong() + ", published "
                    + one.path("published").asString());
            JsonNode rows = one.path("rows");
            if (rows.isEmpty()) {
                terminal.say("  no row");
            }
            JsonNode was = rows.size() == 1 ? before : MissingNode.getInstance();
            rows.forEach(row -> RowText.lines(row, was).forEach(terminal::say));
            before = rows.size() == 1 ? rows.get(0) : MissingNode.getInstance();
        }
        terminal.say("");
    }
}
