package aiguillage.hub.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// A value as it is stored: followed by the CRC-32C of table, key and value. A record that was damaged, or that
/// came to stand under another key, is recognised.
public final class Checked {

    private Checked() {}

    /// The value with its checksum behind it.
    public static byte[] wrap(Table table, byte[] key, byte[] value) {
        byte[] stored = Arrays.copyOf(value, value.length + Integer.BYTES);
        ByteBuffer.wrap(stored).putInt(value.length, checksum(table, key, value, value.length));
        return stored;
    }

    /// The value without its checksum.
    ///
    /// @throws CorruptRecord when the checksum does not fit
    public static byte[] unwrap(Table table, byte[] key, byte[] stored) {
        int length = stored.length - Integer.BYTES;
        if (length < 0) {
            throw new CorruptRecord(table, key, "it has " + stored.length + " bytes, too few for its checksum");
        }
        int expected = ByteBuffer.wrap(stored).getInt(length);
        int actual = checksum(table, key, stored, length);
        if (actual != expected) {
            throw new CorruptRecord(
                    table,
                    key,
                    "its checksum is " + Integer.toHexString(actual) + ", not " + Integer.toHexString(expected));
        }
        return Arrays.copyOf(stored, length);
    }

    private static int checksum(Table table, byte[] key, byte[] value, int length) {
        var crc = new CRC32C();
        crc.update(table.number());
        crc.update(key);
        crc.update(value, 0, length);
        return (int) crc.getValue();
    }
}
