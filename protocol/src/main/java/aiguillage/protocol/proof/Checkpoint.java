package aiguillage.protocol.proof;

import java.nio.charset.StandardCharsets;
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

    private static final String SIGNATURE = "\n— ";
    private static final int NOTE_CHARS_MAX = 2_048;

    public Checkpoint {
        if (size < 0 || root.length != Hash.BYTES) {
            throw new IllegalArgumentException("a checkpoint has a size from 0 and a root of 32 bytes, not " + size
                    + " and " + root.length + " bytes");
        }
    }

    /// The signed note. Ed25519 is deterministic: one head has one note per key.
    public String signedBy(LedgerKey key) {
        String text = text();
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] hashed = Arrays.copyOf(key.verifier().hash(), 4 + signature.length);
        System.arraycopy(signature, 0, hashed, 4, signature.length);
        return text + SIGNATURE + key.verifier().name() + " "
                + Base64.getEncoder().encodeToString(hashed) + "\n";
    }

    /// Reads a note and checks its signature: exactly one, by this key, under this ledger's name.
    ///
    /// @throws IllegalArgumentException when the note is malformed, of another ledger, or not signed by the key
    public static Checkpoint verified(String note, LedgerKey.Public key) {
        int cut = note.indexOf("\n" + SIGNATURE);
        if (note.length() > NOTE_CHARS_MAX || cut < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("the checkpoint is not a signed note");
        }
        String text = note.substring(0, cut + 1);
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[0].equals(key.name())) {
            throw new IllegalArgumentException("the checkpoint is not of the ledger " + key.name());
        }
        String[] signature =
                note.substring(cut + 1 + SIGNATURE.length(), note.length() - 1).split(" ", -1);
        if (signature.length != 2 || !signature[0].equals(key.name())) {
            throw new IllegalArgumentException("the checkpoint is not signed by " + key.name());
        }
        byte[] hashed = Base64.getDecoder().decode(signature[1]);
        if (!Base64.getEncoder().encodeToString(hashed).equals(signature[1])) { // else spare bits could be flipped
            throw new IllegalArgumentException("the checkpoint's signature is not in the one form of its bytes");
        }
        if (hashed.length < 4
                || !Arrays.equals(Arrays.copyOf(hashed, 4), key.hash())
                || !key.verifies(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(hashed, 4, hashed.length))) {
            throw new IllegalArgumentException("the checkpoint's signature is not of the key " + key);
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
