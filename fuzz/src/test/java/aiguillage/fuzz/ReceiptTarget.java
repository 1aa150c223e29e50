package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Leaf;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/// Receipts and the checkpoints in them: shown by anybody to anybody.
final class ReceiptTarget implements Target {

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());

    private Receipt receipt() {
        Statement statement = Statement.of("document-accepted", "hub.example", new Position(1))
                .with("sender", "dealer-7")
                .with("id", "claim-1")
                .done();
        var leaf = new Leaf(statement, new byte[16], new byte[32]);
        return new Receipt(leaf, List.of(), new Checkpoint("hub.example/ledger", 1, leaf.hash()).signedBy(key));
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(receipt().toBytes());
    }

    @Override
    public void run(byte[] input) {
        Receipt receipt;
        try {
            receipt = Receipt.ofJson(input);
        } catch (IllegalArgumentException refused) {
            return;
        }
        int end = input[input.length - 1] == '\n' ? input.length - 1 : input.length;
        require(Arrays.equals(receipt.toBytes(), Arrays.copyOf(input, end)), "has one form");
        try {
            Statement proven = Receipt.verify(input, key.verifier());
            require(
                    Arrays.equals(receipt.toBytes(), receipt().toBytes()),
                    "proves only what was signed",
                    proven.text());
        } catch (IllegalArgumentException refused) {
            return;
        }
    }
}
