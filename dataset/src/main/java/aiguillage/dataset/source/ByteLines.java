package aiguillage.dataset.source;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/// Finds lines among bytes, in constant memory. Lines end with LF or CR LF. Not for several threads.
final class ByteLines implements Closeable {

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int begin;
    private int end;
    private int filled;
    private int next;
    private long number;
    private boolean ascii;
    private boolean ended;

    /// @param in closed with this
    ByteLines(InputStream in) {
        this.in = in;
    }

    /// Goes to the next line; false behind the last.
    ///
    /// @throws BadLine when it has more than [Lines#BYTES_MAX] bytes, or the file was cut off
    boolean next() throws IOException {
        begin = next;
        ascii = true;
        int at = endWithin(begin);
        boolean more = true;
        while (at == filled && more) {
            int length = at - begin;
            more = fill();
            at = endWithin(begin + length);
        }
        ended = at < filled;
        next = ended ? at + 1 : at;
        if (at == begin && !ended) {
            return false;
        }
        number++;
        end = at > begin && buffer[at - 1] == '\r' ? at - 1 : at;
        return true;
    }

    /// Where the line ends that goes on here, or where the buffer does.
    private int endWithin(int from) {
        byte[] bytes = buffer;
        int to = filled;
        int least = 1;
        int at = from;
        while (at < to && bytes[at] != '\n') {
            least = Math.min(least, bytes[at]);
            at++;
        }
        ascii &= least > 0;
        return at;
    }

    /// Reads on behind what there is of this line, which moves to the buffer's beginning; false at the end.
    private boolean fill() throws IOException {
        System.arraycopy(buffer, begin, buffer, 0, filled - begin);
        filled -= begin;
        begin = 0;
        if (filled > Lines.BYTES_MAX) {
            throw new BadLine(number + 1, "it has more than " + Lines.BYTES_MAX + " bytes: are these lines?");
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        try {
            int count = in.read(buffer, filled, buffer.length - filled);
            filled += Math.max(0, count);
            return count >= 0;
        } catch (EOFException | ZipException e) {
            throw cutOff(number + 1);
        }
    }

    static BadLine cutOff(long number) {
        return new BadLine(number, "the compressed file is damaged or was cut off here: send it again");
    }

    /// The line's number, from 1.
    long number() {
        return number;
    }

    /// Holds the line between [#begin()] and [#end()], until the next one.
    byte[] buffer() {
        return buffer;
    }

    int begin() {
        return begin;
    }

    /// Behind its last byte, and before the bytes that end it.
    int end() {
        return end;
    }

    /// Whether all its bytes are ASCII, and none is zero.
    boolean isAscii() {
        return ascii;
    }

    /// Whether it has an end, as a file's last line may not.
    boolean isEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
