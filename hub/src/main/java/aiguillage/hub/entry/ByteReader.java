package aiguillage.hub.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads what a [ByteWriter] wrote. Not for several threads. Bytes that do not fit throw [IllegalStateException].
public final class ByteReader {

    private final ByteBuffer bytes;

    public ByteReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    public int one() {
        return fixed(1)[0];
    }

    public long number() {
        return ByteBuffer.wrap(fixed(Long.BYTES)).getLong();
    }

    public int size() {
        return ByteBuffer.wrap(fixed(Integer.BYTES)).getInt();
    }

    public Instant time() {
        return Instant.ofEpochMilli(number());
    }

    public byte[] fixed(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalStateException("a field of " + count + " bytes at " + bytes.position()
                    + " runs past the record's end at " + bytes.limit());
        }
        var value = new byte[count];
        bytes.get(value);
        return value;
    }

    public byte @Nullable [] bytesOrNull() {
        int count = size();
        return count == -1 ? null : fixed(count);
    }

    public @Nullable String textOrNull() {
        byte[] utf8 = bytesOrNull();
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    public String text() {
        String text = textOrNull();
        if (text == null) {
            throw new IllegalStateException("a text that must be there is missing before " + bytes.position());
        }
        return text;
    }

    /// Whether something is left to read.
    public boolean hasMore() {
        return bytes.hasRemaining();
    }

    /// Everything must have been read.
    public void end() {
        if (bytes.hasRemaining()) {
            throw new IllegalStateException(bytes.remaining() + " bytes too many behind the record");
        }
    }
}
