package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Logs;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.Enrolled;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import aiguillage.gateway.PageAddress;
import aiguillage.gateway.identity.Identity;
import aiguillage.gateway.page.Guests;
import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.StatusFile;
import aiguillage.gateway.status.StatusText;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.est.EnrolmentCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage gateway …`: the dealer's end.
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = "A dealer's gateway: enrol it, run it, ask how it is.",
        synopsisSubcommandLabel = "COMMAND")
final class GatewayCommands {

    private final Terminal terminal;

    GatewayCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "enrol",
            mixinStandardHelpOptions = true,
            description = "Gets the gateway's first certificate, for the one-time code of the hub's operator."
                    + " The private key is made here and stays here.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage gateway enrol --code K3PX-… --fingerprint a1b2…",
                "  aiguillage gateway enrol --config dealer-7/gateway.yaml --code … \\",
                "      --fingerprint …",
                "  aiguillage gateway enrol --again --code …",
                "",
                "Exit codes: 1 it has a certificate already, 69 the hub or the proxy does not",
                "answer or says no, 78 the configuration names no enrolment address."
            })
    int enrol(
            @Mixin Configured configured,
            @Option(names = "--code", required = true, paramLabel = "CODE", description = "From the hub's operator.")
                    String code,
            @Option(
                            names = "--fingerprint",
                            paramLabel = "SHA-256",
                            description = "Of the hub's root, from its operator; needed unless root.pem is there.")
                    @Nullable
                    String fingerprint,
            @Option(
                            names = "--again",
                            description = "Replaces a certificate that the hub does not take any more (revoked). One"
                                    + " that has ended is replaced without this.")
                    boolean again,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException, InterruptedException {
        GatewayConfig settings = configured.read();
        if (settings.identity().enrolment() == null) {
            throw new Failure(
                    Exit.CONFIGURATION,
                    configured.file + " has no identity.enrolment: set it to the hub's enrolment address, as in"
                            + " https://hub.example.com:8444.");
        }
        if (Enrolled.isDone(settings) && !again && !Enrolled.hasEnded(settings, InstantSource.system())) {
            throw new Failure(
                    Exit.NO,
                    settings.party() + " has a certificate already; it renews itself. If the hub does not take it any"
                            + " more, add --again: a new one takes the place of "
                            + Enrolled.files(settings).credential() + ".");
        }
        Identity identity = Enrolled.enrol(
                settings,
                EnrolmentCode.parse(code),
                fingerprint == null ? null : Fingerprint.parse(fingerprint),
                InstantSource.system());
        if (json) {
            terminal.json(JsonMapper.shared()
                    .createObjectNode()
                    .put("party", settings.party().value())
                    .put("credential", Enrolled.files(settings).credential().toString())
                    .put("certificateUntil", identity.certificate().notAfter().toString()));
        } else {
            terminal.say(settings.party()
                    + " is enrolled. Start its gateway (anew, if it runs): aiguillage gateway run --config "
                    + configured.file);
        }
        return Exit.OK.code();
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Runs the gateway until it is told to stop (SIGTERM, Ctrl-C).",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage gateway run",
                "  aiguillage gateway run --config dealer-7/gateway.yaml --log text",
            })
    int run(
            @Mixin Configured configured,
            @Option(names = "--log", paramLabel = "FORM", description = Texts.LOG) Logs.@Nullable Form form,
            @Option(names = "--parent", hidden = true, description = Texts.PARENT) @Nullable Long parent)
            throws Exception {
        GatewayConfig settings = configured.read();
        Logs.Form log = form == null ? Logs.suitable() : form;
        Logs.ofService(log);
        Gateway gateway = Gateway.start(settings, InstantSource.system());
        var _ = gateway.ended().exceptionally(cause -> {
            LoggerFactory.getLogger(GatewayCommands.class)
                    .atError()
                    .setCause(cause)
                    .log("The gateway cannot go on. Look at the cause, then start it again: nothing is lost.");
            Runtime.getRuntime().halt(Exit.INTERNAL.code());
            return null;
        });
        tellFirstLink(gateway, settings, configured.file, log == Logs.Form.TEXT && parent == null);
        Service.untilStopped("gateway", gateway, parent);
        return Exit.OK.code();
    }

    /// The link itself is for a person who typed the command; a log is kept and read by others, so it names the
    /// file.
    private void tellFirstLink(Gateway gateway, GatewayConfig settings, Path config, boolean isWatched) {
        Path file = guests(settings).firstLinkFile();
        try {
            gateway.firstLink().ifPresent(link -> {
                if (isWatched) {
                    terminal.say("Nobody looks at this gateway's page yet. Open this link within "
                            + Guests.LINK_LASTS.toHours() + " h, or make another one with `aiguillage gateway page-link"
                            + " --config " + config + "`: " + link);
                } else {
                    LoggerFactory.getLogger(GatewayCommands.class)
                            .atInfo()
                            .addKeyValue("file", file)
                            .log("Nobody looks at this gateway's page yet. Open the link in this file: each is good for"
                                    + " an hour, then there is a new one, until somebody comes in.");
                }
            });
        } catch (IOException e) {
            LoggerFactory.getLogger(GatewayCommands.class)
                    .atWarn()
                    .addKeyValue("file", file)
                    .setCause(e)
                    .log("The first link to the page could not be kept; documents go on. Make one with `aiguillage"
                            + " gateway page-link`, as the gateway's user.");
        }
    }

    private static Guests guests(GatewayConfig settings) {
        return new Guests(settings.data().toAbsolutePath(), InstantSource.system(), new SecureRandom());
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "How the gateway is, in plain words: connected since, what waits, the certificate.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage gateway status",
                "  aiguillage gateway status --config dealer-7/gateway.yaml --json",
                "",
                "Exit codes: 0 it runs, 1 it does not, 69 it never did."
            })
    int status(
            @Mixin Configured configured,
            @Option(names = "--language", paramLabel = "en|fr", description = "Of the words (default: the system's).")
                    @Nullable
                    Language language,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        GatewayConfig settings = configured.read();
        GatewayStatus status = new StatusFile(settings.data())
                .read()
                .orElseThrow(() -> new Failure(
                        Exit.UNAVAILABLE,
                        "No gateway ever ran on " + settings.data() + ". Start it with `aiguillage gateway run"
                                + " --config " + configured.file + "`."));
        Instant now = Instant.now();
        if (json) {
            terminal.json(JsonMapper.shared().valueToTree(status));
        } else {
            Locale locale = language == null ? Locale.getDefault() : language.locale();
            terminal.out().print(new StatusText(locale).of(status, now));
            terminal.out().flush();
        }
        boolean fresh = Instant.parse(status.at()).plus(StatusText.STALE_AFTER).isAfter(now);
        return status.running() && fresh ? Exit.OK.code() : Exit.NO.code();
    }

    @Command(
            name = "page-link",
            mixinStandardHelpOptions = true,
            description = {
                "Prints a link to the gateway's page, good once, for an hour: whoever opens it may look from that"
                        + " browser for 30 days.",
                "Run it as the gateway's user: the link is kept in its data folder."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage gateway page-link",
                "  aiguillage gateway page-link --config dealer-7/gateway.yaml --json",
                "  aiguillage gateway page-link --end-all",
            })
    int pageLink(
            @Mixin Configured configured,
            @Option(names = "--end-all", description = "Ends every link and session instead.") boolean endAll,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        GatewayConfig settings = configured.read();
        Guests guests = guests(settings);
        if (endAll) {
            int ended = guests.endAll();
            if (json) {
                terminal.json(JsonMapper.shared().createObjectNode().put("ended", ended));
            } else {
                terminal.say("Links and sessions that were ended: " + ended + ".");
            }
            return Exit.OK.code();
        }
        PageAddress page = PageAddress.of(settings)
                .orElseThrow(() -> new Failure(
                        Exit.CONFIGURATION,
                        configured.file + " opens no page to link to: set page.open: true, and door.open: true or"
                                + " page.listen."));
        requireGatewaysUser(settings.data().toAbsolutePath());
        String link = page.address() + Guests.ENTER + guests.invite();
        String fingerprint = page.fingerprint(settings);
        if (json) {
            terminal.json(
                    JsonMapper.shared().createObjectNode().put("link", link).put("fingerprint", fingerprint));
            return Exit.OK.code();
        }
        terminal.say(link);
        if (!fingerprint.isEmpty()) {
            terminal.say("The browser warns the first time, since nobody vouches for the page's certificate. Go on only"
                    + " if the SHA-256 fingerprint that it shows is this one:\n  " + fingerprint);
        }
        return Exit.OK.code();
    }

    /// What another user writes into the data folder, the gateway cannot read. Its status is the gateway's own
    /// file; before there is one, the folder stands for it. A user without a name, as in some containers, is not
    /// told from others.
    ///
    /// @throws Failure when the gateway is another user's
    private static void requireGatewaysUser(Path data) throws IOException {
        Path status = data.resolve("status.json");
        Path made = Files.exists(status) ? status : data;
        if (!Files.exists(made) || !Files.getFileStore(made).supportsFileAttributeView(PosixFileAttributeView.class)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(made);
        String name = System.getProperty("user.name");
        try {
            if (owner.equals(
                    made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name))) {
                return;
            }
        } catch (UserPrincipalNotFoundException nameless) {
            return;
        }
        throw new Failure(
                Exit.NO,
                "The gateway's data in " + data + " is of the user " + owner.getName() + ", and you are " + name
                        + ": it could not read a link that you make. Type the command as " + owner.getName()
                        + ", for example: sudo -u " + owner.getName() + " aiguillage gateway page-link");
    }

    /// The languages that the words are written in.
    enum Language {
        EN(Locale.ENGLISH),
        FR(Locale.FRENCH);

        private final Locale locale;

        Language(Locale locale) {
            this.locale = locale;
        }

        Locale locale() {
            return locale;
        }
    }

    /// Which gateway a command is about.
    static final class Configured {

        @Option(
                names = "--config",
                defaultValue = "gateway.yaml",
                paramLabel = "FILE",
                description = Texts.GATEWAY_YAML)
        private Path file = Path.of("gateway.yaml");

        GatewayConfig read() {
            return new ConfigReader().file(file, GatewayConfig.class).value();
        }
    }
}
