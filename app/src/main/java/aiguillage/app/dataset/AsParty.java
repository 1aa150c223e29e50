package aiguillage.app.dataset;

import aiguillage.app.call.Caller;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.Enrolled;
import aiguillage.gateway.GatewayConfig;
import aiguillage.gateway.identity.IdentityFiles;
import aiguillage.pki.Credential;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.HttpProxy;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// As which party a command acts: with a certificate, or with the configuration of the gateway that has one. Options
/// of several commands.
public final class AsParty {

    @Option(
            names = "--gateway",
            paramLabel = "FILE",
            description = "Act as the party of this gateway.yaml: its hub, its certificate.")
    private @Nullable Path gateway;

    @Option(names = "--hub", paramLabel = "URL", description = "Act as a party at this hub, as https://<host>:<port>.")
    private @Nullable URI hub;

    @Option(
            names = "--credential",
            paramLabel = "FILE",
            description = "The party's key and certificates, one PEM file, mode 0600.")
    private @Nullable Path credential;

    @Option(names = "--root", paramLabel = "FILE", description = "The root that the hub is checked against, PEM.")
    private @Nullable Path root;

    boolean isGiven() {
        return gateway != null || hub != null || credential != null || root != null;
    }

    /// The dataset for this party.
    public HubDataset dataset(String name, Terminal terminal) throws IOException {
        var dataset = Named.dataset(name);
        return HubDataset.ofParty(gateway == null ? ofFiles() : ofGateway(gateway, dataset), dataset, terminal);
    }

    private Caller ofFiles() throws IOException {
        if (hub == null || credential == null || root == null) {
            throw new Failure(
                    Exit.USAGE,
                    "A party is needed: give --hub, --credential and --root, or --gateway with the gateway.yaml that"
                            + " has them.");
        }
        return caller(hub, credential, root, null);
    }

    private Caller ofGateway(Path file, DatasetName dataset) throws IOException {
        GatewayConfig settings =
                new ConfigReader().file(file, GatewayConfig.class).value();
        URI address = hub != null
                ? hub
                : settings.hubs().stream()
                        .filter(one -> one.brands().contains(dataset.brand()))
                        .map(one -> one.addresses().getFirst())
                        .findFirst()
                        .orElseThrow(() -> new Failure(
                                Exit.CONFIGURATION, file + " names no hub that serves " + dataset.brand() + "."));
        IdentityFiles files = Enrolled.files(settings);
        return caller(
                address,
                credential == null ? files.credential() : credential,
                root == null ? files.root() : root,
                Enrolled.proxy(settings));
    }

    private static Caller caller(URI hub, Path credential, Path root, @Nullable HttpProxy proxy) throws IOException {
        if (!"https".equals(hub.getScheme()) || hub.getHost() == null) {
            throw new Failure(Exit.USAGE, hub + " is no hub's address; write https://<host>:<port>.");
        }
        return Caller.withCertificate(hub, Credential.read(credential, credential), TrustAnchors.read(root), proxy);
    }
}
