package aiguillage.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageSignatureTest {

    private Signer garage;

    @BeforeEach
    void open() throws Exception {
        garage = Signer.random();
    }

    @Test
    void aSignedDocumentIsValid() {
        assertThat(garage.verdict(garage.signedClaim())).isInstanceOfSatisfying(Verdict.Valid.class, valid -> {
            assertThat(valid.created()).isEqualTo(Signer.NOW);
            assertThat(valid.evidence().components()).containsEntry("ce-id", "claim-1");
        });
    }

    /// RFC 9421, appendix B.2.4, with the key of B.1.3: made by others.
    @Test
    void theExampleOfTheRfcVerifies() throws Exception {
        String base = """
                "@status": 200
                "content-type": application/json
                "content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:
                "content-length": 23
                "@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256\"""";
        byte[] signature = Base64.getDecoder()
                .decode("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==");
        PublicKey key =
                key("qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA", "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0");
        assertThat(EcdsaP256.verifies(key, base.getBytes(StandardCharsets.US_ASCII), signature))
                .isTrue();
        signature[5] ^= 1;
        assertThat(EcdsaP256.verifies(key, base.getBytes(StandardCharsets.US_ASCII), signature))
                .isFalse();
    }

    private static PublicKey key(String x, String y) throws Exception {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(number(x), number(y));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    @Test
    void theBaseIsTheOneWrittenByHand() throws Exception {
        SignedMessage signed = garage.signedClaim();
        String base = "\"@method\": POST\n\"@path\": /v1/documents\n\"ce-id\": claim-1\n"
                + "\"ce-source\": urn:aiguillage:party:garage-1\n\"ce-specversion\": 1.0\n\"ce-subject\": W-4711\n"
                + "\"ce-type\": opel/warranty-claim\n"
                + "\"content-digest\": sha-256=:A5BYxvLAy0ksUzsKTRTvd8wPeKvMztUofYShogEc+4E=:\n"
                + "\"content-type\": application/xml\n"
                + "\"@signature-params\": (\"@method\" \"@path\" \"ce-id\" \"ce-source\" \"ce-specversion\""
                + " \"ce-subject\" \"ce-type\" \"content-digest\" \"content-type\");created=1767225600;keyid=\""
                + garage.keyId() + "\";alg=\"ecdsa-p256-sha256\"";
        String header = header(signed, SignatureHeaders.SIGNATURE_NAME);
        assertThat(header).startsWith("aig=:").endsWith(":");
        Signature judge = Signature.getInstance("SHA256withECDSAinP1363Format");
        judge.initVerify(garage.pair().getPublic());
        judge.update(base.getBytes(StandardCharsets.US_ASCII));
        assertThat(judge.verify(Base64.getDecoder().decode(header.substring(5, header.length() - 1))))
                .isTrue();
    }

    @Test
    void aReplayAtAnotherPathOrMethodFails() {
        Map<String, String> headers = garage.signedClaim().headers();
        assertInvalid(new SignedMessage("POST", "/v1/documents/x", headers), "changed after");
        assertInvalid(new SignedMessage("PUT", "/v1/documents", headers), "changed after");
    }

    @Test
    void anyOtherValueOfACoveredHeaderFails() {
        Signer.headers().keySet().stream()
                .filter(name -> !name.equals("host"))
                .forEach(name -> assertInvalid(
                        Signer.with(garage.signedClaim(), name, header(garage.signedClaim(), name) + "x"),
                        "changed after"));
    }

    @Test
    void anAttributeAddedAfterSigningFails() {
        assertInvalid(Signer.with(garage.signedClaim(), "ce-recipient", "me"), "does not cover ce-recipient");
    }

    @Test
    void whatIsNotCoveredIsNamed() {
        String input = header(garage.signedClaim(), SignatureHeaders.INPUT_NAME);
        for (String name : SignatureBase.required(Signer.claim())) {
            String without = input.replace("\"" + name + "\" ", "").replace(" \"" + name + "\"", "");
            assertThat(without).isNotEqualTo(input);
            assertInvalid(
                    Signer.with(garage.signedClaim(), SignatureHeaders.INPUT_NAME, without), "does not cover " + name);
        }
    }

    @Test
    void aDocumentWithoutDigestCannotBeSigned() {
        Map<String, String> headers = new TreeMap<>(Signer.headers());
        headers.remove("content-digest");
        var message = new SignedMessage("POST", "/v1/documents", headers);
        assertThatThrownBy(() -> MessageSignature.sign(message, garage.pair().getPrivate(), garage.keyId(), Signer.NOW))
                .hasMessageContaining("content-digest");
    }

    @Test
    void anotherPartysSignatureFails() throws Exception {
        assertThat(Signer.random().verdict(garage.signedClaim()))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains("its keyid is not"));
    }

    @Test
    void anotherKeyUnderTheRightKeyIdFails() throws Exception {
        SignatureHeaders forged =
                MessageSignature.sign(Signer.claim(), Signer.random().pair().getPrivate(), garage.keyId(), Signer.NOW);
        assertInvalid(Signer.with(Signer.claim(), forged), "made with another key");
    }

    @Test
    void aSignatureTooOldOrFromTheFutureFails() {
        SignedMessage signed = garage.signedClaim();
        Duration bound = Freshness.DEFAULT.ageMax();
        assertThat(at(signed, bound)).isInstanceOf(Verdict.Valid.class);
        assertThat(at(signed, bound.negated())).isInstanceOf(Verdict.Valid.class);
        assertThat(at(signed, bound.plusSeconds(1)))
                .isInstanceOf(Verdict.NotFresh.class)
                .asString()
                .contains("before");
        assertThat(at(signed, bound.plusSeconds(1).negated()))
                .isInstanceOf(Verdict.NotFresh.class)
                .asString()
                .contains("in the future");
    }

    /// Who sends it again with a right clock would be refused again: it is not only the time.
    @Test
    void anOldSignatureThatDoesNotHoldIsInvalid() throws Exception {
        SignatureHeaders forged =
                MessageSignature.sign(Signer.claim(), Signer.random().pair().getPrivate(), garage.keyId(), Signer.NOW);
        assertThat(at(Signer.with(Signer.claim(), forged), Duration.ofHours(1))).isInstanceOf(Verdict.Invalid.class);
    }

    private Verdict at(SignedMessage message, Duration later) {
        return MessageSignature.verify(message, garage.certificate(), Freshness.DEFAULT, Signer.NOW.plus(later));
    }

    @Test
    void anotherAlgorithmIsRefused() {
        SignedMessage signed = garage.signedClaim();
        String input = header(signed, SignatureHeaders.INPUT_NAME).replace("ecdsa-p256-sha256", "hmac-sha256");
        assertInvalid(Signer.with(signed, SignatureHeaders.INPUT_NAME, input), "the only one accepted");
    }

    @Test
    void anotherCurveCannotSign() throws Exception {
        Signer other = Signer.random("secp384r1");
        assertThatThrownBy(() ->
                        MessageSignature.sign(Signer.claim(), other.pair().getPrivate(), other.keyId(), Signer.NOW))
                .hasMessageContaining("P-256");
    }

    @Test
    void anyLabelWillDoButOnlyOneGoodSignature() {
        SignedMessage signed = garage.signedClaim();
        String input = header(signed, SignatureHeaders.INPUT_NAME).substring(4);
        String signature = header(signed, SignatureHeaders.SIGNATURE_NAME).substring(4);
        SignedMessage renamed = Signer.with(
                signed, new SignatureHeaders("proxy=();created=1, sig1=" + input, "proxy=:AAAA:, sig1=" + signature));
        assertThat(garage.verdict(renamed)).isInstanceOf(Verdict.Valid.class);
        SignedMessage twice = Signer.with(
                signed, new SignatureHeaders("a=" + input + ", b=" + input, "a=" + signature + ", b=" + signature));
        assertInvalid(twice, "several signatures");
    }

    @Test
    void anExpiredSignatureFails() {
        SignedMessage signed = garage.signedClaim();
        String input = header(signed, SignatureHeaders.INPUT_NAME) + ";expires=1767225600";
        assertInvalid(Signer.with(signed, SignatureHeaders.INPUT_NAME, input), "expire");
    }

    @Test
    void missingAndOversizeHeadersAreTold() {
        assertInvalid(Signer.claim(), "signature-input is missing");
        String huge = "a=" + "x".repeat(MessageSignature.HEADER_CHARS_MAX);
        assertInvalid(Signer.with(garage.signedClaim(), SignatureHeaders.INPUT_NAME, huge), "more than 8192");
    }

    @Test
    void componentsWithParametersAndStrangeOnesAreRefused() {
        SignedMessage signed = garage.signedClaim();
        String input = header(signed, SignatureHeaders.INPUT_NAME);
        String sf = input.replace("\"ce-id\"", "\"ce-id\";sf");
        assertInvalid(Signer.with(signed, SignatureHeaders.INPUT_NAME, sf), "plain component names");
        String query = input.replace("(", "(\"@query\" ");
        assertInvalid(Signer.with(signed, SignatureHeaders.INPUT_NAME, query), "does not have");
        String twice = input.replace("(", "(\"ce-id\" ");
        assertInvalid(Signer.with(signed, SignatureHeaders.INPUT_NAME, twice), "twice");
    }

    private void assertInvalid(SignedMessage message, String reason) {
        assertThat(garage.verdict(message))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains(reason));
    }

    private static String header(SignedMessage message, String name) {
        return message.headers().getOrDefault(name, "");
    }
}
