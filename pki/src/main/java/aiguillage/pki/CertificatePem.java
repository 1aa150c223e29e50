package aiguillage.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/// Certificates as PEM text and as DER, both ways.
public final class CertificatePem {

    public static final int BYTES_MAX = 1024 * 1024;

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private static final byte DER_SEQUENCE = 0x30;

    private CertificatePem() {}

    /// Reads every certificate of a PEM text, in order, passing over keys and plain words between them; or one
    /// in DER.
    ///
    /// @throws IllegalArgumentException when there is none, or one is malformed
    public static List<X509Certificate> parse(byte[] pemOrDer) {
        if (pemOrDer.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the certificates have " + pemOrDer.length + " bytes; at most " + BYTES_MAX + " are read");
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] der : blocks(pemOrDer)) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no certificate was found; a block BEGIN CERTIFICATE was expected");
            }
            return certificates;
        } catch (CertificateException | IOException e) {
            throw new IllegalArgumentException("a certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<byte[]> blocks(byte[] pemOrDer) throws IOException {
        if (pemOrDer.length > 0 && pemOrDer[0] == DER_SEQUENCE) {
            return List.of(pemOrDer);
        }
        List<byte[]> blocks = new ArrayList<>();
        try (var pem = new PemReader(new StringReader(new String(pemOrDer, StandardCharsets.ISO_8859_1)))) {
            for (PemObject block = pem.readPemObject(); block != null; block = pem.readPemObject()) {
                if (block.getType().equals("CERTIFICATE")) {
                    blocks.add(block.getContent());
                }
            }
        }
        return blocks;
    }

    /// Writes certificates as PEM text.
    public static String text(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(LINES.encodeToString(der(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate has no DER form", e);
        }
    }
}
