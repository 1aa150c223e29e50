package aiguillage.dataset.mark;

import java.text.Normalizer;
import java.util.Locale;

/// What is left of a cell when somebody types it again: letters and digits, whatever their case, accents, and
/// what stood between them.
final class Retyped {

    private static final int ASCII_MAX = 0x7f;

    private Retyped() {}

    /// Letters and digits, in capitals, without accents and all else.
    static String text(CharSequence cell) {
        var kept = new StringBuilder(cell.length());
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c > ASCII_MAX) {
                return textOf(Normalizer.normalize(cell, Normalizer.Form.NFKD));
            }
            if (c >= 'a' && c <= 'z') {
                kept.append((char) (c - ('a' - 'A')));
            } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static String textOf(String decomposed) {
        var kept = new StringBuilder(decomposed.length());
        decomposed.codePoints().filter(Character::isLetterOrDigit).forEach(kept::appendCodePoint);
        return kept.toString().toUpperCase(Locale.ROOT);
    }

    /// The same, and without leading zeros, which spreadsheets take from numbers. Never empty unless the cell
    /// has no letter and no digit.
    static String key(CharSequence cell) {
        String text = text(cell);
        int zeros = 0;
        while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
            zeros++;
        }
        return text.substring(zeros);
    }
}
