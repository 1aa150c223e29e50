package aiguillage.conformance.driver;

import aiguillage.pki.Credential;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.transform.TransformerException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// A party's signature on its messages of STAR's transport, and the hub's on the answers: WS-Security 1.1 with
/// X.509, by the platform's own XML Signature. For one thread.
final class StarSignature {

    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    private static final String OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    private static final String WSSE = OASIS + "wssecurity-secext-1.0.xsd";
    private static final String WSU = OASIS + "wssecurity-utility-1.0.xsd";
    private static final String X509_V3 = OASIS + "x509-token-profile-1.0#X509v3";
    private static final String BASE64 = OASIS + "soap-message-security-1.0#Base64Binary";
    private static final Duration COUNTS = Duration.ofMinutes(5);

    private final Credential credential;
    private final XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");

    StarSignature(Credential credential) {
        this.credential = credential;
    }

    /// A message, signed: its body, its manifest, its time. What is no XML cannot be signed, and stays as it
    /// is.
    ///
    /// @param message makes it, with these marks in it
    List<byte[]> signed(Function<StarText.Marks, List<byte[]>> message) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try {
            Document tree = tree(joined(message.apply(marks(now, ""))));
            return message.apply(marks(now, signature(tree)));
        } catch (SAXException e) {
            return message.apply(StarText.Marks.NONE);
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        var whole = new ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    private static Document tree(byte[] message) throws SAXException {
        try {
            return HardenedXml.tree().parse(new ByteArrayInputStream(message));
        } catch (IOException e) {
            throw new SAXException("its bytes are not those of its encoding", e);
        }
    }

    private StarText.Marks marks(Instant now, String signature) {
        String token;
        try {
            token = Base64.getEncoder().encodeToString(credential.chain().leaf().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate has no DER form", e);
        }
        String security = "<s:Security xmlns:s=\"" + WSSE + "\" xmlns:u=\"" + WSU
                + "\" e:mustUnderstand=\"1\"><s:BinarySecurityToken u:Id=\"token\" EncodingType=\"" + BASE64
                + "\" ValueType=\"" + X509_V3 + "\">" + token
                + "</s:BinarySecurityToken><u:Timestamp u:Id=\"timestamp\"><u:Created>" + now
                + "</u:Created><u:Expires>" + now.plus(COUNTS) + "</u:Expires></u:Timestamp>" + signature
                + "</s:Security>";
        return new StarText.Marks(security, marked("manifest"), marked("body"));
    }

    private static String marked(String id) {
        return " xmlns:u=\"" + WSU + "\" u:Id=\"" + id + "\"";
    }

    /// The signature of a message in which all else stands, as text.
    private String signature(Document tree) {
        try {
            List<Reference> references = new ArrayList<>();
            for (String id : known(tree)) {
                references.add(factory.newReference(
                        "#" + id,
                        factory.newDigestMethod(DigestMethod.SHA256, null),
                        List.of(factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                        null,
                        null));
            }
            var info = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(
                            credential.key() instanceof RSAKey
                                    ? SignatureMethod.RSA_SHA256
                                    : SignatureMethod.ECDSA_SHA256,
                            null),
                    references);
            var named = factory.getKeyInfoFactory().newKeyInfo(List.of(new DOMStructure(tokenReference(tree))));
            var context = new DOMSignContext(credential.key(), only(tree, WSSE, "Security"));
            context.setDefaultNamespacePrefix("d");
            factory.newXMLSignature(info, named).sign(context);
            var text = new StringWriter();
            HardenedXml.writer()
                    .transform(new DOMSource(only(tree, XMLSignature.XMLNS, "Signature")), new StreamResult(text));
            return text.toString().replace("&#13;", ""); // within base64 it says nothing
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException | TransformerException e) {
            throw new IllegalStateException("a message could not be signed", e);
        }
    }

    private static Element tokenReference(Document tree) {
        Element reference = tree.createElementNS(WSSE, "s:SecurityTokenReference");
        reference.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:s", WSSE);
        var token = (Element) reference.appendChild(tree.createElementNS(WSSE, "s:Reference"));
        token.setAttribute("URI", "#token");
        token.setAttribute("ValueType", X509_V3);
        return reference;
    }

    /// The Ids of all that a signature must cover: the body, the time, and every other block of the header.
    /// From here on the tree knows them.
    private static Set<String> known(Document tree) {
        Set<String> ids = new LinkedHashSet<>();
        List<Element> all = new ArrayList<>(List.of(only(tree, SOAP, "Body"), only(tree, WSU, "Timestamp")));
        Node header = only(tree, SOAP, "Header");
        for (Node block = header.getFirstChild(); block != null; block = block.getNextSibling()) {
            if (block instanceof Element one && !WSSE.equals(one.getNamespaceURI())) {
                all.add(one);
            }
        }
        for (Element one : all) {
            if (!one.hasAttributeNS(WSU, "Id")) {
                throw new DealerDriver.Unintelligible(one.getNodeName() + " has no Id, so it is not signed");
            }
            one.setIdAttributeNS(WSU, "Id", true);
            ids.add(one.getAttributeNS(WSU, "Id"));
        }
        return ids;
    }

    private static Element only(Document tree, String namespace, String name) {
        var found = tree.getElementsByTagNameNS(namespace, name);
        if (found.getLength() == 0) {
            throw new DealerDriver.Unintelligible("the answer has no " + name + ": it is not signed");
        }
        return (Element) found.item(0);
    }

    /// Requires that an answer is signed by whoever is at the other end of the line.
    ///
    /// @param hub the certificate that it showed there
    /// @throws DealerDriver.Unintelligible otherwise
    void requireSigned(byte[] answer, @Nullable X509Certificate hub) {
        try {
            Document tree = tree(answer);
            Set<String> demanded = known(tree);
            String token = only(tree, WSSE, "BinarySecurityToken").getTextContent();
            if (hub == null || !isSame(token, hub)) {
                throw new DealerDriver.Unintelligible("the answer is signed by another than the hub");
            }
            var context = new DOMValidateContext(hub.getPublicKey(), only(tree, XMLSignature.XMLNS, "Signature"));
            XMLSignature signature = factory.unmarshalXMLSignature(context);
            signature.getSignedInfo().getReferences().stream()
                    .filter(StarSignature::isOfAllOfIt)
                    .forEach(one -> demanded.remove(one.getURI().substring(1)));
            if (!signature.validate(context) || !demanded.isEmpty()) {
                throw new DealerDriver.Unintelligible(
                        "the signature of the answer does not hold, or not for all of it");
            }
        } catch (SAXException | MarshalException | XMLSignatureException | CertificateEncodingException e) {
            throw new DealerDriver.Unintelligible("the signature of the answer cannot be read", e);
        }
    }

    private static boolean isSame(String token, X509Certificate hub) throws CertificateEncodingException {
        return token.replaceAll("\\s", "").equals(Base64.getEncoder().encodeToString(hub.getEncoded()));
    }

    /// Another transform, or a further one, may select nothing of what the reference names.
    private static boolean isOfAllOfIt(Reference one) {
        String uri = one.getURI();
        return uri != null
                && uri.startsWith("#")
                && one.getTransforms().size() == 1
                && one.getTransforms().getFirst().getAlgorithm().equals(CanonicalizationMethod.EXCLUSIVE);
    }
}
