package aiguillage.protocol.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// A text and one signature by a hub's ledger key, in the form of C2SP `signed-note`: the text, an empty line, and a
/// line with the key's name, its hash and the signature (Ed25519).
final class SignedNote {

    private static final String SIGNATURE = "\n— ";
    private static final int HASH_BYTES = 4;

    private SignedNote() {}

    /// The note. Ed25519 is deterministic: one text has one note per key.
    ///
    /// @param text whole lines, none of them empty
    static String of(String text, LedgerKey key) {
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] hashed = Arrays.copyOf(key.verifier().hash(), HASH_BYTES + signature.length);
        System.arraycopy(signature, 0, hashed, HASH_BYTES, signature.length);
        return text + SIGNATURE + key.verifier().name() + " "
                + Base64.getEncoder().encodeToString(hashed) + "\n";
    }

    /// The text of a note, whose first line is the key's name, once its signature was checked: exactly one, by this
    /// key.
    ///
    /// @param what how messages call it, as in "the checkpoint"
    /// @throws IllegalArgumentException when the note is malformed, of another ledger, or not signed by the key
    static String verified(String note, LedgerKey.Public key, int charsMax, String what) {
        int cut = note.indexOf("\n" + SIGNATURE);
        if (note.length() > charsMax || cut < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException(what + " is not a signed note");
        }
        String text = note.substring(0, cut + 1);
        if (!text.startsWith(key.name() + "\n")) {
            throw new IllegalArgumentException(what + " is not of the ledger " + key.name());
        }
        String[] signature =
                note.substring(cut + 1 + SIGNATURE.length(), note.length() - 1).split(" ", -1);
        if (signature.length != 2 || !signature[0].equals(key.name())) {
            throw new IllegalArgumentException(what + " is not signed by " + key.name());
        }
        byte[] hashed = Base64.getDecoder().decode(signature[1]);
        if (!Base64.getEncoder().encodeToString(hashed).equals(signature[1])) { // else spare bits could be flipped
            throw new IllegalArgumentException(what + "'s signature is not in the one form of its bytes");
        }
        if (hashed.length < HASH_BYTES
                || !Arrays.equals(Arrays.copyOf(hashed, HASH_BYTES), key.hash())
                || !key.verifies(
                        text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(hashed, HASH_BYTES, hashed.length))) {
            throw new IllegalArgumentException(what + "'s signature is not of the key " + key);
        }
        return text;
    }
}
