package aiguillage.app.command;

import aiguillage.app.call.Caller;
import aiguillage.app.dataset.AtGateway;
import aiguillage.app.dataset.GatewayDataset;
import aiguillage.app.dataset.RowText;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage dataset diff`: what changed since a version.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "What changed for this dealer between an earlier version and now: + new, ~ changed, - gone.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage dataset diff opel/parts-prices --since 6",
            "",
            "Exit codes: 0 nothing has changed, 1 something has, 69 it cannot be told: that version is not known here."
        })
final class DiffCommand implements Callable<Integer> {

    private static final int PAGE_MAX = 1_000;

    private final Terminal terminal;

    @Mixin
    private AtGateway replica = new AtGateway();

    @Option(names = "--since", required = true, paramLabel = "VERSION", description = "The earlier version's number.")
    private long since;

    @Option(
            names = "--limit",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Show at most so many keys (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (GatewayDataset dataset = replica.open()) {
            ObjectNode all = changes(dataset);
            if (json) {
                terminal.json(all);
            } else {
                tell(all);
            }
            return all.path("changed").isEmpty() ? Exit.OK.code() : Exit.NO.code();
        }
    }

    /// Pages as of one instant, as one answer.
    private ObjectNode changes(GatewayDataset dataset) {
        var all = (ObjectNode) dataset.changes(since, Math.clamp(limit, 1, PAGE_MAX), "");
        var changed = (ArrayNode) all.path("changed");
        while (all.path("next").isString() && changed.size() < limit) {
            JsonNode page = dataset.changes(
                    since,
                    Math.min(limit - changed.size(), PAGE_MAX),
                    "&at=" + Caller.escaped(all.path("at").asString()) + "&after="
                            + Caller.escaped(all.path("next").asString()));
            page.path("changed").forEach(changed::add);
            all.set("next", page.path("next"));
        }
        return all;
    }

    private void tell(ObjectNode all) {
        if (all.path("stale").asBoolean()) {
            terminal.say("STALE, this may be old or wrong: " + all.path("why").asString());
        }
        all.path("changed").forEach(one -> RowText.change(one).forEach(terminal::say));
        boolean isMore = all.path("next").isString();
        terminal.say(all.path("changed").size() + (isMore ? " keys and more" : " keys") + " changed between version "
                + all.path("since").asLong() + " and version "
                + all.path("version").asLong() + "." + (isMore ? " Raise --limit to see them." : ""));
    }
}
