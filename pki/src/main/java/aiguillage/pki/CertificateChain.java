package aiguillage.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/// Certificates in order, the leaf first, each signed by the next. Whether the last one is trusted is another
/// question: [TrustAnchors].
public record CertificateChain(List<X509Certificate> certificates) {

    public static final int LENGTH_MAX = 8;

    public CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() || certificates.size() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a certificate chain has 1 to " + LENGTH_MAX + " certificates, not " + certificates.size());
        }
        for (int i = 0; i + 1 < certificates.size(); i++) {
            refuseUnlessSigned(certificates.get(i), certificates.get(i + 1));
        }
    }

    private static void refuseUnlessSigned(X509Certificate subject, X509Certificate issuer) {
        try {
            if (!subject.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                throw new GeneralSecurityException("it names the issuer \""
                        + subject.getIssuerX500Principal().getName() + "\"");
            }
            subject.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the chain is not in order: \""
                            + subject.getSubjectX500Principal().getName()
                            + "\" was not signed by \""
                            + issuer.getSubjectX500Principal().getName()
                            + "\" after it; write the leaf first, then who signed it",
                    e);
        }
    }

    /// Reads a PEM file.
    public static CertificateChain read(Path file) throws IOException {
        try {
            return new CertificateChain(CertificatePem.parse(Files.readAllBytes(file)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /// Writes a PEM file, replacing what was there.
    public void write(Path file) throws IOException {
        DurableFile.write(file, CertificatePem.text(certificates).getBytes(StandardCharsets.US_ASCII));
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }
}
