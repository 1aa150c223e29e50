package aiguillage.gateway;

import aiguillage.config.OneTimeSecret;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The identity as the configuration has it: one there already, or one enrolled with the one-time code.
public final class Enrolled {

    private static final Logger log = LoggerFactory.getLogger(Enrolled.class);

    private Enrolled() {}

    static Identity identity(GatewayConfig config, InstantSource clock) throws IOException, InterruptedException {
        OneTimeSecret code = config.identity().code();
        if (config.identity().enrolment() == null || code == null) {
            return Identity.open(files(config), config.party(), clock);
        }
        if (!isDone(config)) {
            return enrol(config, EnrolmentCode.parse(code.needed().reveal()), fingerprint(config), clock);
        }
        Identity present = Identity.open(files(config), config.party(), clock);
        Optional<EnrolmentCode> fresh = code.found().flatMap(Enrolled::readable);
        return fresh.isPresent() && isDue(config, present, fresh.get(), clock)
                ? enrolledAgain(config, present, fresh.get(), clock)
                : present;
    }

    /// With a certificate there already, a leftover that is no code is no reason not to start.
    private static Optional<EnrolmentCode> readable(Secret code) {
        try {
            return Optional.of(EnrolmentCode.parse(code.reveal()));
        } catch (IllegalArgumentException e) {
            log.atWarn().setCause(e).log("identity.code is no enrolment code; the present certificate is used.");
            return Optional.empty();
        }
    }

    /// A code that is not the one of the present certificate was put there to replace it; one whose certificate has
    /// ended is worth a try.
    private static boolean isDue(GatewayConfig config, Identity present, EnrolmentCode code, InstantSource clock)
            throws IOException {
        return hasEnded(present, clock) || !files(config).isSpent(code);
    }

    /// The gateway starts with what it has when the hub does not take the code: documents are taken meanwhile.
    private static Identity enrolledAgain(
            GatewayConfig config, Identity present, EnrolmentCode code, InstantSource clock)
            throws InterruptedException {
        try {
            return enrol(config, code, fingerprint(config), clock);
        } catch (IOException e) {
            log.atError()
                    .setCause(e)
                    .log("The code in the configuration gave no new certificate; the gateway starts with the present"
                            + " one.");
            return present;
        }
    }

    private static @Nullable Fingerprint fingerprint(GatewayConfig config) {
        String fingerprint = config.identity().fingerprint();
        return fingerprint == null ? null : Fingerprint.parse(fingerprint);
    }

    public static boolean isDone(GatewayConfig config) {
        return Files.exists(files(config).credential());
    }

    /// Whether the certificate that is there has ended, so that no hub takes it.
    public static boolean hasEnded(GatewayConfig config, InstantSource clock) throws IOException {
        return hasEnded(Identity.open(files(config), config.party(), clock), clock);
    }

    private static boolean hasEnded(Identity identity, InstantSource clock) {
        return identity.certificate().notAfter().isBefore(clock.instant());
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

    /// The proxy on the way to hubs, or null.
    public static @Nullable HttpProxy proxy(GatewayConfig config) {
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
