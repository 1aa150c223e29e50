package aiguillage.dataset.mark;

import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/// An amount as anybody may write it: `1,234.50`, `1.234,5`, `EUR 1 234,50`, `1'234.50 CHF`.
final class Amount {

    /// A currency's sign or code before or behind, or both, and blanks.
    private static final Pattern AROUND = Pattern.compile(
            "^(?:\\p{L}{1,3}\\b)?[\\p{Sc}+\\s]*|[\\p{Sc}\\s]*(?:\\b\\p{L}{1,3})?$|[\\s'’\\u00a0\\u202f]");

    private static final Pattern DIGITS = Pattern.compile("\\d[\\d.,]*");
    private static final Pattern WITH_FRACTION =
            Pattern.compile("[\\p{Sc}\\s]*\\d{1,3}(?:[.,'’\\s]?\\d{3})*[.,]\\d{1,2}[\\p{Sc}\\s]*");
    private static final Pattern GROUPED = Pattern.compile("\\d+|\\d{1,3}(?:\\.\\d{3})+|\\d{1,3}(?:,\\d{3})+");
    private static final int CHARS_MAX = 40;
    private static final int DIGITS_MAX = 18;

    private Amount() {}

    /// Whether it is written like an amount with cents, and so will be no key.
    static boolean hasCents(String cell) {
        return cell.length() <= CHARS_MAX && WITH_FRACTION.matcher(cell).matches();
    }

    /// Gives each amount that may be meant: `1.234` may be two.
    ///
    /// @param scale with so many digits behind the point it is a whole number
    static void each(String cell, int scale, LongConsumer taker) {
        if (cell.length() > CHARS_MAX) {
            return;
        }
        String bare = AROUND.matcher(cell).replaceAll("");
        if (!DIGITS.matcher(bare).matches()) {
            return;
        }
        int last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
        if (last < 0) {
            take(bare, "", scale, taker);
            return;
        }
        boolean alone = bare.indexOf(bare.charAt(last)) == last;
        boolean oneKind = bare.indexOf(bare.charAt(last) == '.' ? ',' : '.') < 0;
        if (alone) {
            take(bare.substring(0, last), bare.substring(last + 1), scale, taker);
        }
        if (oneKind && bare.length() - last - 1 == 3) {
            take(bare, "", scale, taker);
        }
    }

    private static void take(String whole, String fraction, int scale, LongConsumer taker) {
        int end = fraction.length();
        while (end > 0 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        String digits = whole.replace(".", "").replace(",", "");
        if (end <= scale
                && digits.length() + scale <= DIGITS_MAX
                && GROUPED.matcher(whole).matches()) {
            String behind = fraction.substring(0, end) + "0".repeat(scale - end);
            taker.accept(Long.parseLong(digits + behind));
        }
    }
}
