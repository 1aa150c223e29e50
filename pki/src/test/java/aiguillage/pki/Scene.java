package aiguillage.pki;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// A built-in authority made at one instant, and parties with certificates of it.
public final class Scene {

    /// When everything in a scene is made: this very second, since openssl judges by its own clock.
    public final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    public final CertificateAuthority authority;
    public final TrustAnchors anchors;

    public Scene(Path folder) throws IOException {
        authority = CertificateAuthority.init(folder.resolve("ca"), "Test", null, now);
        anchors = TrustAnchors.of(authority.chain().certificates().getLast());
    }

    public Credential credential(String party) {
        return credential(party, new CertificateUse.Client(), now);
    }

    public Credential server(String party) {
        var use = new CertificateUse.Server(List.of("localhost"), List.of(InetAddress.getLoopbackAddress()));
        return credential(party, use, now);
    }

    public Credential credential(String party, CertificateUse use, Instant at) {
        KeyPair pair = EcKeys.generate();
        var id = new PartyId(party);
        CertificateChain chain = authority.issue(CertificateRequest.create(pair, id), id, use, Duration.ofDays(30), at);
        return new Credential(pair.getPrivate(), chain);
    }
}
