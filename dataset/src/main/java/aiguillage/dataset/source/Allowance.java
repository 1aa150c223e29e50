package aiguillage.dataset.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes for a parser that must not read more than so many of them at a time: what it holds in memory between
/// two of its events, such as a comment or an attribute, has no other bound.
final class Allowance extends FilterInputStream {

    private final int bytesMax;
    private int left;
    private long row;

    Allowance(InputStream in, int bytesMax) {
        super(in);
        this.bytesMax = bytesMax;
        this.left = bytesMax;
    }

    /// The parser has come to an event.
    ///
    /// @param row the number of the row that is being read
    void renew(long row) {
        this.left = bytesMax;
        this.row = row;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        spend(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        spend(Math.max(0, count));
        return count;
    }

    private void spend(int count) throws BadLine {
        left -= count;
        if (left < 0) {
            throw new BadLine(row, "a single text, comment or attribute has more than " + bytesMax + " bytes");
        }
    }
}
