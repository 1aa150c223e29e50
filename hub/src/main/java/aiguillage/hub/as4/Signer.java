package aiguillage.hub.as4;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Signs messages (WS-Security 1.1.1, X.509 token profile, SwA profile). Safe from any thread.
final class Signer {

    private final Function<Suite, As4Keys.Held> keys;

    /// @param keys the one to sign with in a suite
    Signer(Function<Suite, As4Keys.Held> keys) {
        this.keys = keys;
    }

    /// A whole SOAP message, signed.
    ///
    /// @param unit what stands in `eb:Messaging`
    /// @param attachments the SHA-256 of each attachment, by its `cid:` URI
    /// @param sealing what stands in the security header before the signature: how attachments are encrypted
    byte[] signed(Suite suite, String unit, Map<String, byte[]> attachments, String sealing) {
        String messaging = MessageText.messaging(unit);
        var digests = new LinkedHashMap<>(digests(unit));
        digests.putAll(attachments);
        var info = new StringBuilder("<ds:SignedInfo xmlns:ds=\"" + Names.DS
                        + "\"><ds:CanonicalizationMethod Algorithm=\"" + Names.EXCLUSIVE
                        + "\"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"")
                .append(suite.algorithm())
                .append("\"></ds:SignatureMethod>");
        digests.forEach((uri, digest) -> info.append(MessageText.reference(new SignedPart(uri, "", digest), "")));
        info.append("</ds:SignedInfo>");
        As4Keys.Held key = keys.apply(suite);
        byte[] value = suite.sign(key.key(), info.toString().getBytes(StandardCharsets.UTF_8));
        String security = "<wsse:Security xmlns:wsse=\"" + Names.SECURITY + "\" xmlns:wsu=\"" + Names.UTILITY
                + "\" S12:mustUnderstand=\"true\">" + sealing + token("signer", key.certificate())
                + "<ds:Signature xmlns:ds=\"" + Names.DS + "\">" + info + "<ds:SignatureValue>"
                + Base64.getEncoder().encodeToString(value) + "</ds:SignatureValue><ds:KeyInfo>" + reference("signer")
                + "</ds:KeyInfo></ds:Signature></wsse:Security>";
        return MessageText.envelope(security, messaging).getBytes(StandardCharsets.UTF_8);
    }

    /// A message that is not signed, for who cannot be answered otherwise.
    static byte[] unsigned(String unit) {
        return MessageText.envelope("", MessageText.messaging(unit)).getBytes(StandardCharsets.UTF_8);
    }

    /// The SHA-256 of header and body of a message, by the URIs in its signature.
    static Map<String, byte[]> digests(String unit) {
        var digests = new LinkedHashMap<String, byte[]>();
        digests.put("#" + MessageText.MESSAGING_ID, sha256(MessageText.messaging(unit)));
        digests.put("#" + MessageText.BODY_ID, sha256(MessageText.BODY));
        return digests;
    }

    private static byte[] sha256(String text) {
        return Proof.sha256(text.getBytes(StandardCharsets.UTF_8));
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
