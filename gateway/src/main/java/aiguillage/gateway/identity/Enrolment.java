package aiguillage.gateway.identity;

import aiguillage.pki.CertificatePem;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.Credential;
import aiguillage.pki.DurableFile;
import aiguillage.pki.EcKeys;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.KeyFile;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstAnswer;
import aiguillage.pki.est.EstClient;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
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

    /// Makes a key here, has it certified, and keeps both. The key is kept before the hub is asked: should the
    /// answer be lost, the next call asks with the same code for the same key, which a hub answers with a
    /// certificate once more.
    ///
    /// A credential that is there already is replaced, and stays beside the new one.
    ///
    /// @param fingerprint of the root, from the hub's operator; null when `root.pem` is there already
    /// @throws IOException when the hub cannot be reached or says no; the message says what to do
    public void enrol(PartyId party, EnrolmentCode code, @Nullable Fingerprint fingerprint)
            throws IOException, InterruptedException {
        Files.createDirectories(files.credential().toAbsolutePath().getParent());
        TrustAnchors anchors = anchors(fingerprint);
        KeyPair pair = key();
        switch (est.enrol(anchors, party, code, CertificateRequest.create(pair, party))) {
            case EstAnswer.Issued(var chain) -> keep(new Credential(pair.getPrivate(), chain), code);
            case EstAnswer.Later(var status, var after) ->
                throw new IOException("The hub is not ready to enrol " + party + " (answer " + status
                        + "). Try again in " + after.toSeconds() + " s; the code stays valid until its end.");
            case EstAnswer.Refused(var status, var detail) ->
                throw new IOException("The hub did not enrol " + party + " (answer " + status + "): " + Said.by(detail)
                        + ". Check party and code, or ask the hub's operator for a new code.");
        }
    }

    private KeyPair key() throws IOException {
        return Files.exists(files.enrolling())
                ? EcKeys.pairOf(KeyFile.read(files.enrolling()))
                : KeyFile.create(files.enrolling());
    }

    private void keep(Credential fresh, EnrolmentCode code) throws IOException {
        if (Files.exists(files.credential())) {
            Files.copy(files.credential(), files.previous(), StandardCopyOption.REPLACE_EXISTING);
        }
        fresh.write(files.credential());
        files.spent(code);
        Files.deleteIfExists(files.enrolling());
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
        DurableFile.write(
                files.root(), CertificatePem.text(List.copyOf(anchors.roots())).getBytes(StandardCharsets.US_ASCII));
        return anchors;
    }
}
