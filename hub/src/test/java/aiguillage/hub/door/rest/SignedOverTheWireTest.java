package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.DescribedHub;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.SignedRequests;
import aiguillage.pki.CertificatePem;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.signature.KeyId;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignatureHeaders;
import aiguillage.protocol.signature.SignedMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// RFC 9421 over the wire, in a flow that takes only signed documents. What does not hold is refused, and nothing of
/// it is kept; what holds can be proven to third parties.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SignedOverTheWireTest {

    private final Instant now = Instant.now();
    private RunningHub hub;
    private DescribedHub wire;
    private Credential credential;
    private HttpClient dealer;
    private HttpClient centre;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder);
        credential = hub.credential("dealer-7");
        dealer = hub.client(credential);
        centre = hub.client("opel-centre");
        wire = new DescribedHub(hub, dealer);
    }

    @AfterAll
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    private SignedRequests signed() {
        return new SignedRequests(hub, credential, now);
    }

    @Test
    void aSignatureMadeByHandFromTheStandardIsAccepted() throws Exception {
        HttpResponse<String> answer = wire.send(dealer, signed().request("by-hand", "content"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(wire.get(dealer, "/v1/documents/by-hand").body()).contains("\"signed\":true");
    }

    @Test
    void aSignatureOfOurOwnSignerIsAccepted() throws Exception {
        var headers = new TreeMap<>(Map.of(
                "ce-specversion", CloudEvents.SPEC_VERSION,
                "ce-id", "by-us",
                "ce-source", "urn:aiguillage:party:dealer-7",
                "ce-type", "opel/signed",
                "ce-subject", "WC-1",
                "content-digest",
                        Digest.of("content".getBytes(StandardCharsets.UTF_8)).toString()));
        SignatureHeaders made = MessageSignature.sign(
                new SignedMessage("POST", "/v1/documents", headers),
                credential.key(),
                KeyId.of(credential.chain().leaf()),
                now);
        HttpRequest request = signed().unsigned("by-us", "content")
                .header("Signature-Input", made.signatureInput())
                .header("Signature", made.signature())
                .build();
        HttpResponse<String> answer = wire.send(dealer, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void aThirdPartyChecksTheSignatureWithTheJdkAlone() throws Exception {
        wire.send(dealer, signed().request("proven", "content"));
        for (HttpClient entitled : new HttpClient[] {dealer, centre}) {
            JsonNode evidence = Call.JSON.readTree(
                    wire.get(entitled, "/v1/documents/proven/signature").body());
            String base = evidence.path("base").asString();
            assertThat(base)
                    .contains("\"ce-id\": proven\n", "\"ce-source\": urn:aiguillage:party:dealer-7\n")
                    .contains("\"content-digest\": " + Digest.of("content".getBytes(StandardCharsets.UTF_8)));
            X509Certificate signer = CertificatePem.parse(
                            evidence.path("certificate").asString().getBytes(StandardCharsets.US_ASCII))
                    .getFirst();
            assertThat(signer).isEqualTo(credential.chain().leaf());
            signer.verify(credential.chain().certificates().get(1).getPublicKey());
            byte[] signature =
                    Base64.getDecoder().decode(evidence.path("signature").asString());
            assertThat(verifies(signer, base, signature)).isTrue();
            assertThat(verifies(signer, base.replace("proven", "forged"), signature))
                    .isFalse();
        }
        assertThat(wire.operator("/operator/documents/proven/signature", null).statusCode())
                .isEqualTo(200);
        try (HttpClient other = hub.client("dealer-8")) {
            assertThat(wire.get(other, "/v1/documents/proven/signature").statusCode())
                    .isEqualTo(404);
        }
    }

    private static boolean verifies(X509Certificate signer, String base, byte[] signature) throws Exception {
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(signer.getPublicKey());
        check.update(base.getBytes(StandardCharsets.US_ASCII));
        return check.verify(signature);
    }

    @Test
    void noSignatureIsRefused() throws Exception {
        requireRefused(signed().unsigned("bad", "content"), "signature-required", "only signed");
        requireRefused(
                signed().unsigned("bad", "content").header("Signature-Input", "sig1=()"),
                "signature-required",
                "only signed");
        requireRefused(
                signed().unsigned("bad", "content").header("Signature", "sig1=:AAAA:"),
                "signature-invalid",
                "signature-input is missing");
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        requireRefused(signed().with(EcKeys.generate().getPrivate()), "another key");
    }

    @Test
    void anotherPartysCertificateIsRefused() throws Exception {
        requireRefused(signed().as(hub.credential("dealer-8")), "certificate of this connection");
        requireRefused(signed().as(hub.credential("dealer-7")), "certificate of this connection");
    }

    @Test
    void anotherAlgorithmIsRefused() throws Exception {
        requireRefused(signed().alg("rsa-v1_5-sha256"), "alg is not");
        requireRefused(signed().alg("hmac-sha256"), "alg is not");
    }

    @Test
    void anotherTimeIsRefused() throws Exception {
        Duration tooFar = Duration.ofMinutes(6);
        requireRefused(
                new SignedRequests(hub, credential, now.minus(tooFar)),
                "signature-not-fresh",
                "sign each attempt anew");
        requireRefused(new SignedRequests(hub, credential, now.plus(tooFar)), "signature-not-fresh", "in the future");
        requireRefused(signed().more(";expires=" + (now.getEpochSecond() - 1)), "let it expire");
    }

    @Test
    void aHeaderChangedAfterSigningIsRefused() throws Exception {
        requireRefused(
                signed().request("bad", "content", signed().components("bad", "content"))
                        .setHeader("ce-subject", "WC-2"),
                "signature-invalid",
                "changed after");
        requireRefused(
                signed().request("bad", "content", signed().components("bad", "content"))
                        .header("ce-country", "fr"),
                "signature-invalid",
                "does not cover ce-country");
    }

    @Test
    void aBodyChangedAfterSigningIsRefused() throws Exception {
        HttpRequest.Builder changed = signed().request("bad", "content", signed().components("bad", "content"));
        changed.POST(HttpRequest.BodyPublishers.ofString("CONTENT"));
        requireRefused(changed, "digest-mismatch", "another payload");
        changed.setHeader(
                "Content-Digest",
                Digest.of("CONTENT".getBytes(StandardCharsets.UTF_8)).toString());
        requireRefused(changed, "signature-invalid", "changed after");
    }

    @Test
    void everyComponentMustBeCovered() throws Exception {
        for (String component : signed().components("bad", "content").keySet()) {
            Map<String, String> fewer = signed().components("bad", "content");
            fewer.remove(component);
            requireRefused(
                    signed().request("bad", "content", fewer), "signature-invalid", "does not cover " + component);
        }
        Map<String, String> absent = signed().components("bad", "content");
        absent.put("x-absent", "1");
        requireRefused(signed().request("bad", "content", absent), "signature-invalid", "does not have");
    }

    @Test
    void oneSignatureIsWantedAndTwoOfOneSignerAreRefused() throws Exception {
        Map<String, String> components = signed().components("bad", "content");
        String parameters = signed().parameters(components);
        String one = ":" + signed().signature(components, parameters) + ":";
        HttpRequest.Builder two = signed().unsigned("bad", "content")
                .header("Signature-Input", "a=" + parameters + ", b=" + parameters)
                .header("Signature", "a=" + one + ", b=" + one);
        requireRefused(two, "signature-invalid", "several signatures");

        components = signed().components("beside", "content");
        parameters = signed().parameters(components);
        HttpRequest.Builder beside = signed().unsigned("beside", "content")
                .header("Signature-Input", "proxy=(\"@method\");created=1, a=" + parameters)
                .header("Signature", "proxy=:AAAA:, a=:" + signed().signature(components, parameters) + ":");
        assertThat(wire.send(dealer, beside.build()).statusCode())
                .as("an intermediary's signature does no harm")
                .isEqualTo(201);
    }

    @Test
    void malformedHeadersAreRefused() throws Exception {
        Map<String, String> components = signed().components("bad", "content");
        String parameters = signed().parameters(components);
        String good = "sig1=:" + signed().signature(components, parameters) + ":";
        for (String input : new String[] {
            "sig1",
            "sig1=",
            "=",
            "sig1=(",
            "sig1=(\"@method\"",
            "\"",
            "sig1=5",
            "other=" + parameters,
            "sig1=()",
            "sig1=" + parameters.replaceFirst(";created=[0-9]+", ""),
            "sig1=" + parameters.replace("ce-id", "ce-Id"),
            "sig1=" + "(".repeat(2_000)
        }) {
            requireRefused(
                    signed().unsigned("bad", "content")
                            .header("Signature-Input", input)
                            .header("Signature", good),
                    "signature-invalid",
                    "");
        }
        for (String value : new String[] {"sig1", "sig1=:", "sig1=:AAAA:", "sig1=\"x\"", "x=:AAAA:"}) {
            requireRefused(
                    signed().unsigned("bad", "content")
                            .header("Signature-Input", "sig1=" + parameters)
                            .header("Signature", value),
                    "signature-invalid",
                    "");
        }
    }

    private void requireRefused(SignedRequests spoilt, String detail) throws Exception {
        requireRefused(spoilt, "signature-invalid", detail);
    }

    private void requireRefused(SignedRequests spoilt, String code, String detail) throws Exception {
        requireRefused(spoilt.request("bad", "content", spoilt.components("bad", "content")), code, detail);
    }

    private void requireRefused(HttpRequest.Builder request, String code, String detail) throws Exception {
        String before = wire.get(dealer, "/v1/ledger/checkpoint").body();
        HttpResponse<String> answer = wire.send(dealer, request.build());
        JsonNode problem = Call.JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).as(answer.body()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).contains(detail);
        assertThat(wire.get(dealer, "/v1/ledger/checkpoint").body())
                .as("nothing was recorded")
                .isEqualTo(before);
        assertThat(wire.get(dealer, "/v1/documents/bad").statusCode()).isEqualTo(404);
    }
}
