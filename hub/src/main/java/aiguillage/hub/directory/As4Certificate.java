package aiguillage.hub.directory;

import aiguillage.config.Quoted;
import aiguillage.pki.CertificatePem;
import aiguillage.pki.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// A certificate by which a party is known at the AS4 door, as the flows file has it: a PEM text, or the base64
/// between its dashes.
public record As4Certificate(X509Certificate x509) {

    private static final int TEXT_CHARS_MAX = 16_384;
    private static final String DASHES = "-----BEGIN CERTIFICATE-----";

    /// Reads it.
    ///
    /// @throws IllegalArgumentException when it is anything else, or several
    public static As4Certificate of(String text) {
        if (text.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a certificate has at most " + TEXT_CHARS_MAX + " characters here, not " + text.length());
        }
        byte[] bytes;
        try {
            bytes = text.contains(DASHES)
                    ? text.getBytes(StandardCharsets.US_ASCII)
                    : Base64.getMimeDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw no(text, "it is no base64");
        }
        List<X509Certificate> found;
        try {
            found = CertificatePem.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw no(text, String.valueOf(e.getMessage()));
        }
        if (found.size() != 1) {
            throw no(text, "it holds " + found.size());
        }
        return new As4Certificate(found.getFirst());
    }

    private static IllegalArgumentException no(String text, String why) {
        return new IllegalArgumentException(Quoted.of(text) + " is not one certificate, since " + why
                + ": paste the PEM text of the party's certificate alone");
    }

    /// Its name and fingerprint.
    @Override
    public String toString() {
        return x509.getSubjectX500Principal().getName() + " " + Fingerprint.of(x509);
    }
}
