package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Logs;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.Address;
import aiguillage.hub.status.StatusWatch;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `aiguillage status …`: how the hubs are, for the public.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "How the hubs are, for the public.",
        synopsisSubcommandLabel = "COMMAND")
final class StatusCommands {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

    private static final int EVERY_MAX = 300;

    private final Terminal terminal;

    StatusCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = {
                "Publishes how the hubs are, from a machine of its own, until it is told to stop: a page at /status and"
                        + " a feed at /status.json.",
                "It goes on with what the hubs said last when none of them answers. It speaks plain HTTP and holds no"
                        + " secret: put a web server with TLS before it."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage status serve --hubs https://hub.example.com:8444 --root root.pem",
                "  aiguillage status serve --hubs https://a.example:8444,https://b.example:8444 \\",
                "      --root root.pem --listen 127.0.0.1:8090",
                "",
                "Exit codes: 69 the address or the file cannot be used."
            })
    int serve(
            @Option(
                            names = "--hubs",
                            required = true,
                            split = ",",
                            paramLabel = "URL",
                            description = "The enrolment addresses of hubs that stand in for each other, at most "
                                    + StatusWatch.HUBS_MAX + ".")
                    List<URI> hubs,
            @Option(
                            names = "--root",
                            paramLabel = "FILE",
                            description = "The root that the hubs' certificates come from (PEM); without it, the roots"
                                    + " that this system trusts.")
                    @Nullable
                    Path root,
            @Option(
                            names = "--listen",
                            defaultValue = "127.0.0.1:8090",
                            paramLabel = "ADDRESS",
                            description = "Where to answer (default: 127.0.0.1:8090).")
                    String listen,
            @Option(
                            names = "--history",
                            defaultValue = "status-history.json",
                            paramLabel = "FILE",
                            description = "Keeps when which state began, for 90 days (default: status-history.json).")
                    Path history,
            @Option(
                            names = "--every",
                            defaultValue = "15",
                            paramLabel = "SECONDS",
                            description = "How long between two questions to a hub, 1 to 300 (default: 15).")
                    int every,
            @Option(names = "--log", paramLabel = "FORM", description = Texts.LOG) Logs.@Nullable Form form,
            @Option(names = "--parent", hidden = true, description = Texts.PARENT) @Nullable Long parent)
            throws InterruptedException {
        requireHttps(hubs);
        if (every < 1 || every > EVERY_MAX) {
            throw new Failure(Exit.USAGE, "--every is 1 to " + EVERY_MAX + " seconds.");
        }
        Logs.ofService(form == null ? Logs.suitable() : form);
        StatusWatch watch;
        try {
            watch = new StatusWatch(
                    hubs,
                    client(root),
                    Address.of(listen).socketAddress(),
                    history,
                    Duration.ofSeconds(every),
                    InstantSource.system());
        } catch (IOException e) {
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "The public status cannot be served at " + listen + " with " + history + ": " + e.getMessage()
                            + ". Look whether the address is free and this computer's, and whether the files can be"
                            + " used.");
        }
        terminal.say("The public status answers at http://" + listen.replaceFirst(":[0-9]+$", "") + ":"
                + watch.address().getPort() + "/status");
        terminal.out().flush();
        Service.untilStopped("status", watch, parent);
        return Exit.OK.code();
    }

    private static void requireHttps(List<URI> hubs) {
        for (URI hub : hubs) {
            if (!"https".equals(hub.getScheme()) || hub.getHost() == null) {
                throw new Failure(
                        Exit.USAGE,
                        "\"" + hub + "\" is no address of a hub: write https://<host>:<port>, as in"
                                + " https://hub.example.com:8444.");
            }
        }
    }

    private static HttpClient client(@Nullable Path root) throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_MAX);
        if (root != null) {
            var trust = new PartyTrustManager(TrustAnchors.read(root), InstantSource.system());
            client.sslContext(MutualTls.context(null, trust)).sslParameters(MutualTls.parameters(true));
        }
        return client.build();
    }
}
