package aiguillage.hub.directory;

import aiguillage.config.Quoted;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/// A public key by which a party is known at the SFTP door, as in an `authorized_keys` file: type and base64,
/// without options; a comment behind them is passed over.
///
/// @param type as in `ssh-ed25519`
/// @param base64 of the key's bytes, which begin with the type once more (RFC 4253, 6.6)
public record SshKey(String type, String base64) {

    /// The fields that a key of each type has behind its type's name.
    private static final Map<String, Integer> FIELDS = Map.of(
            "ssh-ed25519", 1,
            "ecdsa-sha2-nistp256", 2,
            "ecdsa-sha2-nistp384", 2,
            "ecdsa-sha2-nistp521", 2,
            "ssh-rsa", 2);

    private static final Pattern SPACES = Pattern.compile("[ \\t]+");
    private static final int TEXT_CHARS_MAX = 4_096;
    private static final int RSA_BITS_MIN = 2_048;
    private static final int RSA_BITS_MAX = 8_192;
    private static final int ED25519_BYTES = 32;

    public SshKey {
        requireKey(type, base64);
    }

    /// Reads one line of an `authorized_keys` file.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static SshKey of(String line) {
        String[] parts = SPACES.split(line.strip(), 3);
        if (line.length() > TEXT_CHARS_MAX || parts.length < 2) {
            throw no(line, "it has no type and key");
        }
        return new SshKey(parts[0], parts[1]);
    }

    private static void requireKey(String type, String base64) {
        Integer fields = FIELDS.get(type);
        if (fields == null) {
            throw no(type + " " + base64, "its type is none of ssh-ed25519, ecdsa-sha2-nistp256, -384, -521, ssh-rsa");
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw no(type + " " + base64, "what stands behind its type is no base64");
        }
        try {
            if (!new String(field(bytes), StandardCharsets.US_ASCII).equals(type)) {
                throw no(type + " " + base64, "its bytes are a key of another type");
            }
            for (int i = 0; i < fields; i++) {
                requireStrong(type, base64, i, field(bytes));
            }
        } catch (BufferUnderflowException e) {
            throw no(type + " " + base64, "its end is missing");
        }
        if (bytes.hasRemaining()) {
            throw no(type + " " + base64, "something stands behind its end");
        }
    }

    private static byte[] field(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        var field = new byte[length];
        bytes.get(field);
        return field;
    }

    /// Of the fields only RSA's second, the modulus, and the one of Ed25519 have lengths to be checked.
    private static void requireStrong(String type, String base64, int field, byte[] bytes) {
        if (type.equals("ssh-ed25519") && bytes.length != ED25519_BYTES) {
            throw no(type + " " + base64, "a key of this type has 32 bytes");
        }
        if (type.equals("ssh-rsa") && field == 1) {
            int bits = bytes.length == 0 ? 0 : new BigInteger(bytes).bitLength();
            if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
                throw no(
                        type + " " + base64,
                        "it has " + bits + " bits, and " + RSA_BITS_MIN + " to " + RSA_BITS_MAX + " are taken");
            }
        }
    }

    private static IllegalArgumentException no(String text, String why) {
        return new IllegalArgumentException(Quoted.of(text) + " is no SSH public key that is taken, since " + why
                + ": write the line of the .pub file that ssh-keygen makes, as in ssh-ed25519 AAAA…");
    }

    /// The key's bytes.
    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public String toString() {
        return type + " " + base64;
    }
}
