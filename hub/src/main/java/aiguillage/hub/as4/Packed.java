package aiguillage.hub.as4;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/// A stream packed with gzip (RFC 1952) as it is read; the same bytes each time. For one thread.
final class Packed extends InputStream {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER_BYTES = 8;
    private static final int BUFFER_BYTES = 16 << 10;

    private final CRC32 crc = new CRC32();
    private final Counted counted;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final InputStream deflated;
    private InputStream now = new ByteArrayInputStream(HEADER);
    private int stage;

    /// @param plain closed with this
    Packed(InputStream plain) {
        counted = new Counted(new CheckedInputStream(plain, crc));
        deflated = new DeflaterInputStream(counted, deflater, BUFFER_BYTES);
    }

    private static final class Counted extends FilterInputStream {

        private long bytes;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            bytes += Math.max(n, 0);
            return n;
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = now.read(into, offset, length);
        while (n < 0 && stage < 2) {
            stage++;
            now = stage == 1 ? deflated : trailer();
            n = now.read(into, offset, length);
        }
        return n;
    }

    private InputStream trailer() {
        return new ByteArrayInputStream(ByteBuffer.allocate(TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt((int) counted.bytes)
                .array());
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        counted.close();
    }
}
