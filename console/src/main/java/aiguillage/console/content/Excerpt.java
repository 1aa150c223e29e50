package aiguillage.console.content;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The beginning of what has no form of its own here: text where it is text, else bytes in hex.
final class Excerpt {

    static final int BYTES_MAX = 16 << 10;

    private static final int HEX_BYTES_MAX = 2 << 10;
    private static final int LINE_BYTES = 16;

    private Excerpt() {}

    /// @param beginning one byte more than [#BYTES_MAX] when there is more
    static Shown of(byte[] beginning) {
        int length = Math.min(beginning.length, BYTES_MAX);
        boolean isWhole = beginning.length <= BYTES_MAX;
        String text = utf8(beginning, length);
        if (text != null && isPrinted(text)) {
            return new Shown.Text(text, isWhole);
        }
        String latin = new String(beginning, 0, length, StandardCharsets.ISO_8859_1);
        return isPrinted(latin) ? new Shown.Text(latin, isWhole) : hex(beginning);
    }

    /// In UTF-8 where it is that, else in ISO 8859-1, in which anything can be read.
    static String decoded(byte[] bytes, int length) {
        String text = utf8(bytes, length);
        String read = text == null ? new String(bytes, 0, length, StandardCharsets.ISO_8859_1) : text;
        return read.startsWith("\uFEFF") ? read.substring(1) : read;
    }

    /// Null when it is no UTF-8; a character that is cut at the end is left out.
    private static @Nullable String utf8(byte[] bytes, int length) {
        var out = CharBuffer.allocate(length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, 0, length), out, bytes.length == length);
        return result.isError() ? null : out.flip().toString();
    }

    private static boolean isPrinted(String text) {
        return text.chars().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c));
    }

    private static Shown hex(byte[] bytes) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        List<String> lines = new ArrayList<>();
        int length = Math.min(bytes.length, HEX_BYTES_MAX);
        for (int from = 0; from < length; from += LINE_BYTES) {
            int to = Math.min(length, from + LINE_BYTES);
            var text = new StringBuilder();
            for (int i = from; i < to; i++) {
                text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            lines.add(String.format(Locale.ROOT, "%06x  %-47s  %s", from, hex.formatHex(bytes, from, to), text));
        }
        return new Shown.Hex(lines, bytes.length <= HEX_BYTES_MAX);
    }
}
