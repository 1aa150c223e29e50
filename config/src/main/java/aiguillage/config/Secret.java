package aiguillage.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A word that must not be seen: never printed, compared in constant time. In a file it is written as itself,
/// or as `file:<path>`, whose content without the last line end is the secret.
public final class Secret {

    /// Size of the file a secret is read from.
    static final int FILE_BYTES_MAX = 65_536;

    static final String FILE_PREFIX = "file:";

    private final String value;

    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty: write at least one character");
        }
        this.value = value;
    }

    /// The secret itself. Never put it in a message or a log.
    public String reveal() {
        return value;
    }

    /// Whether a word somebody offers is this secret; takes the same time wherever they differ.
    public boolean matches(String offered) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
