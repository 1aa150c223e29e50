package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.LedgerKey;
import java.security.SecureRandom;
import java.util.List;

/// A hub's public key as passed on, and a note checked with it.
final class LedgerKeyTarget implements Target {

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                key.verifier().toString(), new Checkpoint("hub.example/ledger", 7, new byte[32]).signedBy(key));
    }

    @Override
    public void run(byte[] input) {
        String text = Inputs.text(input);
        try {
            LedgerKey.Public read = LedgerKey.Public.ofText(text);
            require(LedgerKey.Public.ofText(read.toString()).toString().equals(read.toString()), "reads what it wrote");
        } catch (IllegalArgumentException refused) {
            note(text);
        }
    }

    private void note(String text) {
        try {
            Checkpoint head = Checkpoint.verified(text, key.verifier());
            require(head.signedBy(key).equals(text), "has one form", text);
        } catch (IllegalArgumentException refused) {
            return;
        }
    }
}
