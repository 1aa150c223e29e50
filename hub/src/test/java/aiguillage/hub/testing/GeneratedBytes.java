package aiguillage.hub.testing;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// Bytes that need no file: any part of one endless sequence that does not repeat and cannot be compressed. Not for
/// several threads.
public final class GeneratedBytes extends InputStream {

    private static final int BLOCK_BYTES = 64 << 10;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] block = new byte[BLOCK_BYTES];
    private final long end;
    private long at;
    private long made = -1;

    /// The bytes from one place in the sequence up to another.
    public GeneratedBytes(long from, long to) {
        this.at = from;
        this.end = to;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (at >= end) {
            return length == 0 ? 0 : -1;
        }
        make(at / BLOCK_BYTES);
        int from = (int) (at % BLOCK_BYTES);
        int count = (int) Math.min(Math.min(length, BLOCK_BYTES - from), end - at);
        System.arraycopy(block, from, into, offset, count);
        at += count;
        return count;
    }

    private void make(long number) {
        if (made == number) {
            return;
        }
        long state = (number + 1) * MIX;
        for (int i = 0; i < BLOCK_BYTES; i += Long.BYTES) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            LONGS.set(block, i, state);
        }
        made = number;
    }
}
