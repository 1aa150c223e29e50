package aiguillage.hub.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes fields one behind the other: big-endian numbers, texts as UTF-8 behind their length. Not for several
/// threads.
public final class ByteWriter {

    private byte[] bytes;
    private int length;

    public ByteWriter(int expected) {
        this.bytes = new byte[expected];
    }

    public ByteWriter one(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public ByteWriter number(long value) {
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(length, value);
        length += Long.BYTES;
        return this;
    }

    public ByteWriter size(int value) {
        room(Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(length, value);
        length += Integer.BYTES;
        return this;
    }

    public ByteWriter time(Instant time) {
        return number(time.toEpochMilli());
    }

    /// Bytes whose number the reader knows.
    public ByteWriter fixed(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /// Bytes behind their length; null is kept apart from empty.
    public ByteWriter bytes(byte @Nullable [] value) {
        if (value == null) {
            return size(-1);
        }
        return size(value.length).fixed(value);
    }

    public ByteWriter text(@Nullable String value) {
        return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] done() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
