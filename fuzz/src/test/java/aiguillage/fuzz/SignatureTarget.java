package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.protocol.Digest;
import aiguillage.protocol.signature.Freshness;
import aiguillage.protocol.signature.KeyId;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignatureEvidence;
import aiguillage.protocol.signature.SignatureHeaders;
import aiguillage.protocol.signature.SignedMessage;
import aiguillage.protocol.signature.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// HTTP message signatures (RFC 9421).
final class SignatureTarget implements Target {

    private final Keys keys = Keys.make();

    SignatureTarget() throws IOException {}

    Keys keys() {
        return keys;
    }

    private Map<String, String> signed() {
        Map<String, String> headers =
                Inputs.headers(EnvelopeTarget.CLAIM.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        headers.put("content-digest", Digest.of(new byte[] {1}).toString());
        SignatureHeaders signature = MessageSignature.sign(
                new SignedMessage("POST", "/v1/documents", headers),
                keys.pair().getPrivate(),
                KeyId.of(keys.certificate()),
                keys.now());
        headers.put(SignatureHeaders.INPUT_NAME, signature.signatureInput());
        headers.put(SignatureHeaders.SIGNATURE_NAME, signature.signature());
        return headers;
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(Inputs.lines(signed()));
    }

    @Override
    public void run(byte[] input) {
        var message = new SignedMessage("POST", "/v1/documents", Inputs.headers(input));
        var freshness = new Freshness(Duration.ofDays(1), Duration.ofDays(1));
        switch (MessageSignature.verify(message, keys.certificate(), freshness, keys.now())) {
            case Verdict.Valid valid -> {
                SignatureEvidence evidence = valid.evidence();
                require(evidence.verify(), "evidence of a valid signature holds", message.headers());
                require(
                        SignatureEvidence.decoded(evidence.encoded()).equals(evidence),
                        "reads what it wrote",
                        message.headers());
            }
            case Verdict.NotFresh(var reason) ->
                require(!reason.isBlank() && reason.length() < 2_000, "a short reason", reason);
            case Verdict.Invalid(var reason) ->
                require(!reason.isBlank() && reason.length() < 2_000, "a short reason", reason);
        }
    }
}
