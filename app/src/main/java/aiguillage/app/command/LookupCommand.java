package aiguillage.app.command;

import aiguillage.app.dataset.AtGateway;
import aiguillage.app.dataset.GatewayDataset;
import aiguillage.app.dataset.RowText;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.protocol.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// `aiguillage dataset lookup`: what holds for a key, or held.
@Command(
        name = "lookup",
        mixinStandardHelpOptions = true,
        description = "What holds for a key, by this dealer's gateway: at this moment, or on an earlier or later day.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage dataset lookup opel/parts-prices 1234567",
            "  aiguillage dataset lookup opel/parts-prices 1234567 --at 2026-03-03",
            "",
            "Exit codes: 0 found, 1 there is no such row, 2 the key or the instant is none, 69 it cannot be told:",
            "the gateway is down, has no such list, or does not remember that instant."
        })
final class LookupCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private AtGateway replica = new AtGateway();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "The cells of the key, in order.")
    private List<String> key = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "A day, which means its beginning in the dataset's time zone, or an instant, as"
                    + " 2026-03-03T12:00:00+01:00 (default: now).")
    private @Nullable String at;

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    LookupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (GatewayDataset dataset = replica.open()) {
            JsonNode answer = dataset.row(key, at == null ? "" : instant(dataset, at));
            if (json) {
                terminal.json(answer);
            } else {
                tell(answer);
            }
            return answer.path("rows").isEmpty() ? Exit.NO.code() : Exit.OK.code();
        }
    }

    private static String instant(GatewayDataset dataset, String at) {
        try {
            return Rfc3339.instant(at).toString();
        } catch (DateTimeException noInstant) {
            return day(at, ZoneId.of(dataset.standing().path("zone").asString()))
                    .toString();
        }
    }

    private static Instant day(String at, ZoneId zone) {
        try {
            return Rfc3339.require(LocalDate.parse(at).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            throw new Failure(
                    Exit.USAGE,
                    "--at is a day, as 2026-03-03, or an instant, as 2026-03-03T12:00:00+01:00: \"" + at
                            + "\" is neither.",
                    e);
        }
    }

    private void tell(JsonNode answer) {
        if (answer.path("stale").asBoolean()) {
            terminal.say(
                    "STALE, this may be old or wrong: " + answer.path("why").asString());
        }
        if (answer.path("rows").isEmpty()) {
            terminal.say(replica.name() + " has no row for " + String.join(" ", key) + ".");
        }
        answer.path("rows")
                .forEach(row -> RowText.lines(row, MissingNode.getInstance()).forEach(terminal::say));
        terminal.say("At " + answer.path("at").asString() + ", by version "
                + answer.path("version").asLong() + ", which holds from "
                + answer.path("effective").asString() + " on.");
        if (answer.path("until").isString()) {
            terminal.say("Until " + answer.path("until").asString() + "; then something else holds.");
        }
    }
}
