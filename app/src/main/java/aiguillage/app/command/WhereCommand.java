package aiguillage.app.command;

import aiguillage.app.operator.OperatorClient;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// `aiguillage where`: a document's whole history.
@Command(
        name = "where",
        mixinStandardHelpOptions = true,
        description = "Where a document is and all that happened to it: by its id, or by a search key of its flow,"
                + " such as a claim number or a VIN.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage where W-04821-OPEL-000001",
            "  aiguillage where VF7AB2CD0RA000001 --receipts proofs",
            "",
            "Exit codes: 0 found, 1 there is none."
        })
final class WhereCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "WHAT", description = "A document's id, a claim number, a VIN.")
    private String what = "";

    @Option(names = "--sender", paramLabel = "PARTY", description = "Only what this party sent.")
    private @Nullable String sender;

    @Option(names = "--receipts", paramLabel = "FOLDER", description = "Save the proofs of every step there.")
    private @Nullable Path receipts;

    @Mixin
    private OnHub on = new OnHub();

    WhereCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (var hub = on.client()) {
            List<JsonNode> found = find(hub);
            if (found.isEmpty()) {
                throw new Failure(Exit.NO, "No document has the id or the search key \"" + what + "\".");
            }
            if (receipts != null) {
                save(hub, found, receipts);
            }
            if (on.json()) {
                ArrayNode all = JsonMapper.shared().createArrayNode();
                found.forEach(all::add);
                terminal.json(all);
            } else {
                found.forEach(this::tell);
            }
            return Exit.OK.code();
        }
    }

    /// By key first: it finds the claim and its answer alike; then by id.
    private List<JsonNode> find(OperatorClient hub) {
        List<JsonNode> found = new ArrayList<>();
        hub.get("/operator/documents?key=" + OperatorClient.escaped(what)).forEach(found::add);
        found.removeIf(
                story -> sender != null && !story.path("sender").asString().equals(sender));
        if (!found.isEmpty()) {
            return found;
        }
        String from = sender == null ? "" : "?sender=" + OperatorClient.escaped(sender);
        try {
            return List.of(hub.get("/operator/documents/" + OperatorClient.escaped(what) + from));
        } catch (Failure e) {
            if (e.exit() == Exit.NO && e.code().equals("not-found")) {
                return List.of();
            }
            throw e;
        }
    }

    private void tell(JsonNode story) {
        terminal.say(story.path("id").asString() + "  " + story.path("flow").asString() + "  from "
                + story.path("sender").asString());
        terminal.say("  payload  " + story.at("/payload/bytes").asLong() + " bytes, "
                + story.at("/payload/digest").asString());
        String keys = story.path("keys").properties().stream()
                .map(key -> key.getKey() + " "
                        + key.getValue().valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        if (!keys.isEmpty()) {
            terminal.say("  keys     " + keys);
        }
        var table = new TextTable("  TIME", "ENTRY", "WHAT", "READER", "REASON");
        table.row(
                "  " + story.path("accepted").asString(), story.path("position").asLong(), "accepted", "", "");
        story.path("events")
                .forEach(event -> table.row(
                        "  " + event.path("time").asString(),
                        event.path("position").asLong(),
                        event.path("what").asString(),
                        event.path("reader").asString(""),
                        event.path("reason").asString("")));
        story.path("deliveries").forEach(delivery -> {
            if (delivery.path("state").asString().equals("pending")) {
                table.row(
                        "  until " + delivery.path("offeredUntil").asString(),
                        "",
                        "pending",
                        delivery.path("reader").asString(),
                        "");
            }
        });
        terminal.say(table.text());
        terminal.say("");
    }

    private void save(OperatorClient hub, List<JsonNode> found, Path folder) throws IOException {
        Files.createDirectories(folder);
        int saved = 0;
        for (JsonNode story : found) {
            List<Long> positions = new ArrayList<>();
            positions.add(story.path("position").asLong());
            story.path("events")
                    .forEach(event -> positions.add(event.path("position").asLong()));
            for (long position : positions) {
                Files.writeString(
                        folder.resolve(position + ".receipt.json"), hub.getText("/operator/receipts/" + position));
                saved++;
            }
        }
        terminal.err().println(saved + " receipts are in " + folder + "; check them with `aiguillage receipt verify`.");
    }
}
