package aiguillage.pki;

import aiguillage.protocol.Digest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/// The SHA-256 of a certificate's DER bytes, by which people tell certificates apart: what an operator gives a
/// dealer so that the dealer's machine knows the root. Printed as `openssl x509 -fingerprint -sha256` does:
/// `3F:A0:…`.
public record Fingerprint(Digest digest) {

    public static final int TEXT_CHARS_MAX = 200;

    private static final HexFormat PRINTED = HexFormat.ofDelimiter(":").withUpperCase();

    public static Fingerprint of(X509Certificate certificate) {
        return new Fingerprint(Digest.of(CertificatePem.der(certificate)));
    }

    /// Reads hexadecimal digits in any case, with or without colons and spaces, also with openssl's words
    /// before `=`.
    ///
    /// @throws IllegalArgumentException when it is not 32 bytes of them
    public static Fingerprint parse(String text) {
        String digits = text.substring(text.lastIndexOf('=') + 1).replaceAll("[:\\s]", "");
        if (text.length() > TEXT_CHARS_MAX || digits.length() != 2 * Digest.BYTES) {
            throw new IllegalArgumentException("a fingerprint has 64 hexadecimal digits (SHA-256), not "
                    + digits.length() + "; openssl x509 -noout -fingerprint -sha256 -in certificate.pem prints it");
        }
        try {
            return new Fingerprint(new Digest(HexFormat.of().parseHex(digits.toLowerCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a fingerprint has only the digits 0 to 9 and A to F", e);
        }
    }

    @Override
    public String toString() {
        return PRINTED.formatHex(digest.bytes());
    }
}
