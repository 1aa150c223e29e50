package aiguillage.hub.door.star;

import aiguillage.hub.star.Transport;
import aiguillage.pki.Credential;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;

/// How an independent stack (Apache WSS4J) signs messages, and checks the signature of answers.
///
/// @param credential whose certificate it signs with; answers must be of the same authority
/// @param root of that authority
record CxfSignature(Credential credential, X509Certificate root, Transport transport) {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String ALIAS = "own";
    private static final String PASSWORD = "unused";
    private static final CallbackHandler CALLBACK = callbacks -> {
        for (var callback : callbacks) {
            if (callback instanceof WSPasswordCallback wanted) {
                wanted.setPassword(PASSWORD);
            }
        }
    };

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    Map<String, Object> signs() {
        try {
            KeyStore store = empty();
            X509Certificate[] chain = credential.chain().certificates().toArray(X509Certificate[]::new);
            store.setKeyEntry(ALIAS, credential.key(), PASSWORD.toCharArray(), chain);
            var crypto = new Merlin();
            crypto.setKeyStore(store);
            return Map.ofEntries(
                    Map.entry(ConfigurationConstants.ACTION, "Timestamp Signature"),
                    Map.entry(ConfigurationConstants.USER, ALIAS),
                    Map.entry(ConfigurationConstants.SIG_PROP_REF_ID, "crypto"),
                    Map.entry("crypto", crypto),
                    Map.entry(ConfigurationConstants.PW_CALLBACK_REF, CALLBACK),
                    Map.entry(ConfigurationConstants.SIG_KEY_ID, "DirectReference"),
                    Map.entry(ConfigurationConstants.SIGNATURE_PARTS, "{}{" + SOAP + "}Body;{}{" + WSU + "}Timestamp;"),
                    Map.entry(
                            ConfigurationConstants.OPTIONAL_SIGNATURE_PARTS,
                            "{}{" + transport.namespace() + "}payloadManifest;"),
                    Map.entry(ConfigurationConstants.SIG_ALGO, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"),
                    Map.entry(ConfigurationConstants.SIG_DIGEST_ALGO, "http://www.w3.org/2001/04/xmlenc#sha256"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> checks() {
        try {
            KeyStore store = empty();
            List<X509Certificate> above = credential.chain().certificates();
            for (X509Certificate one : above.subList(1, above.size())) {
                store.setCertificateEntry(one.getSubjectX500Principal().getName(), one);
            }
            store.setCertificateEntry("root", root);
            var crypto = new Merlin();
            crypto.setTrustStore(store);
            return Map.of(
                    ConfigurationConstants.ACTION,
                    "Timestamp Signature",
                    ConfigurationConstants.SIG_VER_PROP_REF_ID,
                    "crypto",
                    "crypto",
                    crypto);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
