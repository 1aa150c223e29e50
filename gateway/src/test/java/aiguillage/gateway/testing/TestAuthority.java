package aiguillage.gateway.testing;

import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;

/// An authority for one test, and what it issues.
public final class TestAuthority {

    private final CertificateAuthority authority;
    private final Path root;

    public TestAuthority(Path folder) throws IOException {
        this.authority = CertificateAuthority.init(folder, "Test", null, Instant.now());
        this.root = folder.resolve("root").resolve("certificate.pem");
    }

    /// The root's certificate, PEM.
    public Path root() {
        return root;
    }

    /// Puts an identity into a gateway's data folder, as an enrolment would.
    public void enrol(PartyId party, Path data) throws IOException {
        Path identity = Files.createDirectories(data.resolve("identity"));
        credential(party, new CertificateUse.Client(), Duration.ofDays(30)).write(identity.resolve("credential.pem"));
        Files.copy(root, identity.resolve("root.pem"));
    }

    public CertificateAuthority authority() {
        return authority;
    }

    Credential credential(PartyId party, CertificateUse use, Duration lifetime) {
        KeyPair pair = EcKeys.generate();
        CertificateRequest request = CertificateRequest.create(pair, party);
        return new Credential(pair.getPrivate(), authority.issue(request, party, use, lifetime, Instant.now()));
    }

    /// The TLS of a hub on loopback.
    SSLContext hub() throws IOException {
        var use = new CertificateUse.Server(List.of("localhost"), List.of(InetAddress.ofLiteral("127.0.0.1")));
        Credential credential = credential(new PartyId("hub"), use, Duration.ofDays(30));
        var trust = new PartyTrustManager(TrustAnchors.read(root), InstantSource.system());
        return MutualTls.context(new PartyKeyManager(credential), trust);
    }
}
