package aiguillage.protocol.proof;

import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// One entry's leaf: the statement, and what keeps the rest of the entry secret yet bound. See the package's page
/// for the bytes.
///
/// @param salt [#SALT_BYTES] random bytes
/// @param remainder the salted hash of what the statement does not tell; 32 bytes
public record Leaf(Statement statement, byte[] salt, byte[] remainder) {

    public static final int SALT_BYTES = 16;

    public Leaf {
        if (salt.length != SALT_BYTES || remainder.length != Hash.BYTES) {
            throw new IllegalArgumentException("a leaf has a salt of 16 bytes and a remainder of 32, not " + salt.length
                    + " and " + remainder.length);
        }
    }

    /// @param salts 32 random bytes, kept with the entry: the first half is disclosed in receipts, the second never
    /// @param rest the bytes of the entry which the statement does not tell
    public static Leaf of(Statement statement, byte[] salts, byte[] rest) {
        var salt = new byte[SALT_BYTES];
        System.arraycopy(salts, 0, salt, 0, SALT_BYTES);
        MessageDigest sha256 = Digest.sha256();
        sha256.update(salts, SALT_BYTES, SALT_BYTES);
        return new Leaf(statement, salt, sha256.digest(rest));
    }

    /// The leaf's hash in the ledger.
    public byte[] hash() {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 0);
        sha256.update(salt);
        sha256.update(remainder);
        return sha256.digest(statement.text().getBytes(StandardCharsets.UTF_8));
    }
}
