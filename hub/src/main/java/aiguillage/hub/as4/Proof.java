package aiguillage.hub.as4;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/// That a message is signed (WS-Security 1.1.1, X.509 token profile, SwA profile), and by whom: header and body
/// are as they were signed; of attachments, what they must be. Whether the signer is believed is another
/// question.
///
/// @param signer whose certificate came with the signature
/// @param suite how it is signed
/// @param attachments the SHA-256 of each signed attachment, by its Content-ID
/// @param parts what is signed: what a receipt repeats
public record Proof(X509Certificate signer, Suite suite, Map<String, byte[]> attachments, List<SignedPart> parts) {

    private static final int CERTIFICATE_BYTES_MAX = 16_384;
    private static final int URI_CHARS_MAX = 255;

    /// Canonicalization looks each of them up at each element.
    private static final int PREFIXES_MAX = 32;

    private static final int PREFIX_LIST_CHARS_MAX = 512;
    private static final Pattern PREFIXES = Pattern.compile("\\s+");

    /// Proves the signature of a message.
    ///
    /// @throws As4Fault when there is none, it does not hold, or it leaves something out that must be signed
    public static Proof of(SoapMessage message) throws As4Fault {
        Element security = message.security();
        Element signature = security == null ? null : Nodes.oneOrNone(security, Names.DS, "Signature");
        if (security == null || signature == null) {
            throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, "The message is not signed: every message is.");
        }
        Element info = Nodes.one(signature, Names.DS, "SignedInfo");
        Element method = Nodes.one(info, Names.DS, "SignatureMethod");
        Suite suite = Suite.of(Nodes.attribute(method, "Algorithm"))
                .orElseThrow(() -> new As4Fault(
                        EbmsError.POLICY_NONCOMPLIANCE,
                        "The signature's algorithm is none of Ed25519, RSA with SHA-256, ECDSA with SHA-256."));
        List<Element> listed = Nodes.children(info, Names.DS, "Reference");
        if (listed.size() > Header.LISTED_MAX) {
            throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, "The signature has too many references.");
        }
        List<SignedPart> parts = parts(listed);
        X509Certificate signer = signer(message, security, signature);
        Element canonicalization = Nodes.one(info, Names.DS, "CanonicalizationMethod");
        byte[] signed = Canonical.bytes(info, exclusive(canonicalization));
        byte[] value = Nodes.base64(Nodes.one(signature, Names.DS, "SignatureValue"));
        if (!suite.takes(signer.getPublicKey()) || !suite.verifies(signer.getPublicKey(), signed, value)) {
            throw new As4Fault(
                    EbmsError.FAILED_AUTHENTICATION,
                    "The signature does not hold: what it signs was changed, or another key signed it.");
        }
        var references = new References(message);
        for (SignedPart part : parts) {
            references.prove(part);
        }
        references.requireHeaderAndBody();
        return new Proof(signer, suite, references.attachments, parts);
    }

    private static List<SignedPart> parts(List<Element> listed) throws As4Fault {
        Map<String, SignedPart> byUri = new LinkedHashMap<>();
        for (Element reference : listed) {
            SignedPart part = part(reference);
            if (byUri.put(part.uri(), part) != null) {
                throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, "The signature names a part twice.");
            }
        }
        return List.copyOf(byUri.values());
    }

    /// Of transforms and digests those that are understood; looked at before anything is computed.
    private static SignedPart part(Element reference) throws As4Fault {
        String uri = Nodes.attribute(reference, "URI");
        if (uri.length() > URI_CHARS_MAX) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    "A reference of the signature has a URI of more than " + URI_CHARS_MAX + " characters.");
        }
        Element digestMethod = Nodes.one(reference, Names.DS, "DigestMethod");
        if (!Nodes.attribute(digestMethod, "Algorithm").equals(Names.SHA256)) {
            throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, "A part's digest is not SHA-256.");
        }
        Element transforms = Nodes.one(reference, Names.DS, "Transforms");
        Element transform = Nodes.one(transforms, Names.DS, "Transform");
        requireOnly(reference, 3);
        requireOnly(transforms, 1);
        byte[] digest = Nodes.base64(Nodes.one(reference, Names.DS, "DigestValue"));
        if (!Cid.isOne(uri)) {
            return new SignedPart(uri, exclusive(transform), digest);
        }
        requireOnly(transform, 0);
        if (!Nodes.attribute(transform, "Algorithm").equals(Names.ATTACHMENT_SIGNED)) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE, "An attachment is not signed by " + Names.ATTACHMENT_SIGNED + ".");
        }
        return new SignedPart(uri, "", digest);
    }

    /// @param known children of it that were looked at
    private static void requireOnly(Element of, int known) throws As4Fault {
        if (Nodes.children(of).size() != known) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    of.getLocalName() + " of the signature holds elements that are not understood here.");
        }
    }

    /// The certificate that came as a `BinarySecurityToken`; by no other way is one found.
    private static X509Certificate signer(SoapMessage message, Element security, Element signature) throws As4Fault {
        Element info = Nodes.one(signature, Names.DS, "KeyInfo");
        Element token = Nodes.one(info, Names.SECURITY, "SecurityTokenReference");
        Element reference = Nodes.oneOrNone(token, Names.SECURITY, "Reference");
        String uri = reference == null ? "" : Nodes.attribute(reference, "URI");
        Element binary = uri.startsWith("#") ? message.byId().get(uri.substring(1)) : null;
        if (binary == null
                || !Names.is(binary, Names.SECURITY, "BinarySecurityToken")
                || !security.isSameNode(binary.getParentNode())
                || !Nodes.attribute(binary, "ValueType").equals(Names.X509V3)) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    "The signature's key is not given as a BinarySecurityToken of type X509v3 beside it.");
        }
        byte[] der = Nodes.base64(binary);
        try {
            if (der.length <= CERTIFICATE_BYTES_MAX
                    && CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
                            instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (CertificateException e) {
            throw new As4Fault(
                    EbmsError.FAILED_AUTHENTICATION, "The BinarySecurityToken is no certificate: " + e.getMessage());
        }
        throw new As4Fault(EbmsError.FAILED_AUTHENTICATION, "The BinarySecurityToken is no certificate.");
    }

    /// The prefixes that an exclusive canonicalization includes all the same.
    private static String exclusive(Element method) throws As4Fault {
        if (!Nodes.attribute(method, "Algorithm").equals(Names.EXCLUSIVE)) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE, "A part is not canonicalized by " + Names.EXCLUSIVE + ".");
        }
        Element prefixes = Nodes.oneOrNone(method, Names.EXCLUSIVE, "InclusiveNamespaces");
        requireOnly(method, prefixes == null ? 0 : 1);
        String list =
                prefixes == null ? "" : Nodes.attribute(prefixes, "PrefixList").strip();
        if (list.length() > PREFIX_LIST_CHARS_MAX || PREFIXES.split(list).length > PREFIXES_MAX) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE, "A PrefixList has more than " + PREFIXES_MAX + " prefixes.");
        }
        return list;
    }

    /// The references of a signature, one after the other.
    private static final class References {

        private final SoapMessage message;
        private final Map<String, byte[]> attachments = new LinkedHashMap<>();
        private final Map<Element, Boolean> proven = new HashMap<>();

        private References(SoapMessage message) {
            this.message = message;
        }

        private void prove(SignedPart signed) throws As4Fault {
            String uri = signed.uri();
            if (signed.isAttachment()) {
                if (attachments.put(Cid.id(uri), signed.sha256()) != null) {
                    throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, "The signature names an attachment twice.");
                }
                return;
            }
            Element part = uri.startsWith("#") ? message.byId().get(uri.substring(1)) : null;
            if (part == null) {
                throw new As4Fault(
                        EbmsError.FAILED_AUTHENTICATION, "The signature covers a part that is not there: " + uri + ".");
            }
            if (!MessageDigest.isEqual(signed.sha256(), sha256(Canonical.bytes(part, signed.prefixes())))) {
                throw new As4Fault(EbmsError.FAILED_AUTHENTICATION, part.getLocalName() + " is not as it was signed.");
            }
            proven.put(part, true);
        }

        private void requireHeaderAndBody() throws As4Fault {
            if (!proven.containsKey(message.messaging()) || !proven.containsKey(message.body())) {
                throw new As4Fault(
                        EbmsError.POLICY_NONCOMPLIANCE, "The signature leaves out eb:Messaging or the SOAP body.");
            }
        }
    }

    static byte[] sha256(byte[] bytes) {
        return sha256().digest(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
