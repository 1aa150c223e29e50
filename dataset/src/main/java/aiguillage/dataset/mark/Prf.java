package aiguillage.dataset.mark;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 under one key, as a pseudo-random function: to whoever has not the key, what it gives for an
/// input that was never asked is chance. Safe from any thread.
final class Prf {

    private static final String NAME = "HmacSHA256";

    /// Never used but to be copied: looking up the algorithm costs more than a short text.
    private final Mac unused;

    Prf(byte[] key) {
        try {
            unused = Mac.getInstance(NAME);
            unused.init(new SecretKeySpec(key, NAME));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HMAC-SHA-256", e);
        }
    }

    /// What an output is for; the number stands before the input, so that no output serves two ends.
    enum Use {
        DATASET(1),
        SELECTION(2),
        SPELLING(3),
        DECOY(4),
        MAKING(5),
        RECIPIENT(6),
        FINGERPRINT(7);

        private final byte number;

        Use(int number) {
            this.number = (byte) number;
        }
    }

    /// @return 32 bytes
    byte[] of(Use use, byte[] input) {
        try {
            var mac = (Mac) unused.clone();
            mac.update(use.number);
            return mac.doFinal(input);
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("every Java platform's HMAC-SHA-256 can be copied", e);
        }
    }
}
