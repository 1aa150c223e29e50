package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.protocol.signature.Freshness;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignatureEvidence;
import aiguillage.protocol.signature.SignedMessage;
import aiguillage.protocol.signature.Verdict;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// A signature for third parties, as they get it.
final class EvidenceTarget implements Target {

    @Override
    public List<byte[]> seeds() throws IOException {
        var signer = new SignatureTarget();
        byte[] lines = signer.seeds().getFirst();
        var message = new SignedMessage("POST", "/v1/documents", Inputs.headers(lines));
        return MessageSignature.verify(
                                message,
                                signer.keys().certificate(),
                                Freshness.DEFAULT,
                                signer.keys().now())
                        instanceof Verdict.Valid valid
                ? List.of(valid.evidence().encoded())
                : List.of();
    }

    @Override
    public void run(byte[] input) {
        SignatureEvidence evidence;
        try {
            evidence = SignatureEvidence.decoded(input);
        } catch (IllegalArgumentException refused) {
            return;
        }
        require(Arrays.equals(evidence.encoded(), input), "has one form");
        if (evidence.verify()) {
            require(!evidence.components().isEmpty(), "what holds can be shown");
        }
    }
}
