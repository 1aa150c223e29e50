package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage hub replay`: documents offered once more to one of their readers.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Offers documents once more to a reader who had them, or should have had them: one, or all of a flow in a"
                    + " range. What waits for the reader already, or is in quarantine, is left out; nothing is offered"
                    + " twice.",
            "A replay that broke off is ended by the same command with --as-of as it was told."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage hub replay --party dealer-7 --document W-04821 --reason lost",
            "  aiguillage hub replay --party opel-centre --flow opel/warranty-claim \\",
            "      --since 2026-03-01T08:00:00Z --missing-only --dry-run",
            "  aiguillage hub replay list"
        })
final class ReplayCommand implements Callable<Integer>, Aiguillage.Runs {

    private static final String REPLAYS = "/operator/replays";

    private final Terminal terminal;

    @Option(names = "--party", paramLabel = "PARTY", description = "The reader.")
    private @Nullable String party;

    @Option(names = "--document", paramLabel = "ID", description = "This document alone.")
    private @Nullable String document;

    @Option(names = "--sender", paramLabel = "PARTY", description = "Who sent it, where several senders used the id.")
    private @Nullable String sender;

    @Option(names = "--flow", paramLabel = "FLOW", description = "All documents of this flow, in a range.")
    private @Nullable String flow;

    @Option(names = "--since", paramLabel = "TIME", description = "Accepted then or later: 2026-03-01T08:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Accepted before that.")
    private @Nullable String until;

    @Option(names = "--from", paramLabel = "POSITION", description = "From this entry on.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "POSITION", description = "Up to this entry.")
    private @Nullable Long to;

    @Option(names = "--missing-only", description = "Only what expired or was returned, not what was delivered.")
    private boolean missingOnly;

    @Option(names = "--as-of", paramLabel = "POSITION", description = "As a dry run told it.")
    private @Nullable Long asOf;

    @Option(names = "--dry-run", description = "Only tell what would be offered.")
    private boolean dryRun;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stands in the journal.")
    private @Nullable String reason;

    @Mixin
    private OnHub on = new OnHub();

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (party == null || (document == null) == (flow == null)) {
            throw new Failure(Exit.USAGE, "Give --party, and either --document or --flow.");
        }
        if (!dryRun && reason == null) {
            throw new Failure(Exit.USAGE, "Give --reason, or look first with --dry-run.");
        }
        try (var hub = on.client()) {
            JsonNode answer = hub.post(REPLAYS, wish());
            if (on.json()) {
                terminal.json(answer);
            } else if (dryRun) {
                terminal.say(plan(answer));
            } else {
                terminal.say("Replay " + answer.path("number").asLong() + " has begun: "
                        + answer.path("documents").asLong() + " documents to " + party
                        + ". `aiguillage hub replay list` tells how far it is. Should the hub stop before its end, the"
                        + " same command with --as-of " + answer.path("asOf").asLong() + " ends it.");
            }
            return Exit.OK.code();
        }
    }

    private ObjectNode wish() {
        ObjectNode wish =
                JsonMapper.shared().createObjectNode().put("dryRun", dryRun).put("missingOnly", missingOnly);
        put(wish, "party", party);
        put(wish, "document", document);
        put(wish, "sender", sender);
        put(wish, "flow", flow);
        put(wish, "since", since);
        put(wish, "until", until);
        put(wish, "reason", reason);
        put(wish, "from", from);
        put(wish, "to", to);
        put(wish, "asOf", asOf);
        return wish;
    }

    private static void put(ObjectNode wish, String name, @Nullable String value) {
        if (value != null) {
            wish.put(name, value);
        }
    }

    private static void put(ObjectNode wish, String name, @Nullable Long value) {
        if (value != null) {
            wish.put(name, value);
        }
    }

    private static String plan(JsonNode plan) {
        var table = new TextTable("would be offered", plan.path("documents").asLong() + " documents")
                .row("bytes", plan.path("bytes").asLong())
                .row(
                        "entries",
                        plan.path("from").asLong() + " to " + plan.path("to").asLong())
                .row("as of", plan.path("asOf").asLong())
                .row("done already", plan.path("done").asLong());
        plan.path("skipped")
                .properties()
                .forEach(one ->
                        table.row("left out: " + one.getKey(), one.getValue().asLong()));
        if (plan.has("next")) {
            table.row("goes on", "with --from " + plan.path("next").asLong());
        }
        return table.text();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Replays that run, and the last that did since the hub started.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage hub replay list")
    int list(@Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode runs = hub.get(REPLAYS);
            if (on.json()) {
                terminal.json(runs);
            } else {
                var table = new TextTable("NUMBER", "STATE", "PARTY", "FLOW", "OFFERED", "REASON");
                runs.forEach(run -> table.row(
                        run.path("number").asLong(),
                        run.path("state").asString(),
                        run.path("party").asString(),
                        run.path("flow").asString(),
                        run.path("offered").asLong() + " of "
                                + run.path("documents").asLong(),
                        run.path("reason").asString()));
                terminal.say(table.text());
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stops a replay; what was offered stays so.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage hub replay stop 3")
    int stop(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "From the list.") long number,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode run = hub.post(REPLAYS + "/" + number + "/stop", "");
            if (on.json()) {
                terminal.json(run);
                return Exit.OK.code();
            }
            terminal.say("Replay " + number + " stops: " + run.path("offered").asLong() + " of "
                    + run.path("documents").asLong() + " documents were offered.");
            return Exit.OK.code();
        }
    }
}
