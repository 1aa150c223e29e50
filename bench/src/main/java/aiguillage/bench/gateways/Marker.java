package aiguillage.bench.gateways;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Finds a line in bytes that come in parts. The line's first byte must not come again before its end.
final class Marker {

    private final byte[] line;

    Marker(String line) {
        this.line = ("\n" + line + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Passes over bytes.
    ///
    /// @param matched what this gave for the bytes before; 0 at first
    /// @return how much of the line was matched at their end, and in the upper half how often all of it was
    long pass(ByteBuffer bytes, int matched) {
        long found = 0;
        int at = matched;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            byte b = bytes.get(i);
            at = b == line[at] ? at + 1 : b == '\n' ? 1 : 0;
            if (at == line.length) {
                found++;
                at = 1; // its last byte may be another's first
            }
        }
        return found << 32 | at;
    }
}
