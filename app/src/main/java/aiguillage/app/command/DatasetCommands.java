package aiguillage.app.command;

import aiguillage.app.call.Caller;
import aiguillage.app.dataset.Acting;
import aiguillage.app.dataset.HubDataset;
import aiguillage.app.dataset.Said;
import aiguillage.app.dataset.Terms;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage dataset …`: lists that are published as a whole and read as replicas. Here is what publishers and the
/// operator do with versions that are there; commands with more to them have classes of their own.
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        description = {
            "Lists such as prices: published at the hub, held exactly at each reader.",
            "Publishers act with a certificate (--gateway, or --hub, --credential and --root), the hub's operator with"
                    + " --config; dealers ask their own gateway."
        },
        synopsisSubcommandLabel = "COMMAND")
final class DatasetCommands {

    static final String DATASET = "As brand/name.";

    private final Terminal terminal;

    DatasetCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "versions",
            mixinStandardHelpOptions = true,
            description = "All versions, oldest first: from when on each holds, and what it changed.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage dataset versions opel/parts-prices",
                "  aiguillage dataset versions opel/parts-prices --gateway opel/gateway.yaml"
            })
    int versions(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Mixin Acting acting,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = acting.dataset(name, terminal)) {
            JsonNode versions = dataset.get("/history");
            if (json) {
                terminal.json(versions);
            } else {
                terminal.say(table(versions, Instant.now()).text());
            }
            return Exit.OK.code();
        }
    }

    /// States are told by this machine's clock.
    static TextTable table(JsonNode versions, Instant now) {
        long inForce = versions.valueStream()
                .filter(version -> !version.has("withdrawn")
                        && !Said.instant(version, "effective").isAfter(now))
                .mapToLong(version -> version.path("version").asLong())
                .max()
                .orElse(0);
        var table = new TextTable("VERSION", "HOLDS FROM", "LINES", "CHANGES", "BY", "STATE");
        versions.forEach(version -> table.row(
                version.path("version").asLong(),
                Said.second(version, "effective"),
                version.path("lines").asLong(),
                Said.changes(version),
                version.path("by").asString(),
                state(version, inForce)
                        + (version.has("restores")
                                ? ", restores " + version.path("restores").asLong()
                                : "")));
        return table;
    }

    private static String state(JsonNode version, long inForce) {
        long number = version.path("version").asLong();
        if (version.has("withdrawn")) {
            return "withdrawn";
        }
        if (number > inForce) {
            return version.path("sealed").asBoolean() ? "sealed" : "coming";
        }
        return number == inForce ? "in force" : "past";
    }

    @Command(
            name = "held",
            mixinStandardHelpOptions = true,
            description = "Publications that are unusual and wait for a second person, and why.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage dataset held opel/parts-prices")
    int held(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Mixin Acting acting,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = acting.dataset(name, terminal)) {
            JsonNode held = dataset.get("/held");
            if (json) {
                terminal.json(held);
                return Exit.OK.code();
            }
            var table = new TextTable("HELD", "HOLDS FROM", "CHANGES", "BY", "SINCE");
            held.forEach(one -> table.row(
                    one.path("held").asLong(),
                    Said.minute(one, "effective"),
                    Said.changes(one),
                    one.path("by").asString(),
                    Said.minute(one, "time")));
            terminal.say(table.text());
            held.forEach(one -> {
                terminal.say("\nHeld " + one.path("held").asLong() + ":");
                terminal.say(one.path("report").asString().stripTrailing());
            });
            return Exit.OK.code();
        }
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Makes a version of what was held: by another than who published it.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage dataset release opel/parts-prices 17")
    int release(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Parameters(index = "1", paramLabel = "HELD", description = "Its number, from `dataset held`.") long held,
            @Mixin Acting acting,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = acting.dataset(name, terminal)) {
            JsonNode version = dataset.post("/held/" + held + "/release");
            if (json) {
                terminal.json(version);
            } else {
                Said.published(name, version).forEach(terminal::say);
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Throws away what was held; no version is made of it.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage dataset discard opel/parts-prices 17")
    int discard(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Parameters(index = "1", paramLabel = "HELD", description = "Its number, from `dataset held`.") long held,
            @Mixin Acting acting,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = acting.dataset(name, terminal)) {
            JsonNode done = dataset.post("/held/" + held + "/discard");
            recorded(done, "What was held as " + held + " is discarded", json);
            return Exit.OK.code();
        }
    }

    @Command(
            name = "withdraw",
            mixinStandardHelpOptions = true,
            description = "Takes back a version that does not hold yet, and all behind it. One that holds is not taken"
                    + " back: restore an earlier one.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage dataset withdraw opel/parts-prices 8")
    int withdraw(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Parameters(index = "1", paramLabel = "VERSION", description = "The first that goes.") long version,
            @Mixin Acting acting,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = acting.dataset(name, terminal)) {
            JsonNode done = dataset.post("/versions/" + version + "/withdrawal");
            recorded(done, "Version " + version + " of " + name + " is withdrawn, with all behind it", json);
            return Exit.OK.code();
        }
    }

    private void recorded(JsonNode done, String what, boolean json) {
        if (json) {
            terminal.json(done);
        } else {
            terminal.say(what + ": recorded at entry " + done.path("position").asLong() + ".");
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Rolls back: publishes the rows of an earlier version again, as a new version. No guard"
                    + " stands in its way, since those rows were in force before.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage dataset restore opel/parts-prices 6",
                "  aiguillage dataset restore opel/parts-prices 6 \\",
                "      --effective 2026-04-01T00:00:00+02:00"
            })
    int restore(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Parameters(index = "1", paramLabel = "VERSION", description = "Whose rows hold again.") long version,
            @Mixin Terms terms,
            @Mixin Acting acting,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = acting.dataset(name, terminal)) {
            JsonNode answer = dataset.post("/versions/" + version + "/restoration" + terms.query(false));
            return Said.became(terminal, name, answer, terms, json).code();
        }
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "Why a publication was held or refused. Reports are kept for 30 days.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage dataset report opel/parts-prices 6f1c… --lines wrong.tsv")
    int report(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Parameters(index = "1", paramLabel = "REPORT", description = "Its id, as `publish` told it.") String id,
            @Option(names = "--lines", paramLabel = "FILE", description = "Save the offending lines there (TSV).")
                    @Nullable
                    Path lines,
            @Mixin Acting acting,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = acting.dataset(name, terminal)) {
            String text = dataset.text("/reports/" + Caller.escaped(id));
            if (lines != null && !dataset.saveLines(id, lines)) {
                throw new Failure(Exit.NO, text + "\nThis report has no offending lines: nothing was saved.");
            }
            if (json) {
                var answer =
                        JsonMapper.shared().createObjectNode().put("report", id).put("text", text);
                terminal.json(lines == null ? answer : answer.put("lines", lines.toString()));
            } else {
                terminal.say(text.stripTrailing());
                if (lines != null) {
                    terminal.say("\nThe offending lines are in " + lines + ".");
                }
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "reading",
            mixinStandardHelpOptions = true,
            description = {
                "Who read how much today (UTC), the unusual first. Only the hub's operator can ask.",
                "UNUSUAL is who looked keys up in their order, as a crawler does, or ten times as many as usual."
            },
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage dataset reading opel/parts-prices")
    int reading(
            @Parameters(index = "0", paramLabel = "DATASET", description = DATASET) String name,
            @Option(names = "--config", defaultValue = "hub.yaml", paramLabel = "FILE", description = Texts.HUB_YAML)
                    Path config,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        try (HubDataset dataset = Acting.operators(name, config, terminal)) {
            JsonNode readers = dataset.get("/reading");
            if (json) {
                terminal.json(readers);
                return Exit.OK.code();
            }
            var table = new TextTable("PARTY", "KEYS", "USUALLY", "WHOLE LISTS", "LONGEST RUN", "UNUSUAL");
            readers.forEach(one -> table.row(
                    one.path("party").asString(),
                    one.path("lookups").asLong(),
                    Math.round(one.path("usual").asDouble()),
                    one.path("wholeLists").asLong(),
                    one.path("longestRun").asLong(),
                    unusual(one)));
            terminal.say(table.text());
            return Exit.OK.code();
        }
    }

    private static String unusual(JsonNode reader) {
        if (reader.path("crawl").asBoolean()) {
            return "keys in their order";
        }
        return reader.path("unusual").asBoolean() ? "ten times the usual" : "-";
    }
}
