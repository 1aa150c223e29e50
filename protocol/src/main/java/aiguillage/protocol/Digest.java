package aiguillage.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// A SHA-256 digest; on the wire in the form of RFC 9530, section 2: `sha-256=:<base64>:`.
public final class Digest {

    public static final int BYTES = 32;

    private static final String PREFIX = "sha-256=:";

    private static final MessageDigest UNUSED = lookUp();

    private final byte[] bytes;

    /// @param bytes exactly [#BYTES] bytes; copied
    public Digest(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /// The digest of these bytes.
    public static Digest of(byte[] content) {
        return new Digest(sha256().digest(content));
    }

    /// A new SHA-256, which every Java platform has. Copied from one that is never used, since looking up the
    /// algorithm costs more than hashing a short text.
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("every Java platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Reads the `sha-256` member of a `Content-Digest` field; members of other algorithms are passed over.
    ///
    /// @throws IllegalArgumentException when there is no well-formed `sha-256` member
    public static Digest ofHeader(String contentDigest) {
        for (String member : contentDigest.split(",", -1)) {
            String trimmed = member.strip();
            if (trimmed.startsWith(PREFIX) && trimmed.endsWith(":") && trimmed.length() > PREFIX.length()) {
                return new Digest(Base64.getDecoder().decode(trimmed.substring(PREFIX.length(), trimmed.length() - 1)));
            }
        }
        throw new IllegalArgumentException("\"" + Text.shown(contentDigest)
                + "\" has no SHA-256 digest: write sha-256=:<base64 of the 32 bytes>: (RFC 9530)");
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The form of RFC 9530: `sha-256=:<base64>:`.
    @Override
    public String toString() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes) + ":";
    }
}
