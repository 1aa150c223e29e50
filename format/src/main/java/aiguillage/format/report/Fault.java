package aiguillage.format.report;

/// Something in a file that is not as its description says.
///
/// @param line from 1
/// @param column of the line, from 1, in characters
/// @param where the record, and the field where it is one field: `line/quantity`
/// @param found what stands there, cut where it is long
/// @param expected what should stand there
public record Fault(int line, int column, String where, String found, String expected) {

    /// Faults of a file that are kept; further ones are counted.
    public static final int KEPT_MAX = 1_000;

    private static final int SHOWN_MAX = 80;

    public Fault {
        found = shown(found);
        where = shown(where, 4 * SHOWN_MAX);
        expected = shown(expected, 4 * SHOWN_MAX);
    }

    /// A text as it may be shown: short, without control characters and halves of characters, which no JSON can
    /// carry.
    public static String shown(String text) {
        return shown(text, SHOWN_MAX);
    }

    /// A longer text as it may be shown.
    public static String shown(String text, int charsMax) {
        String cut = text.length() > charsMax ? text.substring(0, charsMax) + "…" : text;
        var shown = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> {
            boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (Character.isISOControl(c) || !Character.isDefined(c) || isHalf) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /// In a sentence.
    public String sentence() {
        return "found \"" + found + "\", expected " + expected;
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column + ", " + where + ": " + sentence();
    }
}
