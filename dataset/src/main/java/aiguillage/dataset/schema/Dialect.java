package aiguillage.dataset.schema;

import java.nio.charset.Charset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/// How a file of lines writes its cells.
///
/// @param separator between cells, such as `;` or a tab
/// @param quoted whether cells may stand in double quotes (RFC 4180); without, a quote is a character like any
///     other
/// @param charset of the whole file; a byte order mark of UTF-8 is passed over
/// @param decimalComma whether `1 234,50` is meant, and not `1,234.50`
/// @param datePattern as in [DateTimeFormatter], with `u` for the year: `uuuu-MM-dd`
public record Dialect(char separator, boolean quoted, Charset charset, boolean decimalComma, String datePattern) {

    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final char NARROW_NO_BREAK_SPACE = '\u202f';

    public Dialect {
        var _ = formatter(datePattern);
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException("a separator is not a quote and not the end of a line");
        }
    }

    DateTimeFormatter dates() {
        return formatter(datePattern);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /// The number with a point and without separators of thousands.
    ///
    /// @throws IllegalArgumentException when the separators stand where they cannot: a comma for a point, as a
    ///     rule
    String number(String text) {
        char point = decimalComma ? ',' : '.';
        char thousands = decimalComma ? '.' : ',';
        int at = text.indexOf(point);
        String whole = at < 0 ? text : text.substring(0, at);
        String fraction = at < 0 ? "" : "." + text.substring(at + 1);
        if (at >= 0 && text.indexOf(thousands, at) >= 0) {
            throw new IllegalArgumentException(
                    "'" + thousands + "' stands behind '" + point + "': are decimals written the other way here?");
        }
        return withoutThousands(whole, thousands) + fraction;
    }

    /// `1.234` with a decimal comma is 1234; `1.23` and `1234.567` cannot be meant, and are not guessed at.
    private static String withoutThousands(String whole, char separator) {
        var plain = new StringBuilder();
        boolean separated = false;
        int group = 0;
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c == separator || c == ' ' || c == NO_BREAK_SPACE || c == NARROW_NO_BREAK_SPACE) {
                if (group == 0 || group > 3 || (separated && group < 3)) {
                    throw misplaced(c);
                }
                separated = true;
                group = 0;
            } else {
                plain.append(c);
                group += c == '+' || c == '-' ? 0 : 1;
            }
        }
        if (separated && group != 3) {
            throw misplaced(separator);
        }
        return plain.toString();
    }

    private static IllegalArgumentException misplaced(char separator) {
        return new IllegalArgumentException(
                "'" + separator
                        + "' separates thousands here, and does not stand before three digits: are decimals written the other way?");
    }
}
