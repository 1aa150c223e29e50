package aiguillage.hub;

import aiguillage.hub.door.HubServer;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.Fingerprint;

/// Where parties reach this hub, and how they know it.
///
/// @param host its first name, without a port
/// @param fingerprint of the root of its authority, as `aiguillage ca show` prints it
public record Reach(String host, int mainPort, int enrolmentPort, String fingerprint) {

    /// Of a hub that listens.
    static Reach of(HubConfig config, HubServer server, CertificateAuthority authority) {
        String host = config.certificates().names().getFirst();
        return new Reach(
                host.contains(":") ? "[" + host + "]" : host,
                server.mainPort(),
                server.enrolmentPort(),
                Fingerprint.of(authority.chain().certificates().getLast()).toString());
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
