package aiguillage.app.command;

import aiguillage.app.conformance.Shown;
import aiguillage.app.conformance.TerminalEditor;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Logs;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.Address;
import aiguillage.conformance.Campaign;
import aiguillage.conformance.Foreign;
import aiguillage.conformance.Kit;
import aiguillage.conformance.Result;
import aiguillage.conformance.Verdict;
import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Doors;
import aiguillage.conformance.driver.FlatDoor;
import aiguillage.conformance.driver.FtpsDoor;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.driver.SftpDoor;
import aiguillage.conformance.ground.IdentityFolder;
import aiguillage.conformance.ground.Journal;
import aiguillage.conformance.ground.PracticeHub;
import aiguillage.conformance.listen.EditorDoor;
import aiguillage.conformance.listen.Line;
import aiguillage.conformance.report.Report;
import aiguillage.conformance.report.Signer;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Situations;
import aiguillage.conformance.situation.Stage;
import aiguillage.pki.TrustAnchors;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Release;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage conformance`.
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Sixty situations between a dealer's system and a hub: plays the dealer against a hub, the hub"
                + " for a dealer's system, or both. It ends with a signed report.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage conformance --self",
            "  aiguillage conformance --listen --door star --identities keys",
            "  aiguillage conformance --against https://hub.example:8443 --identities keys",
            "  aiguillage conformance --list --door sftp --language fr",
            "  aiguillage conformance verify conformance.json",
            "",
            "Exit codes: 0 all that was played passed, 1 something failed or nothing was",
            "played, 2 an option or a file it names cannot be used, 69 the hub is not there",
            "or lets nobody in.",
        })
final class ConformanceCommand implements Callable<Integer>, Aiguillage.Runs {

    static final String VERSION = Release.VERSION;

    private final Terminal terminal;

    @ArgGroup
    private Mode mode = new Mode();

    /// One of these.
    static final class Mode {

        @Option(names = "--self", description = "The kit against itself; faulty clients must fail.")
        private boolean isSelf;

        @Option(names = "--against", paramLabel = "URL", description = "Play the dealer against this hub.")
        private @Nullable URI against;

        @Option(
                names = "--listen",
                paramLabel = "PORT",
                arity = "0..1",
                fallbackValue = "18443",
                description = "Play the hub for your system: HTTPS on this port, SFTP on the next (default: 18443).")
        private @Nullable Integer listen;

        @Option(names = "--list", description = "Only say what would be played.")
        private boolean isList;
    }

    @Option(
            names = "--door",
            paramLabel = "NAME",
            split = ",",
            description = "Through these doors: rest, star, star2, sftp, ftps, as4, flat (default: all).")
    private List<String> doors = new ArrayList<>();

    @Option(names = "--only", paramLabel = "ID", split = ",", description = "Only these situations.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--identities",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "root.pem, dealer-a.pem (key and certificate), dealer-a.ssh and so on; --listen writes them"
                    + " (default: here).")
    private Path identities = Path.of(".");

    @Option(names = "--sftp", paramLabel = "HOST:PORT", description = "Where that hub's SFTP door is.")
    private @Nullable String sftp;

    @Option(names = "--host-key", paramLabel = "SHA256:…", description = "The fingerprint of its host key.")
    private @Nullable String hostKey;

    @Option(names = "--ftps", paramLabel = "HOST:PORT", description = "Where that hub's FTPS door is.")
    private @Nullable String ftps;

    @Option(
            names = "--operations",
            paramLabel = "URL",
            description = "Its operations listener: looks into its journal.")
    private @Nullable URI operations;

    @Option(names = "--token", paramLabel = "FILE", description = "The operator's token, for that.")
    private @Nullable Path token;

    @Option(names = "--ledger-key", paramLabel = "FILE", description = "The hub's ledger.vkey, for that.")
    private @Nullable Path ledgerKey;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "With --listen, how long your system has for a step (default: ${DEFAULT-VALUE}).")
    private int patience = 300;

    @Option(names = "--language", paramLabel = "en|fr", description = "Of the words (default: of this machine).")
    private GatewayCommands.@Nullable Language language;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "conformance.json",
            description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    private Path report = Path.of("conformance.json");

    @Option(
            names = "--sign-with",
            paramLabel = "FILE",
            description = "A party's key and certificate (PEM) that sign it (default: a key of the kit's own, kept"
                    + " beside the report).")
    private @Nullable Path signWith;

    @Option(names = "--json", description = "Print the report too, instead of a table.")
    private boolean json;

    ConformanceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private Locale locale() {
        if (language != null) {
            return language.locale();
        }
        return Locale.getDefault().getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH;
    }

    @Override
    public Integer call() throws Exception {
        List<Door> chosen = chosenDoors();
        List<Situation> situations = chosenSituations();
        if (mode.isList) {
            return list(chosen, situations);
        }
        if (mode.isSelf) {
            return self(chosen, situations);
        }
        if (mode.against != null) {
            return against(mode.against, chosen, situations);
        }
        if (mode.listen != null) {
            return listen(mode.listen, chosen, situations);
        }
        throw new Failure(Exit.USAGE, "Say what to play: --self, --against URL, --listen or --list.");
    }

    /// With what the report is signed, before anything is played; its folder must be there, too.
    private Signer signer() {
        Path absolute = report.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Failure(Exit.USAGE, "There is no folder for the report " + absolute + ". Look at --report.");
        }
        try {
            return signWith == null ? Signer.kit(absolute.resolveSibling("conformance.key")) : Signer.party(signWith);
        } catch (IOException e) {
            throw unusable("The key that signs the report cannot be read (--sign-with)", e);
        }
    }

    private static Failure unusable(String what, IOException e) {
        return new Failure(
                Exit.USAGE,
                what + ": "
                        + (e instanceof NoSuchFileException missing
                                ? "there is no file " + missing.getFile()
                                : e.getMessage())
                        + ".",
                e);
    }

    private static @Nullable Address address(String option, @Nullable String text) {
        try {
            return text == null ? null : Address.of(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, option + ": " + e.getMessage() + ".", e);
        }
    }

    private List<Door> chosenDoors() {
        Doors every = Doors.every();
        if (doors.isEmpty()) {
            return every.all();
        }
        return doors.stream()
                .map(name -> every.named(name)
                        .orElseThrow(() -> new Failure(
                                Exit.USAGE,
                                "There is no door \"" + name + "\": use "
                                        + String.join(
                                                ", ",
                                                every.all().stream()
                                                        .map(Door::name)
                                                        .toList()) + ".")))
                .toList();
    }

    private List<Situation> chosenSituations() {
        List<Situation> every = Situations.every().all();
        for (String id : only) {
            if (every.stream().noneMatch(one -> one.id().equals(id))) {
                throw new Failure(
                        Exit.USAGE, "There is no situation \"" + id + "\": `aiguillage conformance --list` has all.");
            }
        }
        return every.stream()
                .filter(one -> only.isEmpty() || only.contains(one.id()))
                .toList();
    }

    private int list(List<Door> chosen, List<Situation> situations) {
        if (json) {
            var all = tools.jackson.databind.json.JsonMapper.shared().createArrayNode();
            situations.forEach(one -> all.addObject()
                    .put("id", one.id())
                    .put("title", one.title(locale()))
                    .put("doing", one.doing(locale()))
                    .put("demanded", one.demanded())
                    .put("source", one.source())
                    .put("mend", one.mend(locale())));
            terminal.json(all);
        } else {
            new Shown(terminal, locale(), chosen).list(situations);
        }
        return Exit.OK.code();
    }

    private int self(List<Door> chosen, List<Situation> situations) throws Exception {
        Signer signer = signer();
        Logs.ofPracticeHub();
        Path folder = Files.createTempDirectory("conformance");
        try (var hub = PracticeHub.start(folder, PracticeHub.Ports.FREE)) {
            var stage = new Stage(hub.place(), Map.of(), hub::journal, hub);
            return play(stage, chosen, situations, "self", "itself", signer);
        } finally {
            Folders.remove(folder);
        }
    }

    private int against(URI hub, List<Door> chosen, List<Situation> situations) throws IOException {
        if (!"https".equals(hub.getScheme()) || hub.getHost() == null) {
            throw new Failure(Exit.USAGE, "Write the hub's address as https://hub.example:8443.");
        }
        var keys = new IdentityFolder(identities);
        Map<String, Identity> parties = parties(keys);
        if (chosen.stream().noneMatch(door -> parties.containsKey(door.player()))) {
            throw new Failure(
                    Exit.USAGE,
                    "The folder " + identities + " has no " + chosen.getFirst().player()
                            + ".pem. It holds root.pem and, of each"
                            + " party of the kit's table, key and certificate in one PEM file.");
        }
        var place = new Place(
                new Address(hub.getHost(), hub.getPort() < 0 ? 443 : hub.getPort()),
                address("--sftp", sftp),
                hostKey,
                address("--ftps", ftps),
                roots(keys));
        requireNamed(place, chosen);
        requireSshKeys(chosen, parties);
        requireThere(place, parties, chosen);
        Signer signer = signer();
        if (operations == null) {
            return play(new Stage(place, parties, null, null), chosen, situations, "against", hub.toString(), signer);
        }
        try (Journal journal = journal(operations)) {
            return play(
                    new Stage(place, parties, () -> journal, null),
                    chosen,
                    situations,
                    "against",
                    hub.toString(),
                    signer);
        }
    }

    private Journal journal(URI at) throws IOException {
        if (token == null || ledgerKey == null) {
            throw new Failure(Exit.USAGE, "With --operations, name --token and --ledger-key too.");
        }
        return new Journal(at, Files.readString(token).strip(), LedgerKey.Public.ofText(Files.readString(ledgerKey)));
    }

    private Map<String, Identity> parties(IdentityFolder keys) {
        try {
            return keys.read();
        } catch (IOException e) {
            throw unusable("The folder " + identities + " cannot be used (--identities)", e);
        }
    }

    private TrustAnchors roots(IdentityFolder keys) {
        try {
            return keys.roots();
        } catch (IOException e) {
            throw unusable("The folder " + identities + " cannot be used (--identities)", e);
        }
    }

    /// Doors with listeners of their own are played where it was said where they are.
    private void requireNamed(Place place, List<Door> chosen) {
        List<Door> closed =
                chosen.stream().filter(door -> !door.isOpenAt(place)).toList();
        if (closed.isEmpty()) {
            return;
        }
        String names = String.join(", ", closed.stream().map(Door::name).toList());
        String options = String.join(
                ", ", closed.stream().map(ConformanceCommand::option).distinct().toList());
        if (!doors.isEmpty()) {
            throw new Failure(Exit.USAGE, "With --door " + names + " name where it is: " + options + " HOST:PORT.");
        }
        terminal.err().println(names + ": not played; name where they are with " + options + ".");
        terminal.err().flush();
    }

    private static String option(Door door) {
        return door instanceof FtpsDoor ? "--ftps" : "--sftp";
    }

    private static boolean isBySftp(Door door) {
        return door instanceof SftpDoor || door instanceof FlatDoor;
    }

    private void requireSshKeys(List<Door> chosen, Map<String, Identity> parties) {
        if (sftp == null) {
            return;
        }
        for (Door door : chosen) {
            Identity player = parties.get(door.player());
            if (isBySftp(door) && player != null && player.sshKey() == null) {
                throw new Failure(
                        Exit.USAGE,
                        "The folder " + identities + " has no " + door.player() + ".ssh: SFTP cannot be played. Put the"
                                + " party's SSH key there, or leave --sftp out.");
            }
        }
    }

    /// One look first at each listener: whether anybody is there, and lets the dealer in.
    private static void requireThere(Place place, Map<String, Identity> parties, List<Door> chosen) {
        Set<Address> seen = new HashSet<>();
        for (Door door : chosen) {
            Identity player = parties.get(door.player());
            if (player != null && door.isOpenAt(place) && seen.add(at(place, door))) {
                requireThere(place, player, door);
            }
        }
    }

    private static Address at(Place place, Door door) {
        Address at = isBySftp(door) ? place.sftp() : door instanceof FtpsDoor ? place.ftps() : place.main();
        return Objects.requireNonNull(at);
    }

    private static void requireThere(Place place, Identity dealer, Door door) {
        String where = door.name() + " at " + at(place, door);
        try (DealerDriver session = door.open(dealer, place)) {
            session.pull(FlowName.of("alpha/answer"));
        } catch (DealerDriver.NotLetIn e) {
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "The hub's " + where + " does not let " + dealer.party() + " in: " + said(e)
                            + ". Its table must have the kit's parties: `aiguillage conformance table` prints it.",
                    e);
        } catch (RuntimeException e) { // whatever it answers with
            throw new Failure(Exit.UNAVAILABLE, "No hub answers by " + where + " as it must: " + said(e) + ".", e);
        }
    }

    /// In a stranger's words.
    private static String said(RuntimeException e) {
        Throwable cause = e.getCause();
        String text = cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
        return new Foreign(text).text();
    }

    private int listen(int port, List<Door> chosen, List<Situation> situations) throws Exception {
        if (chosen.size() != 1) {
            throw new Failure(
                    Exit.USAGE,
                    "Say through which door your system comes: --door rest, star, star2, sftp, as4 or flat.");
        }
        Door door = chosen.getFirst();
        if (door instanceof FtpsDoor) {
            throw new Failure(
                    Exit.USAGE,
                    "A system that comes by FTPS cannot be listened to yet: its data connections go round the line that"
                            + " the kit cuts. Play --self to see it work, or --against your hub.");
        }
        Signer signer = signer();
        Logs.ofPracticeHub();
        var shown = new Shown(json ? new Terminal(terminal.err(), terminal.err()) : terminal, locale(), chosen);
        Path folder = Files.createTempDirectory("conformance");
        try (var hub = PracticeHub.start(folder, PracticeHub.Ports.FREE);
                var main = new Line(port, hub.ports().main());
                var files = new Line(port == 0 ? 0 : port + 1, hub.ports().sftp())) {
            Path keys = identities.toAbsolutePath().normalize();
            hub.writeIdentities(keys);
            shown.welcome(
                    "https://localhost:" + main.port(),
                    "localhost:" + files.port(),
                    hub.hostKeyFingerprint(),
                    keys,
                    door.player());
            var editor = new TerminalEditor(shown.terminal(), System.in, locale(), door.name());
            var listening = new EditorDoor(
                    door,
                    hub,
                    List.of(main, files),
                    editor,
                    new IdentityFolder(keys),
                    keys.resolve("documents"),
                    Duration.ofSeconds(patience));
            var stage = new Stage(hub.place(), Map.of(), hub::journal, hub);
            Instant begun = Instant.now();
            var kit = new Kit(stage, locale(), run(begun), Kit.Judge.JOURNAL);
            List<Campaign.Row> rows = new ArrayList<>();
            for (Situation situation : situations) {
                shown.begins(rows.size() + 1, situations.size(), situation);
                Result result = kit.play(situation, listening);
                shown.ended(result);
                rows.add(new Campaign.Row(situation, List.of(new Campaign.Cell(result, false))));
                written(rows, "listen", cameThrough(door), begun, signer); // so that Ctrl-C loses nothing
            }
            return end(shown, rows, "listen", cameThrough(door), begun, signer);
        } finally {
            Folders.remove(folder);
        }
    }

    private static String cameThrough(Door door) {
        return "a system that came through " + door.name();
    }

    private static String run(Instant begun) {
        return "c"
                + DateTimeFormatter.ofPattern("MMddHHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(begun);
    }

    private int play(
            Stage stage, List<Door> chosen, List<Situation> situations, String how, String against, Signer signer)
            throws IOException {
        Instant begun = Instant.now();
        var kit = new Kit(stage, locale(), run(begun));
        var shown = new Shown(terminal, locale(), chosen);
        if (!json) {
            shown.head();
        }
        List<Campaign.Row> rows = new Campaign(kit, stage, chosen, situations, how.equals("self")).play(row -> {
            if (!json) {
                shown.row(row);
            }
        });
        return end(shown, rows, how, against, begun, signer);
    }

    private static List<Result> results(List<Campaign.Row> rows) {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(Campaign.Cell::result)
                .toList();
    }

    private ObjectNode written(List<Campaign.Row> rows, String how, String against, Instant begun, Signer signer)
            throws IOException {
        var run = new Report.Run(VERSION, how, against, begun, Instant.now(), locale());
        ObjectNode told = Report.of(run, results(rows));
        Report.write(report.toAbsolutePath(), told, signer);
        return told;
    }

    private int end(Shown shown, List<Campaign.Row> rows, String how, String against, Instant begun, Signer signer)
            throws IOException {
        ObjectNode told = written(rows, how, against, begun, signer);
        if (json) {
            terminal.json(told);
        } else {
            shown.end(rows);
            terminal.say("");
            terminal.say(
                    locale().equals(Locale.FRENCH)
                            ? "Le rapport signé est dans " + report + "."
                            : "The signed report is in " + report + ".");
        }
        boolean isGood = rows.stream().flatMap(row -> row.cells().stream()).allMatch(Campaign.Cell::isGood);
        boolean isPlayed = results(rows).stream().anyMatch(result -> result.verdict() == Verdict.PASSED);
        return isGood && isPlayed ? Exit.OK.code() : Exit.NO.code();
    }
}
