package aiguillage.protocol.proof;

import java.util.Arrays;
import java.util.Base64;

/// A ledger's head: how many entries, and the root over them. Signed, it is a note in the form of C2SP
/// `tlog-checkpoint`:
///
/// ```
/// hub.example/ledger
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
/// — hub.example/ledger
/// Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
/// ```
///
/// @param origin the ledger's name
/// @param size the number of entries, at least 0
/// @param root the Merkle root over them; 32 bytes
public record Checkpoint(String origin, long size, byte[] root) {

    private static final int NOTE_CHARS_MAX = 2_048;

    public Checkpoint {
        if (size < 0 || root.length != Hash.BYTES) {
            throw new IllegalArgumentException("a checkpoint has a size from 0 and a root of 32 bytes, not " + size
                    + " and " + root.length + " bytes");
        }
    }

    /// The signed note. Ed25519 is deterministic: one head has one note per key.
    public String signedBy(LedgerKey key) {
        return SignedNote.of(text(), key);
    }

    /// Reads a note and checks its signature: exactly one, by this key, under this ledger's name.
    ///
    /// @throws IllegalArgumentException when the note is malformed, of another ledger, or not signed by the key
    public static Checkpoint verified(String note, LedgerKey.Public key) {
        String[] lines =
                SignedNote.verified(note, key, NOTE_CHARS_MAX, "the checkpoint").split("\n", -1);
        if (lines.length != 4) {
            throw new IllegalArgumentException("the checkpoint is not of the ledger " + key.name());
        }
        return new Checkpoint(
                lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]));
    }

    private String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint checkpoint
                && origin.equals(checkpoint.origin)
                && size == checkpoint.size
                && Arrays.equals(root, checkpoint.root);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(size) + Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return text();
    }
}
