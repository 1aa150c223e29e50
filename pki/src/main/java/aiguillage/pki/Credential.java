package aiguillage.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;

/// What a party proves itself with: its private key and the certificate chain that belongs to it.
public record Credential(PrivateKey key, CertificateChain chain) {

    public Credential {
        CertificateAuthority.refuseUnlessPair(chain.leaf().getPublicKey(), key);
    }

    /// Reads both files, which may be one and the same.
    ///
    /// @throws IOException when one cannot be read, or they do not belong together
    public static Credential read(Path keyFile, Path chainFile) throws IOException {
        PrivateKey key = KeyFile.read(keyFile);
        CertificateChain chain = CertificateChain.read(chainFile);
        try {
            return new Credential(key, chain);
        } catch (IllegalArgumentException e) {
            throw new IOException(keyFile + " and " + chainFile + ": " + e.getMessage(), e);
        }
    }

    /// Writes key and chain into one file (mode 0600), replacing what was there: after a crash in the middle of
    /// a renewal they still belong together.
    public void write(Path file) throws IOException {
        String text = KeyFile.text(key, null) + CertificatePem.text(chain.certificates());
        DurableFile.writeSecret(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// What the certificate says.
    public PartyCertificate party() {
        return PartyCertificate.of(chain.leaf());
    }

    /// Never the key.
    @Override
    public String toString() {
        return "Credential of " + chain.leaf().getSubjectX500Principal().getName();
    }
}
