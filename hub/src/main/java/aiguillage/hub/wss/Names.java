package aiguillage.hub.wss;

import java.util.Map;

/// The names of WS-Security that are read and written here.
final class Names {

    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String NEXT = "http://schemas.xmlsoap.org/soap/actor/next";

    private static final String X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0";
    static final String X509_V3 = X509 + "#X509v3";
    static final String X509_PATH = X509 + "#X509PKIPathv1";
    static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

    private static final Map<String, String> PREFIXES =
            Map.of(SOAP, "soap:", DS, "ds:", WSSE, "wsse:", WSU, "wsu:", EXCLUSIVE, "ec:");

    private Names() {}

    /// An element's name as it is written in this package, whatever its prefix is in the message.
    static String of(String namespace, String name) {
        String prefix = PREFIXES.get(namespace);
        return prefix == null ? "{" + namespace + "}" + name : prefix + name;
    }
}
