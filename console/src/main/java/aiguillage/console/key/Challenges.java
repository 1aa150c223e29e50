package aiguillage.console.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What keys are to sign: random, and sealed with what it is for and how long it holds. So nothing is kept of one
/// until it was answered rightly, and strangers who ask for many fill nothing. Safe from any thread.
final class Challenges {

    /// Answered and not yet too old.
    static final int USED_MAX = 10_000;

    private static final String SEAL = "HmacSHA256";
    private static final int RANDOM_BYTES = 16;
    private static final int SEAL_BYTES = 32;
    private static final int BYTES = RANDOM_BYTES + Long.BYTES + SEAL_BYTES;

    private final SecureRandom random;
    private final InstantSource clock;
    private final SecretKeySpec key;
    private final Map<String, Instant> used = new HashMap<>();

    Challenges(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
        byte[] secret = new byte[SEAL_BYTES];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, SEAL);
    }

    /// @param purpose what exactly it is for: the answer to it is good for nothing else
    byte[] make(Ceremony ceremony, String purpose) {
        byte[] fresh = new byte[RANDOM_BYTES];
        random.nextBytes(fresh);
        long until = clock.instant().plus(ceremony.holds()).toEpochMilli();
        byte[] open = ByteBuffer.allocate(RANDOM_BYTES + Long.BYTES)
                .put(fresh)
                .putLong(until)
                .array();
        return ByteBuffer.allocate(BYTES)
                .put(open)
                .put(seal(open, ceremony, purpose))
                .array();
    }

    private byte[] seal(byte[] open, Ceremony ceremony, String purpose) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(key);
            mac.update(open);
            mac.update((ceremony.name() + ' ' + purpose).getBytes(StandardCharsets.UTF_8));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + SEAL, e);
        }
    }

    /// @throws KeyRefused when it was not made here for this, is too old, or was used
    synchronized void require(byte[] challenge, Ceremony ceremony, String purpose) throws KeyRefused {
        if (challenge.length != BYTES) {
            throw new KeyRefused(KeyRefused.Fault.WRONG, "The challenge was not made here.");
        }
        byte[] open = Arrays.copyOf(challenge, RANDOM_BYTES + Long.BYTES);
        byte[] seal = Arrays.copyOfRange(challenge, open.length, BYTES);
        if (!MessageDigest.isEqual(seal, seal(open, ceremony, purpose))) {
            throw new KeyRefused(KeyRefused.Fault.WRONG, "The challenge was made for something else.");
        }
        if (!clock.instant().isBefore(until(challenge))) {
            throw new KeyRefused(KeyRefused.Fault.STALE, "The challenge is too old.");
        }
        if (used.containsKey(name(challenge))) {
            throw new KeyRefused(KeyRefused.Fault.STALE, "The challenge was answered before.");
        }
    }

    /// Makes sure that it holds for nobody any more.
    ///
    /// @throws KeyRefused when somebody else was faster, or too many were used
    synchronized void spend(byte[] challenge) throws KeyRefused {
        if (used.size() >= USED_MAX) {
            Instant now = clock.instant();
            used.values().removeIf(until -> !now.isBefore(until));
            if (used.size() >= USED_MAX) {
                throw new KeyRefused(KeyRefused.Fault.CROWDED, "Too many challenges were answered at once.");
            }
        }
        if (used.putIfAbsent(name(challenge), until(challenge)) != null) {
            throw new KeyRefused(KeyRefused.Fault.STALE, "The challenge was answered before.");
        }
    }

    private static Instant until(byte[] challenge) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(challenge).getLong(RANDOM_BYTES));
    }

    private static String name(byte[] challenge) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(challenge, RANDOM_BYTES));
    }
}
