package aiguillage.hub.star;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/// A stream in base64, a piece at a time.
final class Base64Text extends InputStream {

    /// A multiple of three, so that only the last piece is filled up.
    private static final int PIECE_BYTES = 3 << 12;

    private final InputStream in;
    private byte[] piece = new byte[0];
    private int next;

    Base64Text(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[next++] : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, into, offset, count);
        next += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (next == piece.length) {
            piece = Base64.getEncoder().encode(in.readNBytes(PIECE_BYTES));
            next = 0;
        }
        return piece.length > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
