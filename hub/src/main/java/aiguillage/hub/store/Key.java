package aiguillage.hub.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a key part by part; see [Table] for the forms. Not for several threads.
public final class Key {

    private byte[] bytes = new byte[64];
    private int length;

    private Key() {}

    /// The key of a single number.
    public static byte[] of(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    public static Key text(String text) {
        return new Key().then(text);
    }

    public static Key number(long number) {
        return new Key().then(number);
    }

    /// Adds a text and the zero byte that ends it.
    ///
    /// @param text without zero characters: names and ids have none
    public Key then(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length + 1);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length + 1;
        bytes[length - 1] = 0;
        return this;
    }

    public Key then(long number) {
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(length, number);
        length += Long.BYTES;
        return this;
    }

    public Key then(byte one) {
        room(1);
        bytes[length++] = one;
        return this;
    }

    public byte[] done() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /// The smallest key behind every key that begins with `prefix`; the prefix's last byte is below 0xff, as in
    /// texts.
    public static byte[] behind(byte[] prefix) {
        byte[] behind = prefix.clone();
        behind[behind.length - 1]++;
        return behind;
    }

    /// The text that begins at `offset`, up to its zero byte.
    public static String textAt(byte[] key, int offset) {
        int end = offset;
        while (key[end] != 0) {
            end++;
        }
        return new String(key, offset, end - offset, StandardCharsets.UTF_8);
    }

    /// The number in the key's last 8 bytes.
    public static long lastNumber(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }
}
