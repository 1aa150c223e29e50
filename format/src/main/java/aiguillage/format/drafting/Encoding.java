package aiguillage.format.drafting;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The encoding of a sample, as its bytes suggest.
///
/// @param name at IANA
/// @param hasMark whether it begins with the byte order mark of UTF-8
record Encoding(String name, boolean hasMark) {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int EBCDIC_BLANK = 0x40;
    private static final int EBCDIC_ZERO = 0xF0;
    private static final int EBCDIC_NINE = 0xF9;

    static Encoding of(byte[] sample) {
        boolean hasMark =
                sample.length >= MARK.length && sample[0] == MARK[0] && sample[1] == MARK[1] && sample[2] == MARK[2];
        if (hasMark || isUtf8(sample)) {
            return new Encoding("UTF-8", hasMark);
        }
        if (isEbcdic(sample)) {
            return new Encoding("IBM037", false);
        }
        for (byte one : sample) {
            if ((one & 0xFF) >= 0x80 && (one & 0xFF) < 0xA0) { // control characters in ISO-8859-1
                return new Encoding("windows-1252", false);
            }
        }
        return new Encoding("ISO-8859-1", false);
    }

    private static boolean isUtf8(byte[] sample) {
        int whole = sample.length;
        while (whole > 0 && whole > sample.length - 4 && sample[whole - 1] < 0) {
            whole--; // the sample may be cut within a character
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample, 0, whole));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// Blanks and digits of EBCDIC are most of a record, and there is no line feed of ASCII.
    private static boolean isEbcdic(byte[] sample) {
        long typical = 0;
        for (byte one : sample) {
            int value = one & 0xFF;
            typical += value == EBCDIC_BLANK
                            || (value >= 0xC1 && value <= 0xE9)
                            || (value >= EBCDIC_ZERO && value <= EBCDIC_NINE)
                    ? 1
                    : 0;
        }
        return typical * 2 > sample.length;
    }

    String text(byte[] sample) {
        int from = hasMark ? MARK.length : 0;
        return new String(sample, from, sample.length - from, Charset.forName(name));
    }
}
