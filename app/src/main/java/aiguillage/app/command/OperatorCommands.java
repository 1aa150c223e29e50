package aiguillage.app.command;

import aiguillage.app.operator.OperatorClient;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage operator …`: who looks after the hub in its console.
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        description = "Who looks after the hub in its console.",
        synopsisSubcommandLabel = "COMMAND")
final class OperatorCommands {

    private final Terminal terminal;

    OperatorCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "invite",
            mixinStandardHelpOptions = true,
            description = "Makes a one-time link by which somebody makes a security key. It is shown once, here. For"
                    + " somebody who is known it replaces an earlier link; what is left out stays as it is.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage operator invite ada --rank administer",
                "  aiguillage operator invite bob --rank operate --brand opel --brand citroen",
                "  aiguillage operator invite ada"
            })
    int invite(
            @Parameters(index = "0", paramLabel = "NAME", description = "As it stands in the journal.") String name,
            @Option(
                            names = "--rank",
                            paramLabel = "RANK",
                            description =
                                    "What the person may do; needed for somebody new. see: look at all but contents. operate:"
                                            + " also decide about documents and dealers, and see contents. administer: also flows,"
                                            + " prices, alerts and operators.")
                    @Nullable
                    String rank,
            @Option(names = "--brand", paramLabel = "BRAND", description = "Sees this brand alone; may be repeated.")
                    @Nullable
                    List<String> brands,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            var wish = JsonMapper.shared().createObjectNode();
            if (rank != null) {
                wish.put("rank", rank);
            }
            if (brands != null) {
                brands.forEach(wish.putArray("brands")::add);
            }
            JsonNode made = hub.post("/operator/operators/" + OperatorClient.escaped(name) + "/invitations", wish);
            if (on.json()) {
                terminal.json(made);
                return Exit.OK.code();
            }
            terminal.say(
                    made.has("link")
                            ? made.path("link").asString()
                            : made.path("path").asString());
            terminal.err()
                    .println("Good once, for " + name + " (" + rights(made) + "), until "
                            + made.path("expires").asString()
                            + ". Hand it over by a way you trust: whoever opens it first makes the key."
                            + (made.has("link") ? "" : " This hub has no console: add `console: {}` to hub.yaml."));
            return Exit.OK.code();
        }
    }

    private static String rights(JsonNode operator) {
        return operator.path("rank").asString() + ", " + brands(operator);
    }

    private static String brands(JsonNode operator) {
        return operator.path("brands").isEmpty()
                ? "all brands"
                : operator.path("brands").valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Those who look after the hub, with their rank, brands and keys.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage operator list")
    int list(@Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode all = hub.get("/operator/operators");
            if (on.json()) {
                terminal.json(all);
                return Exit.OK.code();
            }
            var table = new TextTable("operator", "rank", "brands", "keys", "invited until");
            all.forEach(one -> table.row(
                    one.path("operator").asString(),
                    one.path("rank").asString(),
                    brands(one),
                    one.path("keys").asString(),
                    one.path("invitedUntil").asString("")));
            terminal.say(table.text());
            return Exit.OK.code();
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes somebody: keys, sessions and an open link end at once.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage operator remove bob")
    int remove(
            @Parameters(index = "0", paramLabel = "NAME", description = "As `operator list` shows it.") String name,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode removed = hub.post("/operator/operators/" + OperatorClient.escaped(name) + "/remove", "");
            if (on.json()) {
                terminal.json(removed);
            } else {
                terminal.say(name + " is removed.");
            }
            return Exit.OK.code();
        }
    }
}
