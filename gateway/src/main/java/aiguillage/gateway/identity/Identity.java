package aiguillage.gateway.identity;

import aiguillage.pki.Credential;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/// The gateway's credential and the roots it believes. Safe from any thread.
public final class Identity {

    private final IdentityFiles files;
    private final TrustAnchors anchors;
    private final InstantSource clock;
    private volatile Credential credential;

    private Identity(IdentityFiles files, TrustAnchors anchors, Credential credential, InstantSource clock) {
        this.files = files;
        this.anchors = anchors;
        this.credential = credential;
        this.clock = clock;
    }

    /// Reads what an enrolment has left.
    ///
    /// @throws IOException when the gateway is not enrolled, or as somebody else; the message says what to do
    public static Identity open(IdentityFiles files, PartyId party, InstantSource clock) throws IOException {
        if (!Files.exists(files.credential())) {
            throw new IOException("This gateway is not enrolled: " + files.credential() + " is missing. Ask the hub's"
                    + " operator for a one-time code and enrol.");
        }
        Credential credential = Credential.read(files.credential(), files.credential());
        PartyCertificate certificate = credential.party();
        if (!certificate.party().equals(party)) {
            throw new IOException("The certificate in " + files.credential() + " is for " + certificate.party()
                    + ", the configuration says party: " + party + ". Correct the configuration, or enrol as " + party
                    + ".");
        }
        return new Identity(files, TrustAnchors.read(files.root()), credential, clock);
    }

    /// A TLS context with the present credential. Made anew after each renewal, so that no session of the old
    /// certificate is resumed.
    public SSLContext tls() {
        return MutualTls.context(new PartyKeyManager(credential), new PartyTrustManager(anchors, clock));
    }

    public PartyCertificate certificate() {
        return credential.party();
    }

    /// The present credential, to sign with.
    public Credential credential() {
        return credential;
    }

    TrustAnchors anchors() {
        return anchors;
    }

    /// Keeps a new credential, durable, then uses it; the old one stays beside it until it ends.
    void renewed(Credential fresh) throws IOException {
        credential.write(files.previous());
        fresh.write(files.credential());
        credential = fresh;
    }

    /// Removes the credential before the present one once it has ended.
    void forgetEnded() throws IOException {
        Path previous = files.previous();
        if (Files.exists(previous)) {
            PartyCertificate before = Credential.read(previous, previous).party();
            if (before.notAfter().isBefore(clock.instant())) {
                Files.delete(previous);
            }
        }
    }
}
