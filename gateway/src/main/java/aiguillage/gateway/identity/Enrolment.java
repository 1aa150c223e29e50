package aiguillage.gateway.identity;

import aiguillage.pki.CertificatePem;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstAnswer;
import aiguillage.pki.est.EstClient;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first certificate, for a one-time code.
public final class Enrolment {

    private final EstClient est;
    private final IdentityFiles files;

    public Enrolment(EstClient est, IdentityFiles files) {
        this.est = est;
        this.files = files;
    }

    /// Makes a key here, has it certified, and keeps both. Nothing is kept when it fails, and the code can be used
    /// again.
    ///
    /// @param fingerprint of the root, from the hub's operator; null when `root.pem` is there already
    /// @throws IOException when the hub cannot be reached or says no; the message says what to do
    public void enrol(PartyId party, EnrolmentCode code, @Nullable Fingerprint fingerprint)
            throws IOException, InterruptedException {
        Files.createDirectories(files.credential().toAbsolutePath().getParent());
        TrustAnchors anchors = anchors(fingerprint);
        KeyPair pair = EcKeys.generate();
        switch (est.enrol(anchors, party, code, CertificateRequest.create(pair, party))) {
            case EstAnswer.Issued(var chain) -> new Credential(pair.getPrivate(), chain).write(files.credential());
            case EstAnswer.Later(var status, var after) ->
                throw new IOException("The hub is not ready to enrol " + party + " (answer " + status
                        + "). Try again in " + after.toSeconds() + " s; the code stays valid until its end.");
            case EstAnswer.Refused(var status, var detail) ->
                throw new IOException("The hub did not enrol " + party + " (answer " + status + "): " + detail
                        + ". Check party and code, or ask the hub's operator for a new code.");
        }
    }

    private TrustAnchors anchors(@Nullable Fingerprint fingerprint) throws IOException, InterruptedException {
        if (Files.exists(files.root())) {
            return TrustAnchors.read(files.root());
        }
        if (fingerprint == null) {
            throw new IOException("The gateway cannot tell the right hub from another one: give the root's fingerprint"
                    + " (from the hub's operator) or put its certificate into " + files.root() + ".");
        }
        TrustAnchors anchors = est.root(fingerprint);
        Files.write(
                files.root(), CertificatePem.text(List.copyOf(anchors.roots())).getBytes(StandardCharsets.US_ASCII));
        return anchors;
    }
}
