package aiguillage.dataset.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Makes text of bytes, and finds out when they are in another encoding than the declared one. Not for several
/// threads.
///
/// Bytes that are none of the encoding's characters give that away at once. UTF-8 read as windows-1252 does
/// not: it gives `Ã‰` for `É`, two good letters. But only such text, written in windows-1252 again, is good
/// UTF-8; when all lines with letters beyond ASCII are, chance is out of the question.
final class Characters {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final String OTHER_ENCODING = ": is the file in another encoding?";

    private final Charset charset;
    private final CharsetDecoder decoder;
    private final CharsetDecoder utf8 = strict(StandardCharsets.UTF_8);
    private final CharsetEncoder windows = Charset.forName("windows-1252").newEncoder();
    private @Nullable String fault;

    /// How many lines with letters beyond ASCII are UTF-8 that was read as something else; -1 once one is not.
    private long twice;

    Characters(Charset charset) {
        this.charset = charset;
        this.decoder = strict(charset);
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /// The text of a line. When anything is wrong with it, [#fault()] says what.
    ///
    /// @throws BadLine when the file begins like one in another encoding
    String of(ByteLines line) throws BadLine {
        fault = null;
        byte[] bytes = line.buffer();
        int begin = line.begin();
        int length = line.end() - begin;
        if (line.isAscii()) {
            return new String(bytes, begin, length, StandardCharsets.ISO_8859_1); // the fastest way for ASCII
        }
        int mark = line.number() == 1 ? mark(bytes, begin, length) : 0;
        try {
            String text = decoder.decode(ByteBuffer.wrap(bytes, begin + mark, length - mark))
                    .toString();
            fault = fault(text);
            return text;
        } catch (CharacterCodingException e) {
            fault = "it holds bytes that are no characters in " + charset + OTHER_ENCODING;
            return new String(bytes, begin, length, charset);
        }
    }

    /// The length of the byte order mark at the beginning of the file.
    private int mark(byte[] bytes, int begin, int length) throws BadLine {
        int first = length < 2 ? 0 : ((bytes[begin] & 0xff) << 8) | (bytes[begin + 1] & 0xff);
        if (first == 0xfeff || first == 0xfffe) {
            throw new BadLine(1, "the file begins like one in UTF-16: publish it in " + charset);
        }
        int mark = BYTE_ORDER_MARK.length;
        for (int i = 0; i < mark; i++) {
            if (length < mark || bytes[begin + i] != BYTE_ORDER_MARK[i]) {
                return 0;
            }
        }
        if (!charset.equals(StandardCharsets.UTF_8)) {
            throw new BadLine(1, "the file begins with the mark of UTF-8, and " + charset + " is declared");
        }
        return mark;
    }

    private @Nullable String fault(String text) {
        boolean beyond = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "it holds zero bytes: is the file in UTF-16?";
            }
            if (c == '\ufffd') {
                return "it holds U+FFFD, which stands for a character that was lost before the file came here";
            }
            if (c >= 0x80 && c < 0xa0) {
                return "it holds control characters (U+0080 to U+009F)" + OTHER_ENCODING;
            }
            beyond |= c >= 0xa0;
        }
        if (beyond && twice >= 0) {
            twice = isUtf8Again(text) ? twice + 1 : -1;
        }
        return null;
    }

    private boolean isUtf8Again(String text) {
        try {
            utf8.decode(windows.encode(CharBuffer.wrap(text)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// Whether a line has shown that the bytes are not another encoding's.
    boolean areAsDeclared() {
        return twice < 0;
    }

    /// What is wrong with the last line, or null.
    @Nullable
    String fault() {
        return fault;
    }

    /// What is wrong with all lines so far, or null.
    @Nullable
    String faultOfAll() {
        return twice <= 0
                ? null
                : (twice == 1 ? "the only line" : "all " + twice + " lines") + " with letters beyond ASCII "
                        + (twice == 1 ? "is" : "are") + " UTF-8 that was read as windows-1252: "
                        + (charset.equals(StandardCharsets.UTF_8)
                                ? "the file was converted to UTF-8 twice"
                                : "declare UTF-8, and not " + charset);
    }
}
