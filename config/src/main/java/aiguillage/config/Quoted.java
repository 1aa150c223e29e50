package aiguillage.config;

/// Text from a file, shown inside a message: control characters and length can do no harm there.
public final class Quoted {

    private static final int CHARS_MAX = 80;

    private Quoted() {}

    /// The text in quotation marks, at most 80 characters of it.
    public static String of(String text) {
        return "\"" + harmless(text, CHARS_MAX) + "\"";
    }

    static String harmless(String text, int charsMax) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(charsMax)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || isUnseen(c) ? '?' : c));
        return text.codePointCount(0, text.length()) > charsMax
                ? shown.append('…').toString()
                : shown.toString();
    }

    /// Line separators and the marks that turn the direction of what follows.
    private static boolean isUnseen(int c) {
        int kind = Character.getType(c);
        return kind == Character.FORMAT
                || kind == Character.LINE_SEPARATOR
                || kind == Character.PARAGRAPH_SEPARATOR
                || kind == Character.SURROGATE;
    }
}
