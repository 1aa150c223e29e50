package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Logs;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import aiguillage.config.ConfigReader;
import aiguillage.console.Console;
import aiguillage.hub.DataFolder;
import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import aiguillage.hub.Progress;
import aiguillage.hub.Restore;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Operators;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage hub …`: the hub's process and what its operator asks it.
@Command(
        name = "hub",
        mixinStandardHelpOptions = true,
        description = "The hub: run it, ask it, back it up, restore it.",
        synopsisSubcommandLabel = "COMMAND")
final class HubCommands {

    /// More are told to programs only.
    private static final int NAMES_MAX = 100;

    private final Terminal terminal;

    HubCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Runs the hub until it is told to stop (SIGTERM, Ctrl-C).",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage hub run",
                "  aiguillage hub run --config /etc/aiguillage/hub.yaml --log json",
                "",
                "Exit codes: 69 a port or file cannot be used, 70 the hub stopped itself,",
                "78 the configuration cannot be used."
            })
    int run(
            @Option(names = "--config", defaultValue = "hub.yaml", paramLabel = "FILE", description = Texts.HUB_YAML)
                    Path config,
            @Option(names = "--log", paramLabel = "FORM", description = Texts.LOG) Logs.@Nullable Form form,
            @Option(names = "--parent", hidden = true, description = Texts.PARENT) @Nullable Long parent)
            throws Exception {
        HubConfig settings = new ConfigReader().file(config, HubConfig.class).value();
        CaCommands.requireThere(settings.certificates().authority());
        Logs.Form log = form == null ? Logs.suitable() : form;
        Logs.ofService(log);
        Hub hub = Hub.start(settings, InstantSource.system(), HubCommands::halt);
        boolean isWatched = log == Logs.Form.TEXT && parent == null;
        Console console = settings.console() == null ? null : openConsole(hub, settings, settings.console(), isWatched);
        Service.untilStopped("hub", console == null ? hub : closing(console, hub), parent);
        return Exit.OK.code();
    }

    /// The link itself is for a person who typed the command; a log is kept and read by others, so it names the file.
    private Console openConsole(Hub hub, HubConfig settings, HubConfig.Console of, boolean isWatched) throws Exception {
        Console console = Console.open(hub.inside(), of);
        console.firstLink().ifPresent(link -> {
            if (isWatched) {
                terminal.say("Nobody looks after this hub yet. Open this link within " + Operators.LINK_HOLDS.toHours()
                        + " h, and make a security key: " + link);
            } else {
                LoggerFactory.getLogger(HubCommands.class)
                        .atWarn()
                        .addKeyValue("file", new DataFolder(settings.data()).firstOperator())
                        .log("Nobody looks after this hub yet. Open the link in this file, and make a security key.");
            }
        });
        return console;
    }

    private static AutoCloseable closing(Console console, Hub hub) {
        return () -> {
            try (hub) {
                console.close();
            }
        };
    }

    /// A hub that cannot go on must not answer anything any more, not even an orderly goodbye.
    private static void halt(Throwable cause) {
        LoggerFactory.getLogger(HubCommands.class)
                .atError()
                .setCause(cause)
                .log("The hub stopped itself. Look at the cause, then start it again: nothing accepted is lost.");
        Runtime.getRuntime().halt(Exit.INTERNAL.code());
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "How the hub is: entries, what waits, space, the routing table.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage hub status", "  aiguillage hub status --config my-hub/hub.yaml --json"})
    int status(@Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode status = hub.get("/operator/status");
            if (on.json()) {
                terminal.json(status);
            } else {
                terminal.say(new TextTable("hub", status.path("hub").asString())
                        .row("entries in the journal", status.path("entries").asLong())
                        .row("entries waiting", status.path("waiting").asLong())
                        .row(
                                "disk",
                                String.format(
                                        Locale.ROOT,
                                        "%.1f GB free",
                                        status.path("freeBytes").asLong() / 1e9))
                        .row("accepts documents", status.path("short").asBoolean() ? "no: the disk is full" : "yes")
                        .row("parties", status.path("parties").asInt())
                        .row("flows", status.path("flows").asInt())
                        .row("routing table", status.path("table").asString())
                        .text());
                status.path("unusable").forEach(dataset -> terminal.say(dataset.asString()));
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = {
                "Writes a consistent copy of the running hub's data.",
                "Keys are not in it: keep copies of ledger.key, hub.pem and the authority's folder apart, somewhere"
                        + " safe. Keep the printed checkpoint elsewhere too: it proves a restore."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage hub backup --to /backup/monday > /elsewhere/monday.checkpoint",
            })
    int backup(
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "FOLDER",
                            description = "On the hub's machine; must not exist yet.")
                    Path to,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode written = hub.post(
                    "/operator/backups",
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("folder", to.toAbsolutePath().toString()));
            if (on.json()) {
                terminal.json(written);
            } else {
                terminal.out().print(written.path("checkpoint").asString());
                terminal.out().flush();
                terminal.err().println("The backup is in " + to + ". Above is its checkpoint: keep it elsewhere.");
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a data folder from a backup and proves that its ledger is the one known outside. Run it while"
                        + " the hub is stopped, then set `data` to the folder.",
                "Keys are not in a backup: give the ledger's key, and put hub.pem and operator.token beside it if"
                        + " they are to stay the same (otherwise the hub makes new ones)."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage hub restore --from /backup/monday --to data \\",
                "      --ledger-key /safe/ledger.key --checkpoint /elsewhere/newest.checkpoint",
                "",
                "Exit codes: 1 the backup is damaged, not of that history, or lacks entries."
            })
    int restore(
            @Option(names = "--from", required = true, paramLabel = "BACKUP", description = "Written by hub backup.")
                    Path from,
            @Option(names = "--to", required = true, paramLabel = "DATA", description = "Empty or new.") Path to,
            @Option(names = "--ledger-key", required = true, paramLabel = "FILE", description = "The hub's ledger.key.")
                    Path key,
            @Option(names = "--checkpoint", paramLabel = "FILE", description = "The newest checkpoint known outside.")
                    @Nullable
                    Path checkpoint,
            @Option(
                            names = "--no-checkpoint",
                            description = {
                                "There is none: only the backup itself is proven, and the ledger goes on under a new",
                                "name and key, since entries made after the backup may be known outside."
                            })
                    boolean noCheckpoint,
            @Option(
                            names = "--accept-loss",
                            description = "Go on although entries known outside are missing, under a new ledger key.")
                    boolean acceptLoss,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        if ((checkpoint == null) != noCheckpoint) {
            throw new Failure(
                    Exit.USAGE,
                    "Give the newest --checkpoint known outside (a partner, a mail has one), or say --no-checkpoint: the"
                            + " ledger then goes on under a new name and key.");
        }
        var progress = new Progress((step, done, of) -> terminal.err().printf("%s: %d of %d%n", step, done, of));
        Restore.Restored restored;
        try {
            restored = new Restore(from, to, key, InstantSource.system(), progress)
                    .restore(checkpoint == null ? null : Files.readString(checkpoint), acceptLoss);
        } catch (Restore.LossNotAccepted | Restore.NotProven e) {
            throw new Failure(Exit.NO, String.valueOf(e.getMessage()), e);
        }
        tell(restored, to, checkpoint != null, json);
        return Exit.OK.code();
    }

    private void tell(Restore.Restored restored, Path to, boolean isCompared, boolean json) {
        if (json) {
            var facts = JsonMapper.shared()
                    .createObjectNode()
                    .put("entries", restored.entries())
                    .put("payloads", restored.payloads())
                    .put("payloadFiles", restored.files())
                    .put("payloadsGone", restored.gone())
                    .put("missing", restored.missing())
                    .put("ledger", restored.ledger());
            var operators = facts.putArray("operators");
            restored.operators().forEach(one -> operators.add(facts(one)));
            var suspended = facts.putArray("suspended");
            restored.suspended().forEach(party -> suspended.add(party.value()));
            terminal.json(facts);
        } else {
            terminal.say("Restored into " + to + ": " + restored.entries() + " entries, each hashed anew; "
                    + restored.payloads() + " payloads, each with the digest its entry names.");
            terminal.say(
                    isCompared
                            ? "Missing against the checkpoint from outside: " + restored.missing() + " entries."
                            : "They are what the backup's checkpoint signs. No checkpoint from outside was given.");
            if (restored.gone() > 0) {
                terminal.say(restored.gone() + " payloads whose keeping ended meanwhile are not in the backup.");
            }
            terminal.say("The ledger goes on as " + restored.ledger() + ".");
            terminal.say("Can sign in, as when the backup was written: "
                    + some(restored.operators().stream()
                            .map(HubCommands::operator)
                            .toList())
                    + ".");
            terminal.say("Suspended, as then: "
                    + some(restored.suspended().stream().map(PartyId::value).toList()) + ".");
        }
    }

    private static ObjectNode facts(Operators.Known one) {
        ObjectNode facts = JsonMapper.shared()
                .createObjectNode()
                .put("name", one.operator().name())
                .put("rank", one.operator().rank().name().toLowerCase(Locale.ROOT))
                .put("keys", one.keys().size())
                .put(
                        "invitedUntil",
                        one.invitedUntil() == null ? null : one.invitedUntil().toString());
        var brands = facts.putArray("brands");
        one.operator().brands().stream().map(Brand::value).sorted().forEach(brands::add);
        return facts;
    }

    private static String operator(Operators.Known one) {
        Operator operator = one.operator();
        var text = new StringBuilder(operator.name())
                .append(" (")
                .append(operator.rank().name().toLowerCase(Locale.ROOT));
        if (!operator.seesAll()) {
            text.append(" of ")
                    .append(operator.brands().stream()
                            .map(Brand::value)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return text.append(one.keys().isEmpty() ? "; no key" : "")
                .append(one.invitedUntil() == null ? "" : "; invited until " + one.invitedUntil())
                .append(')')
                .toString();
    }

    private static String some(List<String> names) {
        if (names.isEmpty()) {
            return "nobody";
        }
        String first = names.stream().limit(NAMES_MAX).collect(Collectors.joining(", "));
        return names.size() <= NAMES_MAX ? first : first + ", and " + (names.size() - NAMES_MAX) + " more (--json)";
    }

    @Command(
            name = "mailboxes",
            mixinStandardHelpOptions = true,
            description = "What waits for whom.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage hub mailboxes", "  aiguillage hub mailboxes --party dealer-7 --json"})
    int mailboxes(
            @Option(names = "--party", paramLabel = "PARTY", description = "Only this party's.") @Nullable String party,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode mailboxes = hub.get("/operator/mailboxes" + Texts.only(party));
            if (on.json()) {
                terminal.json(mailboxes);
            } else {
                var table = new TextTable("PARTY", "FLOW", "PENDING", "QUARANTINED");
                mailboxes.forEach(mailbox -> table.row(
                        mailbox.path("party").asString(),
                        mailbox.path("flow").asString(),
                        mailbox.path("pending").asLong(),
                        mailbox.path("quarantined").asLong()));
                terminal.say(table.text());
            }
            return Exit.OK.code();
        }
    }
}
