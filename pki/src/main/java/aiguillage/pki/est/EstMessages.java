package aiguillage.pki.est;

import aiguillage.pki.CertificatePem;
import aiguillage.pki.CertificateRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;

/// The bodies of EST, both ways: base64 of PKCS#10 going up, base64 of a "certs-only" PKCS#7 coming down (RFC
/// 7030, 4.1.3 and 4.2). Line breaks in base64 and PEM armour are accepted, since openssl and people send both.
public final class EstMessages {

    public static final String REQUEST_TYPE = "application/pkcs10";
    public static final String CERTIFICATES_TYPE = "application/pkcs7-mime; smime-type=certs-only";

    /// Header that both ends send, from RFC 7030's MIME days; errata 5107 lets readers pass it over.
    public static final String TRANSFER_ENCODING = "base64";

    /// As sent; real ones have about 600.
    public static final int REQUEST_BODY_BYTES_MAX = 16 * 1024;

    public static final int CERTIFICATES_BODY_BYTES_MAX = 256 * 1024;
    public static final int CERTIFICATES_MAX = 32;

    private static final Pattern ARMOUR = Pattern.compile(
            "\\A\\s*-----BEGIN [A-Z0-9 ]{1,40}-----(.*)-----END [A-Z0-9 ]{1,40}-----\\s*\\z", Pattern.DOTALL);
    private static final Pattern NOT_IN_BASE64 = Pattern.compile("[^A-Za-z0-9+/=\\s]");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\r\n".getBytes(StandardCharsets.US_ASCII));

    private EstMessages() {}

    /// Reads an enrolment's body and checks that its sender holds the key.
    ///
    /// @throws IllegalArgumentException when it is too large, not base64, or no acceptable request
    public static CertificateRequest request(byte[] body) {
        return CertificateRequest.parse(decoded(body, REQUEST_BODY_BYTES_MAX));
    }

    /// Writes an enrolment's body.
    public static byte[] body(CertificateRequest request) {
        return LINES.encode(request.der());
    }

    /// Writes certificates: the answer to every EST call.
    public static byte[] body(List<X509Certificate> certificates) {
        try {
            var generator = new CMSSignedDataGenerator();
            for (X509Certificate certificate : certificates) {
                generator.addCertificate(new JcaX509CertificateHolder(certificate));
            }
            return LINES.encode(generator.generate(new CMSAbsentContent()).getEncoded("DER"));
        } catch (CMSException | CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificates cannot be written as PKCS#7", e);
        } catch (IOException e) {
            throw new UncheckedIOException("certificates in memory have a DER form", e);
        }
    }

    /// Reads certificates, in no order that means anything: PKCS#7 holds a set.
    ///
    /// @throws IllegalArgumentException when it is too large or holds none
    public static List<X509Certificate> certificates(byte[] body) {
        byte[] der = decoded(body, CERTIFICATES_BODY_BYTES_MAX);
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (X509CertificateHolder holder :
                    new CMSSignedData(der).getCertificates().getMatches(null)) {
                certificates.addAll(CertificatePem.parse(holder.getEncoded()));
            }
            if (certificates.isEmpty() || certificates.size() > CERTIFICATES_MAX) {
                throw new IllegalArgumentException("the answer holds " + certificates.size() + " certificates; 1 to "
                        + CERTIFICATES_MAX + " were expected");
            }
            return List.copyOf(certificates);
        } catch (CMSException | IOException | ClassCastException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    "the answer is not a PKCS#7 with certificates (RFC 7030, 4.1.3); is this an EST server's address?",
                    e);
        }
    }

    private static byte[] decoded(byte[] body, int bytesMax) {
        if (body.length > bytesMax) {
            throw new IllegalArgumentException(
                    "the body has " + body.length + " bytes; at most " + bytesMax + " are read");
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Matcher armour = ARMOUR.matcher(text);
        String base64 = armour.matches() ? armour.group(1) : text;
        if (NOT_IN_BASE64.matcher(base64).find()) {
            throw new IllegalArgumentException("the body is not base64 (openssl base64 makes it from DER)");
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the body is not whole base64: " + e.getMessage(), e);
        }
    }
}
