package aiguillage.gateway.testing;

import java.io.InputStream;
import java.nio.ByteBuffer;

/// A content of any size that nobody has to keep: the numbers from 0, eight bytes each, so that no part of it is like
/// another.
public final class Numbers extends InputStream {

    private final long bytes;
    private long at;

    private Numbers(long bytes, long from) {
        this.bytes = bytes;
        this.at = from;
    }

    /// @param bytes of the whole
    /// @param from how many of them to leave out
    public static InputStream of(long bytes, long from) {
        return new Numbers(bytes, from);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int count = (int) Math.min(length, bytes - at);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        int skipped = (int) (at % Long.BYTES);
        ByteBuffer numbers = ByteBuffer.allocate((skipped + count + Long.BYTES) / Long.BYTES * Long.BYTES);
        for (long number = at / Long.BYTES; numbers.remaining() >= Long.BYTES; number++) {
            numbers.putLong(number);
        }
        numbers.get(skipped, into, offset, count);
        at += count;
        return count;
    }
}
