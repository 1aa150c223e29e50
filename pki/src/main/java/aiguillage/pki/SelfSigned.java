package aiguillage.pki;

import java.net.InetAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Certificates that nobody but their holder vouches for: people compare the fingerprint once.
public final class SelfSigned {

    private SelfSigned() {}

    /// A server's, with a new P-256 key. It is no authority: nothing can be signed with it that others believe.
    ///
    /// @param names DNS names and IP addresses that clients type, 1 to [CertificateUse.Server#NAMES_MAX]
    /// @throws IllegalArgumentException when one is neither
    public static Credential server(List<String> names, Instant now, Duration lasts) {
        List<String> dnsNames = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        for (String name : names) {
            if (name.matches("[0-9.]+") || name.indexOf(':') >= 0) {
                addresses.add(InetAddress.ofLiteral(name));
            } else if (name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
                dnsNames.add(name);
            } else {
                throw new IllegalArgumentException("\"" + name + "\" is neither a DNS name nor an IP address");
            }
        }
        KeyPair keys = EcKeys.generate();
        var use = new CertificateUse.Server(dnsNames, addresses);
        var certificate = CertificateTemplate.selfSigned(use, keys, now, lasts);
        return new Credential(keys.getPrivate(), new CertificateChain(List.of(certificate)));
    }
}
