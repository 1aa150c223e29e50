package aiguillage.hub;

import aiguillage.config.Address;
import aiguillage.hub.door.HubServer;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.Fingerprint;
import java.net.InetAddress;

/// Where parties reach this hub, and how they know it.
///
/// @param host its first name, without a port
/// @param operations the operations listener as it is reached on this machine, without a slash behind it
/// @param fingerprint of the root of its authority, as `aiguillage ca show` prints it
public record Reach(String host, int mainPort, int enrolmentPort, String operations, String fingerprint) {

    /// Of a hub that listens.
    static Reach of(HubConfig config, HubServer server, CertificateAuthority authority) {
        String host = config.certificates().names().getFirst();
        return new Reach(
                host.contains(":") ? "[" + host + "]" : host,
                server.mainPort(),
                server.enrolmentPort(),
                operations(config.listen().operations(), server.operationsPort()),
                Fingerprint.of(authority.chain().certificates().getLast()).toString());
    }

    /// A listener on every address is reached on loopback.
    private static String operations(Address listen, int port) {
        InetAddress address = listen.socketAddress().getAddress();
        String host = address != null && address.isAnyLocalAddress() ? "127.0.0.1" : listen.host();
        return "http://" + new Address(host, port);
    }

    /// Where documents go.
    public String main() {
        return "https://" + host + ":" + mainPort;
    }

    /// Where certificates come from.
    public String enrolment() {
        return "https://" + host + ":" + enrolmentPort;
    }
}
