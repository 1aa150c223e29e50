package aiguillage.protocol.signature;

import aiguillage.protocol.Digest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// Which certificate a signature belongs to: the base64url, without padding, of the SHA-256 of its DER bytes.
public record KeyId(String value) {

    public static KeyId of(X509Certificate certificate) {
        try {
            return of(Digest.of(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no DER form", e);
        }
    }

    /// The key id of a certificate known by its thumbprint.
    ///
    /// @param thumbprint SHA-256 of the certificate's DER bytes
    public static KeyId of(Digest thumbprint) {
        return new KeyId(Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint.bytes()));
    }

    @Override
    public String toString() {
        return value;
    }
}
