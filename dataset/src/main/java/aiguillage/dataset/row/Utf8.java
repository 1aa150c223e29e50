package aiguillage.dataset.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Whether bytes are well-formed UTF-8, so that the text they are read as is written as the same bytes again.
final class Utf8 {

    private Utf8() {}

    /// Nearly all texts are ASCII, which one pass over them shows; others are decoded and encoded.
    static boolean isWellFormed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                byte[] again =
                        new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
                return Arrays.equals(bytes, from, to, again, 0, again.length);
            }
        }
        return true;
    }
}
