package aiguillage.gateway;

import aiguillage.config.Secret;
import aiguillage.gateway.identity.Enrolment;
import aiguillage.gateway.identity.Identity;
import aiguillage.gateway.identity.IdentityFiles;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstClient;
import aiguillage.pki.est.EstServer;
import aiguillage.pki.tls.HttpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The identity as the configuration has it: one there already, or one enrolled with the one-time code.
public final class Enrolled {

    private Enrolled() {}

    static Identity identity(GatewayConfig config, InstantSource clock) throws IOException, InterruptedException {
        Secret code = config.identity().code();
        if (config.identity().enrolment() != null && code != null && !isDone(config)) {
            String fingerprint = config.identity().fingerprint();
            return enrol(
                    config,
                    EnrolmentCode.parse(code.reveal()),
                    fingerprint == null ? null : Fingerprint.parse(fingerprint),
                    clock);
        }
        return Identity.open(files(config), config.party(), clock);
    }

    public static boolean isDone(GatewayConfig config) {
        return Files.exists(files(config).credential());
    }

    /// Where the identity lies.
    public static IdentityFiles files(GatewayConfig config) {
        IdentityFiles own = IdentityFiles.below(config.data().toAbsolutePath());
        Path credential = config.identity().credential();
        Path root = config.identity().root();
        return new IdentityFiles(credential == null ? own.credential() : credential, root == null ? own.root() : root);
    }

    /// Gets the first certificate, through the proxy where there is one.
    ///
    /// @param fingerprint of the root, from the hub's operator; null when its certificate is there already
    /// @throws IOException when the hub cannot be reached or says no; the message says what to do
    /// @throws IllegalStateException when the configuration names no enrolment address
    public static Identity enrol(
            GatewayConfig config, EnrolmentCode code, @Nullable Fingerprint fingerprint, InstantSource clock)
            throws IOException, InterruptedException {
        EstClient est = est(config, clock)
                .orElseThrow(() -> new IllegalStateException("the configuration has no identity.enrolment"));
        new Enrolment(est, files(config)).enrol(config.party(), code, fingerprint);
        return Identity.open(files(config), config.party(), clock);
    }

    static Optional<EstClient> est(GatewayConfig config, InstantSource clock) {
        URI address = config.identity().enrolment();
        return address == null
                ? Optional.empty()
                : Optional.of(new EstClient(new EstServer(address, proxy(config), EstServer.TIMEOUT_DEFAULT), clock));
    }

    static @Nullable HttpProxy proxy(GatewayConfig config) {
        GatewayConfig.ProxySection proxy = config.proxy();
        if (proxy == null) {
            return null;
        }
        Secret password = proxy.password();
        return new HttpProxy(
                new InetSocketAddress(proxy.address().host(), proxy.address().port()),
                proxy.user(),
                password == null ? null : password.reveal());
    }
}
