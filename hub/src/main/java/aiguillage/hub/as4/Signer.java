package aiguillage.hub.as4;

import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Signs messages with the hub's keys (WS-Security 1.1.1, X.509 token profile, SwA profile). Safe from any
/// thread.
final class Signer {

    private static final String EXCLUSIVE = "<ds:Transform Algorithm=\"" + Names.EXCLUSIVE + "\"></ds:Transform>";
    private static final String ATTACHED =
            "<ds:Transform Algorithm=\"" + Names.ATTACHMENT_SIGNED + "\"></ds:Transform>";

    private final As4Keys keys;

    Signer(As4Keys keys) {
        this.keys = keys;
    }

    /// A whole SOAP message, signed.
    ///
    /// @param unit what stands in `eb:Messaging`
    /// @param attachments the SHA-256 of each attachment, by its `cid:` URI
    /// @param sealing what stands in the security header before the signature: how attachments are encrypted
    byte[] signed(Suite suite, String unit, Map<String, byte[]> attachments, String sealing) {
        var digests = new LinkedHashMap<>(digests(unit));
        digests.putAll(attachments);
        var info = new StringBuilder("<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"")
                .append(Names.EXCLUSIVE)
                .append("\"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"")
                .append(suite.algorithm())
                .append("\"></ds:SignatureMethod>");
        digests.forEach((uri, digest) -> info.append("<ds:Reference URI=\"")
                .append(MessageText.escaped(uri))
                .append("\"><ds:Transforms>")
                .append(Cid.isOne(uri) ? ATTACHED : EXCLUSIVE)
                .append("</ds:Transforms><ds:DigestMethod Algorithm=\"" + Names.SHA256
                        + "\"></ds:DigestMethod><ds:DigestValue>")
                .append(Base64.getEncoder().encodeToString(digest))
                .append("</ds:DigestValue></ds:Reference>"));
        info.append("</ds:SignedInfo>");
        As4Keys.Held key = keys.signing(suite);
        byte[] value = suite.sign(key.key(), canonicalInfo(info.toString()));
        String security = "<wsse:Security xmlns:wsse=\"" + Names.SECURITY + "\" xmlns:wsu=\"" + Names.UTILITY
                + "\" S12:mustUnderstand=\"true\">" + sealing + token("signer", key.certificate())
                + "<ds:Signature xmlns:ds=\"" + Names.DS + "\">" + info + "<ds:SignatureValue>"
                + Base64.getEncoder().encodeToString(value) + "</ds:SignatureValue><ds:KeyInfo>" + reference("signer")
                + "</ds:KeyInfo></ds:Signature></wsse:Security>";
        return MessageText.envelope(security, unit).getBytes(StandardCharsets.UTF_8);
    }

    /// A message that is not signed, for who cannot be answered otherwise.
    static byte[] unsigned(String unit) {
        return MessageText.envelope("", unit).getBytes(StandardCharsets.UTF_8);
    }

    /// The SHA-256 of header and body of a message, by the URIs in its signature.
    static Map<String, byte[]> digests(String unit) {
        try {
            SoapMessage message =
                    SoapMessage.read(MessageText.envelope("", unit).getBytes(StandardCharsets.UTF_8));
            var digests = new LinkedHashMap<String, byte[]>();
            digests.put("#" + MessageText.MESSAGING_ID, Proof.sha256(Canonical.bytes(message.messaging(), "")));
            digests.put("#" + MessageText.BODY_ID, Proof.sha256(Canonical.bytes(message.body(), "")));
            return digests;
        } catch (As4Fault e) {
            throw new AssertionError("the hub wrote a message that it cannot read: " + e.detail(), e);
        }
    }

    private static byte[] canonicalInfo(String info) {
        String text = "<ds:Signature xmlns:ds=\"" + Names.DS + "\">" + info + "</ds:Signature>";
        try {
            Element signature = HardenedXml.tree()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
            return Canonical.bytes(signature.getFirstChild(), "");
        } catch (SAXException | IOException e) {
            throw new UncheckedIOException(new IOException("the hub wrote a signature that it cannot read", e));
        }
    }

    /// A certificate as a `BinarySecurityToken`.
    static String token(String id, X509Certificate certificate) {
        try {
            return "<wsse:BinarySecurityToken EncodingType=\"" + Names.BASE64 + "\" ValueType=\"" + Names.X509V3
                    + "\" wsu:Id=\"" + id + "\">" + Base64.getEncoder().encodeToString(certificate.getEncoded())
                    + "</wsse:BinarySecurityToken>";
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate has no DER form", e);
        }
    }

    static String reference(String id) {
        return "<wsse:SecurityTokenReference><wsse:Reference URI=\"#" + id + "\" ValueType=\"" + Names.X509V3
                + "\"></wsse:Reference></wsse:SecurityTokenReference>";
    }
}
