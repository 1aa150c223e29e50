package aiguillage.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());

    private byte[] receipt() {
        Statement statement = Statement.of("document-accepted", "hub.example", new Position(6))
                .with("sender", "dealer-7")
                .with("id", "claim-1")
                .done();
        Leaf leaf = Leaf.of(statement, new byte[32], "the rest of the entry".getBytes(StandardCharsets.UTF_8));
        List<byte[]> tree = new ArrayList<>(HashTest.leaves(11));
        tree.set(5, leaf.hash());
        String checkpoint = new Checkpoint("hub.example/ledger", 11, ReferenceTree.root(tree)).signedBy(key);
        return new Receipt(leaf, ReferenceTree.path(5, tree), checkpoint)
                .toJson()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aReceiptIsVerifiedWithThePublicKeyAndNothingElse() {
        LedgerKey.Public published = LedgerKey.Public.ofText(key.verifier().toString());
        Statement statement = Receipt.verify(receipt(), published);
        assertThat(statement.kind()).isEqualTo("document-accepted");
        assertThat(statement.facts()).containsEntry("sender", "dealer-7").containsEntry("id", "claim-1");
    }

    @Test
    void aReceiptIsRefusedWhenAnySingleByteIsFlipped() {
        byte[] receipt = receipt();
        for (int i = 0; i < receipt.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = receipt.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertThatIllegalArgumentException()
                        .as("byte %s, bit %s", i, bit)
                        .isThrownBy(() -> Receipt.verify(flipped, key.verifier()));
            }
        }
    }

    /// Of the last character before `=`, two bits count for nothing: with some keys another letter says the same.
    @Test
    void aSignatureHasOneSpelling() {
        for (int i = 0; i < 40; i++) {
            LedgerKey one = LedgerKey.generate("hub.example/ledger", new SecureRandom());
            String note = new Checkpoint("hub.example/ledger", 3, Hash.ofNothing()).signedBy(one);
            int last = note.length() - 3;
            for (char c = '+'; c <= 'z'; c++) {
                String other = note.substring(0, last) + c + note.substring(last + 1);
                if (c != note.charAt(last)) {
                    assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.verified(other, one.verifier()));
                }
            }
        }
    }

    @Test
    void aReceiptIsRefusedWhenTruncatedOrLengthened() {
        byte[] receipt = receipt();
        for (int length = 0; length < receipt.length; length++) {
            byte[] shorter = java.util.Arrays.copyOf(receipt, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Receipt.verify(shorter, key.verifier()));
        }
        byte[] longer = (new String(receipt, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> Receipt.verify(longer, key.verifier()));
    }

    @Test
    void aReceiptOfAnotherHubIsRefused() {
        LedgerKey other = LedgerKey.generate("hub.example/ledger", new SecureRandom());
        assertThatIllegalArgumentException().isThrownBy(() -> Receipt.verify(receipt(), other.verifier()));
    }

    @Test
    void aKeyReadFromItsTextSignsAlike() {
        LedgerKey read = LedgerKey.ofText(key.secretText());
        Checkpoint head = new Checkpoint("hub.example/ledger", 3, Hash.ofNothing());
        assertThat(head.signedBy(read)).isEqualTo(head.signedBy(key));
        assertThat(Checkpoint.verified(head.signedBy(read), key.verifier())).isEqualTo(head);
    }

    @Test
    void aValueCannotForgeALineOfTheStatement() {
        Statement statement = Statement.of("document-refused", "hub.example", new Position(1))
                .with("reason", "x\nsender: dealer-8")
                .done();
        assertThat(statement.facts()).doesNotContainKey("sender").containsEntry("reason", "x sender: dealer-8");
    }
}
