package aiguillage.hub.testing;

import aiguillage.pki.Credential;
import aiguillage.protocol.Digest;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Signed submissions (RFC 9421) for the flow `opel/signed`, made by hand from the standard and the JDK alone: the
/// hub is not checked by its own signer. Each part can be spoilt.
public final class SignedRequests {

    private final RunningHub hub;
    private final Instant created;
    private PrivateKey key;
    private X509Certificate named;
    private String alg = "ecdsa-p256-sha256";
    private String more = "";

    /// @param credential of dealer-7
    public SignedRequests(RunningHub hub, Credential credential, Instant created) {
        this.hub = hub;
        this.created = created;
        this.key = credential.key();
        this.named = credential.chain().leaf();
    }

    /// Signs with another key, under the same certificate's name.
    public SignedRequests with(PrivateKey other) {
        key = other;
        return this;
    }

    /// Signs as another certificate's holder.
    public SignedRequests as(Credential other) {
        key = other.key();
        named = other.chain().leaf();
        return this;
    }

    /// Names another algorithm.
    public SignedRequests alg(String other) {
        alg = other;
        return this;
    }

    /// Adds parameters, as in `;expires=5`.
    public SignedRequests more(String parameters) {
        more = parameters;
        return this;
    }

    /// What is covered, in order, with its values.
    public Map<String, String> components(String id, String payload) {
        Map<String, String> components = new LinkedHashMap<>();
        components.put("@method", "POST");
        components.put("@path", "/v1/documents");
        components.put("content-digest", Digest.of(bytes(payload)).toString());
        components.put("ce-specversion", "1.0");
        components.put("ce-id", id);
        components.put("ce-source", "urn:aiguillage:party:dealer-7");
        components.put("ce-type", "opel/signed");
        components.put("ce-subject", "WC-1");
        return components;
    }

    public HttpRequest request(String id, String payload) throws GeneralSecurityException {
        return request(id, payload, components(id, payload)).build();
    }

    /// A submission that is signed over these components.
    public HttpRequest.Builder request(String id, String payload, Map<String, String> components)
            throws GeneralSecurityException {
        String parameters = parameters(components);
        return unsigned(id, payload)
                .header("Signature-Input", "sig1=" + parameters)
                .header("Signature", "sig1=:" + signature(components, parameters) + ":");
    }

    public HttpRequest.Builder unsigned(String id, String payload) {
        HttpRequest.Builder request = hub.submission("dealer-7", "opel/signed", id, bytes(payload));
        return request.header("ce-subject", "WC-1")
                .header("Content-Digest", Digest.of(bytes(payload)).toString());
    }

    /// The list of components with the signature's parameters (RFC 9421, 2.3).
    public String parameters(Map<String, String> components) throws GeneralSecurityException {
        byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(named.getEncoded());
        return "(\"" + String.join("\" \"", components.keySet()) + "\");created=" + created.getEpochSecond()
                + ";keyid=\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint) + "\";alg=\"" + alg
                + "\"" + more;
    }

    /// The signature over the base (RFC 9421, 2.5), in base64.
    public String signature(Map<String, String> components, String parameters) throws GeneralSecurityException {
        var base = new StringBuilder();
        components.forEach((name, value) ->
                base.append('"').append(name).append("\": ").append(value).append('\n'));
        base.append("\"@signature-params\": ").append(parameters);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(bytes(base.toString()));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
