package aiguillage.pki;

import java.net.InetAddress;
import java.util.List;

/// What a certificate may be used for.
public sealed interface CertificateUse {

    /// To sign messages, or to be sent encrypted ones, as its key can: a hub's own, at its AS4 door. No connection is
    /// opened with it.
    record Messages() implements CertificateUse {}

    /// To call a hub.
    record Client() implements CertificateUse {}

    /// To be called as well: a hub, under the names and addresses its operator gives. Never taken from a
    /// request.
    record Server(List<String> dnsNames, List<InetAddress> addresses) implements CertificateUse {

        public static final int NAMES_MAX = 64;

        public Server {
            dnsNames = List.copyOf(dnsNames);
            addresses = List.copyOf(addresses);
            int names = dnsNames.size() + addresses.size();
            if (names == 0 || names > NAMES_MAX) {
                throw new IllegalArgumentException(
                        "a server's certificate has 1 to " + NAMES_MAX + " DNS names and IP addresses, not " + names
                                + "; clients compare them with what they dialled");
            }
        }
    }
}
