package aiguillage.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The answer that is coming in on one connection. Reads only what our server writes: a status line, header
/// lines, a body of known length. Not for several threads.
final class Answer {

    private static final int BYTES_MAX = 64 << 10;
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    final byte[] bytes = new byte[BYTES_MAX];
    private int length;
    private int bodyBegin;
    private int end;

    void clear() {
        length = 0;
        bodyBegin = 0;
        end = 0;
    }

    /// Notes that bytes came.
    ///
    /// @return whether the answer is whole
    /// @throws IOException when it is no answer, or more came than one
    boolean grew(int count) throws IOException {
        length += count;
        if (bodyBegin == 0) {
            int head = find(HEAD_END);
            if (head < 0) {
                return false;
            }
            bodyBegin = head + HEAD_END.length;
            end = bodyBegin + contentLength();
        }
        if (length > end) {
            throw new IOException("more bytes came than the answer has: " + length + " of " + end);
        }
        return length == end;
    }

    int status() {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    byte[] body() {
        return Arrays.copyOfRange(bytes, bodyBegin, end);
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private int contentLength() throws IOException {
        int at = find(LENGTH);
        if (at < 0 || at >= bodyBegin) {
            if (status() == 204) {
                return 0;
            }
            throw new IOException("the answer does not tell its length: " + text());
        }
        int value = 0;
        for (int i = at + LENGTH.length; bytes[i] != '\r'; i++) {
            value = bytes[i] == ' ' ? value : 10 * value + bytes[i] - '0';
        }
        return value;
    }

    private int find(byte[] wanted) {
        for (int i = 0; i <= length - wanted.length; i++) {
            int matched = 0;
            while (matched < wanted.length && lower(bytes[i + matched]) == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
