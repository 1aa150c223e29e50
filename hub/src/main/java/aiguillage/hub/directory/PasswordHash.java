package aiguillage.hub.directory;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password that a party may come with at doors of files, as PBKDF2 with HMAC-SHA-256 (RFC 8018, 5.2) makes
/// it slow to guess: `pbkdf2-sha256:<rounds>:<salt>:<hash>`, both in base64url.
///
/// @param salt in base64url, 16 bytes
/// @param hash in base64url, 32 bytes
public record PasswordHash(int rounds, String salt, String hash) {

    /// What new ones have, and all have at least.
    public static final int ROUNDS = 600_000;

    private static final int ROUNDS_MAX = 2_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("pbkdf2-sha256:([1-9][0-9]{5,6}):([A-Za-z0-9_-]{22}):([A-Za-z0-9_-]{43})");

    public PasswordHash {
        if (rounds < ROUNDS || rounds > ROUNDS_MAX) {
            throw new IllegalArgumentException("a password's hash has " + ROUNDS + " to " + ROUNDS_MAX + " rounds, not "
                    + rounds + ": make it with `aiguillage party password`");
        }
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException when it is anything else; the message does not repeat it, since it
    ///     may be the password itself
    public static PasswordHash of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("this is no password's hash: never write the password itself, but the"
                    + " line that `aiguillage party password` prints");
        }
        return new PasswordHash(Integer.parseInt(form.group(1)), form.group(2), form.group(3));
    }

    /// Takes a fifth of a second or so of a processor.
    public static PasswordHash make(String password, RandomGenerator random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return new PasswordHash(
                ROUNDS, encoder.encodeToString(salt), encoder.encodeToString(derived(password, salt, ROUNDS)));
    }

    /// Whether it is of this password. As slow as making it.
    public boolean matches(String password) {
        Base64.Decoder decoder = Base64.getUrlDecoder();
        return MessageDigest.isEqual(decoder.decode(hash), derived(password, decoder.decode(salt), rounds));
    }

    private static byte[] derived(String password, byte[] salt, int rounds) {
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BYTES * Byte.SIZE);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has PBKDF2 with HMAC-SHA-256", e);
        }
    }

    /// The written form, which [#of] reads back; for the flows file alone.
    public String text() {
        return "pbkdf2-sha256:" + rounds + ":" + salt + ":" + hash;
    }

    /// Nothing to guess by: it may stand in a log.
    @Override
    public String toString() {
        return "pbkdf2-sha256:" + rounds + ":…";
    }
}
