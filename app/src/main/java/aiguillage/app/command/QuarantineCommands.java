package aiguillage.app.command;

import aiguillage.app.operator.OperatorClient;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `aiguillage hub quarantine …`: deliveries that were rejected and wait for a decision.
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = "Rejected deliveries that wait for a decision.",
        synopsisSubcommandLabel = "COMMAND")
final class QuarantineCommands {

    private final Terminal terminal;

    QuarantineCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "What waits, and why it was rejected.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage hub quarantine list", "  aiguillage hub quarantine list --party dealer-7 --json"})
    int list(
            @Option(names = "--party", paramLabel = "PARTY", description = "Only this reader's.") @Nullable
                    String party,
            @Option(
                            names = "--after",
                            defaultValue = "0",
                            paramLabel = "POSITION",
                            description = "Only behind this position: a list shows 1,000 of each reader.")
                    long after,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            String more = party == null ? "" : "&party=" + OperatorClient.escaped(party);
            JsonNode waiting = hub.get("/operator/quarantine?after=" + after + more);
            if (on.json()) {
                terminal.json(waiting);
            } else {
                var table = new TextTable("READER", "POSITION", "FLOW", "DOCUMENT", "REASON");
                waiting.forEach(one -> table.row(
                        one.path("reader").asString(),
                        one.path("position").asLong(),
                        one.path("flow").asString(),
                        one.path("id").asString(),
                        one.path("reason").asString("")));
                terminal.say(table.text());
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Has a rejected delivery offered again.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage hub quarantine release warranty-centre 4711")
    int release(@Mixin Rejected rejected) {
        return decide(rejected, "release");
    }

    @Command(
            name = "return",
            mixinStandardHelpOptions = true,
            description = "Sends a rejected delivery back for good; its sender is told.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage hub quarantine return warranty-centre 4711")
    int giveBack(@Mixin Rejected rejected) {
        return decide(rejected, "return");
    }

    private int decide(Rejected rejected, String what) {
        try (var hub = rejected.on.client()) {
            String party = OperatorClient.escaped(rejected.party);
            JsonNode done = hub.post("/operator/quarantine/" + party + "/" + rejected.position + "/" + what, "");
            if (rejected.on.json()) {
                terminal.json(done);
            } else {
                terminal.say("Done: delivery " + rejected.position + " of " + rejected.party + ", recorded at entry "
                        + done.path("position").asLong() + ".");
            }
            return Exit.OK.code();
        }
    }

    /// Which delivery a decision is about, and how to answer.
    static final class Rejected {

        @Parameters(index = "0", paramLabel = "PARTY", description = "The reader who rejected it.")
        private String party = "";

        @Parameters(index = "1", paramLabel = "POSITION", description = "Of the delivery, from the list.")
        private long position;

        @Mixin
        private OnHub on = new OnHub();
    }
}
