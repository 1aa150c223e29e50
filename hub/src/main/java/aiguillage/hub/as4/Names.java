package aiguillage.hub.as4;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The names that AS4's specifications give to namespaces and algorithms.
final class Names {

    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    static final String EBMS = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/";
    static final String SIGNALS = "http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0";
    static final String SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String TOKEN_TYPE = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String DS11 = "http://www.w3.org/2009/xmldsig11#";
    static final String ENC = "http://www.w3.org/2001/04/xmlenc#";
    static final String ENC11 = "http://www.w3.org/2009/xmlenc11#";
    static final String MORE = "http://www.w3.org/2021/04/xmldsig-more#";

    static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String SHA256 = ENC + "sha256";
    static final String X509V3 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    static final String ENCRYPTED_KEY =
            "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKey";
    static final String ATTACHMENT = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-";
    static final String ATTACHMENT_SIGNED = ATTACHMENT + "Content-Signature-Transform";
    static final String ATTACHMENT_ENCRYPTED = ATTACHMENT + "Ciphertext-Transform";
    static final String CONTENT_ONLY = ATTACHMENT + "Content-Only";

    static final String AES128_GCM = ENC11 + "aes128-gcm";
    static final String RSA_OAEP = ENC11 + "rsa-oaep";
    static final String MGF1_SHA256 = ENC11 + "mgf1sha256";
    static final String AES128_WRAP = ENC + "kw-aes128";
    static final String X25519 = MORE + "x25519";
    static final String ECDH = ENC11 + "ECDH-ES";
    static final String P256 = "urn:oid:1.2.840.10045.3.1.7";
    static final String HKDF = MORE + "hkdf";
    static final String HMAC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";

    private Names() {}

    static boolean is(Node node, String namespace, String name) {
        return node instanceof Element && namespace.equals(node.getNamespaceURI()) && name.equals(node.getLocalName());
    }
}
