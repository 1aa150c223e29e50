package aiguillage.protocol.signature;

import aiguillage.protocol.Digest;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/// A signature that anybody can check later, with nothing else at hand: what was signed, the signature, and the
/// certificate. That the certificate was trusted when it signed is another question, for whoever knows its
/// authority.
public final class SignatureEvidence {

    public static final int CERTIFICATE_BYTES_MAX = 16 * 1024;

    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private final String base;
    private final byte[] signature;
    private final byte[] certificate;

    private SignatureEvidence(String base, byte[] signature, byte[] certificate) {
        if (base.length() > SignatureBase.CHARS_MAX
                || signature.length != EcdsaP256.SIGNATURE_BYTES
                || certificate.length > CERTIFICATE_BYTES_MAX) {
            throw new IllegalArgumentException("evidence has a base of at most " + SignatureBase.CHARS_MAX
                    + " characters, a signature of " + EcdsaP256.SIGNATURE_BYTES
                    + " bytes and a certificate of at most "
                    + CERTIFICATE_BYTES_MAX + ", not " + base.length() + ", " + signature.length + " and "
                    + certificate.length);
        }
        this.base = base;
        this.signature = signature.clone();
        this.certificate = certificate.clone();
    }

    static SignatureEvidence of(SignatureBase base, byte[] signature, X509Certificate certificate) {
        try {
            return new SignatureEvidence(base.text(), signature, certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the certificate has no DER form", e);
        }
    }

    /// Whether the certificate's key signed the base, and the base names that certificate.
    public boolean verify() {
        try {
            X509Certificate signer = certificate();
            return KeyId.of(Digest.of(certificate)).value().equals(keyId())
                    && EcdsaP256.verifies(signer.getPublicKey(), base.getBytes(StandardCharsets.US_ASCII), signature);
        } catch (IllegalArgumentException e) {
            return false; // not even a certificate, or no base: it proves nothing
        }
    }

    private String keyId() {
        int last = base.lastIndexOf('\n') + 1;
        if (!base.startsWith(SignatureBase.PARAMETERS_LINE, last)) {
            throw new IllegalArgumentException("the base does not end with the signature's parameters");
        }
        InnerList parameters = Parser.parseInnerList(base.substring(last + SignatureBase.PARAMETERS_LINE.length()));
        return parameters.getParams().get("keyid") instanceof StringItem named ? named.get() : "";
    }

    /// The signed components by name, as in `ce-id` and `content-digest`: which document this proves.
    public Map<String, String> components() {
        Map<String, String> components = new LinkedHashMap<>();
        for (String line : base.split("\n", -1)) {
            int colon = line.indexOf("\": ");
            if (line.startsWith("\"") && colon > 0 && !line.startsWith(SignatureBase.PARAMETERS_LINE)) {
                components.put(line.substring(1, colon), line.substring(colon + 3));
            }
        }
        return Collections.unmodifiableMap(components);
    }

    /// The signer's certificate.
    ///
    /// @throws IllegalArgumentException when the bytes are no certificate
    public X509Certificate certificate() {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the evidence holds no readable certificate", e);
        }
    }

    /// The text that was signed.
    public String base() {
        return base;
    }

    /// 64 bytes: r, then s.
    public byte[] signature() {
        return signature.clone();
    }

    /// The compact form on the package's page.
    public byte[] encoded() {
        byte[] text = base.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEAD_BYTES + text.length + signature.length + certificate.length)
                .put(VERSION)
                .putInt(text.length)
                .put(text)
                .put(signature)
                .put(certificate)
                .array();
    }

    /// Reads what [#encoded] wrote.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static SignatureEvidence decoded(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD_BYTES || in.get() != VERSION) {
            throw new IllegalArgumentException("not a signature's evidence of version " + VERSION);
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining() - EcdsaP256.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("the evidence is cut short");
        }
        byte[] text = new byte[length];
        byte[] signature = new byte[EcdsaP256.SIGNATURE_BYTES];
        in.get(text).get(signature);
        byte[] certificate = new byte[in.remaining()];
        in.get(certificate);
        return new SignatureEvidence(ascii(text), signature, certificate);
    }

    private static String ascii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                throw new IllegalArgumentException("the evidence's base is not ASCII");
            }
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureEvidence evidence
                && base.equals(evidence.base)
                && Arrays.equals(signature, evidence.signature)
                && Arrays.equals(certificate, evidence.certificate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(base, Arrays.hashCode(signature));
    }
}
