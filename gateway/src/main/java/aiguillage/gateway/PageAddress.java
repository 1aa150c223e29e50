package aiguillage.gateway;

import aiguillage.gateway.page.PageCredential;
import aiguillage.pki.Fingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Where a gateway's page is, as browsers write it: in the local network where it answers there, else at the
/// local door.
///
/// @param address without a `/` at its end
/// @param isOwnCertificate whether the gateway made its certificate, so that browsers warn
public record PageAddress(String address, boolean isOwnCertificate) {

    /// By the configuration; empty where there is no page.
    public static Optional<PageAddress> of(GatewayConfig settings) {
        GatewayConfig.PageSection page = settings.page();
        if (!page.open()) {
            return Optional.empty();
        }
        if (page.listen() != null) {
            return Optional.of(network(page, page.listen().port()));
        }
        return settings.door().open()
                ? Optional.of(new PageAddress("http://" + settings.door().listen(), false))
                : Optional.empty();
    }

    static PageAddress network(GatewayConfig.PageSection page, int port) {
        String host = page.names().getFirst();
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return new PageAddress("https://" + shown + ":" + port, page.certificate() == null);
    }

    /// Of the certificate that the gateway made; empty where there is none to compare.
    public String fingerprint(GatewayConfig settings) throws IOException {
        if (!isOwnCertificate) {
            return "";
        }
        var credential = PageCredential.open(
                null, settings.data().toAbsolutePath(), settings.page().names(), Instant.now());
        return Fingerprint.of(credential.chain().leaf()).toString();
    }
}
