package aiguillage.gateway;

import aiguillage.config.Secret;
import aiguillage.gateway.identity.Enrolment;
import aiguillage.gateway.identity.Identity;
import aiguillage.gateway.identity.IdentityFiles;
import aiguillage.gateway.link.HttpClients;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstClient;
import aiguillage.pki.est.EstServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The identity as the configuration has it: one there already, or one enrolled now with the one-time code.
final class Enrolled {

    private Enrolled() {}

    static Identity identity(GatewayConfig config, Path data, InstantSource clock)
            throws IOException, InterruptedException {
        IdentityFiles files = files(config, data);
        Optional<EstClient> est = est(config, clock);
        Secret code = config.identity().code();
        if (est.isPresent() && code != null) {
            var enrolment = new Enrolment(est.get(), files);
            if (!enrolment.isDone()) {
                String fingerprint = config.identity().fingerprint();
                enrolment.enrol(
                        config.party(),
                        EnrolmentCode.parse(code.reveal()),
                        fingerprint == null ? null : Fingerprint.parse(fingerprint));
            }
        }
        return Identity.open(files, config.party(), clock);
    }

    static Optional<EstClient> est(GatewayConfig config, InstantSource clock) {
        URI address = config.identity().enrolment();
        HttpClients.Proxy proxy = proxy(config);
        return address == null
                ? Optional.empty()
                : Optional.of(new EstClient(
                        new EstServer(address, proxy == null ? null : proxy.address(), EstServer.TIMEOUT_DEFAULT),
                        clock));
    }

    static HttpClients.@Nullable Proxy proxy(GatewayConfig config) {
        GatewayConfig.ProxySection proxy = config.proxy();
        if (proxy == null) {
            return null;
        }
        Secret password = proxy.password();
        return new HttpClients.Proxy(
                new InetSocketAddress(proxy.address().host(), proxy.address().port()),
                proxy.user(),
                password == null ? null : password.reveal());
    }

    private static IdentityFiles files(GatewayConfig config, Path data) {
        IdentityFiles own = IdentityFiles.below(data);
        Path credential = config.identity().credential();
        Path root = config.identity().root();
        return new IdentityFiles(credential == null ? own.credential() : credential, root == null ? own.root() : root);
    }
}
