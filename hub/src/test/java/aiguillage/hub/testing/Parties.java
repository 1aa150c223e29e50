package aiguillage.hub.testing;

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
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/// The parties of a test: keys, certificates of the hub's own authority, and clients that prove themselves with
/// them.
public final class Parties {

    private final CertificateAuthority authority;
    private final TrustAnchors anchors;
    private final InstantSource clock;

    /// @param folder of the authority, as made by [CertificateAuthority#init]
    public Parties(Path folder, InstantSource clock) throws IOException {
        this.authority = CertificateAuthority.openIssuing(folder);
        this.anchors = TrustAnchors.of(authority.chain().certificates().getLast());
        this.clock = clock;
    }

    public TrustAnchors anchors() {
        return anchors;
    }

    /// A new key and a certificate for a party, for 30 days.
    public Credential credential(String party) throws IOException {
        return credential(party, new CertificateUse.Client(), clock.instant(), Duration.ofDays(30));
    }

    public Credential credential(String party, CertificateUse use, Instant from, Duration lifetime) throws IOException {
        KeyPair pair = EcKeys.generate();
        var id = new PartyId(party);
        return new Credential(
                pair.getPrivate(), authority.issue(CertificateRequest.create(pair, id), id, use, lifetime, from));
    }

    /// A client that proves itself as a party; HTTP/2 where it can.
    public HttpClient client(String party) throws IOException {
        return client(credential(party));
    }

    public HttpClient client(Credential credential) {
        return client(context(credential), HttpClient.Version.HTTP_2);
    }

    public static HttpClient client(SSLContext context, HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(context)
                .sslParameters(MutualTls.parameters(true))
                .build();
    }

    public SSLContext context(Credential credential) {
        return MutualTls.context(new PartyKeyManager(credential), new PartyTrustManager(anchors, clock));
    }
}
