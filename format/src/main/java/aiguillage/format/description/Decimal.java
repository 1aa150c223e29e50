package aiguillage.format.description;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How numbers are written: the part of ICU's number patterns that flat files need, as `#,##0.00`, `0000`,
/// `0000V00`.
///
/// @param group digits between grouping separators; 0: none
/// @param integersMin digits before the decimal separator, filled with zeros
/// @param fractionsMin digits behind it, at least
/// @param fractionsMax digits behind it, at most
/// @param isVirtual whether the separator is not written
/// @param point the decimal separator
/// @param grouping the grouping separator
public record Decimal(
        int group, int integersMin, int fractionsMin, int fractionsMax, boolean isVirtual, char point, char grouping) {

    /// Digits of a number.
    public static final int DIGITS_MAX = 30;

    /// Reads a pattern; empty when it has what is not known here.
    public static Optional<Decimal> of(String pattern, char point, char grouping) {
        int at = Math.max(pattern.indexOf('.'), pattern.indexOf('V'));
        boolean isVirtual = pattern.indexOf('V') >= 0;
        String whole = at < 0 ? pattern : pattern.substring(0, at);
        String fraction = at < 0 ? "" : pattern.substring(at + 1);
        if (!whole.matches("#*(?:,#*)?0*(?:,[#0]*0)?|#,##0") || !fraction.matches("0*#*") || whole.isEmpty()) {
            return Optional.empty();
        }
        if (isVirtual && fraction.indexOf('#') >= 0) {
            return Optional.empty();
        }
        int comma = whole.lastIndexOf(',');
        int group = comma < 0 ? 0 : whole.length() - comma - 1;
        int zeros = (int) whole.chars().filter(c -> c == '0').count();
        int fractionsMin = (int) fraction.chars().filter(c -> c == '0').count();
        if (zeros + fraction.length() > DIGITS_MAX || zeros == 0) {
            return Optional.empty();
        }
        return Optional.of(new Decimal(group, zeros, fractionsMin, fraction.length(), isVirtual, point, grouping));
    }

    /// The number that a text is, in its one short form: `-12.5`; null when it is none.
    public @Nullable String read(String text) {
        int end = text.length();
        int at = 0;
        boolean isNegative = end > 0 && text.charAt(0) == '-';
        if (isNegative) {
            at++;
        }
        int count = 0;
        int fractions = -1;
        int sinceGroup = -1;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                if (++count > DIGITS_MAX) {
                    return null;
                }
                fractions = fractions < 0 ? -1 : fractions + 1;
                sinceGroup = sinceGroup < 0 ? -1 : sinceGroup + 1;
            } else if (c == point && !isVirtual && fractionsMax > 0 && fractions < 0 && count > 0) {
                if (sinceGroup >= 0 && sinceGroup != group) {
                    return null;
                }
                sinceGroup = -1;
                fractions = 0;
            } else if (c == grouping && group > 0 && fractions < 0 && count > 0) {
                if (sinceGroup >= 0 ? sinceGroup != group : count > group) {
                    return null;
                }
                sinceGroup = 0;
            } else {
                return null;
            }
        }
        if (count == 0 || fractions > fractionsMax || fractions == 0 || (sinceGroup >= 0 && sinceGroup != group)) {
            return null;
        }
        if (isVirtual) {
            if (count < fractionsMax) {
                return null;
            }
            fractions = fractionsMax;
        }
        if (isShortest(text, Math.max(fractions, 0))) {
            return text;
        }
        return shortest(digits(text, count), count, Math.max(fractions, 0), isNegative);
    }

    /// Whether a number stands as it will be said: most do, or nearly.
    private static boolean isShortest(String text, int fractions) {
        char first = text.charAt(0);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return fractions == 0 && (first != '0' || text.length() == 1);
    }

    private static char[] digits(String text, int count) {
        var digits = new char[count];
        int filled = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits[filled++] = c;
            }
        }
        return digits;
    }

    private static String shortest(char[] digits, int count, int fractions, boolean isNegative) {
        int whole = count - fractions;
        int from = 0;
        while (from < whole - 1 && digits[from] == '0') {
            from++;
        }
        int to = count;
        while (to > whole && digits[to - 1] == '0') {
            to--;
        }
        if (whole == 0) {
            from = 0;
        }
        boolean isZero = to <= whole && (whole == 0 || (from == whole - 1 && digits[from] == '0'));
        var text = new StringBuilder(to - from + 3);
        if (isNegative && !isZero) {
            text.append('-');
        }
        if (whole == 0) {
            text.append('0');
        } else {
            text.append(digits, from, whole - from);
        }
        if (to > whole) {
            text.append('.').append(digits, whole, to - whole);
        }
        return text.toString();
    }

    /// Writes a number of the form `-12.5`; null when it is none, or has more decimals than can be written.
    public @Nullable String write(String number) {
        boolean isNegative = number.startsWith("-");
        String bare = isNegative || number.startsWith("+") ? number.substring(1) : number;
        int at = bare.indexOf('.');
        String whole = at < 0 ? bare : bare.substring(0, at);
        String fraction = at < 0 ? "" : bare.substring(at + 1);
        if (!isDigits(whole) || !isDigits(fraction) || (whole.isEmpty() && fraction.isEmpty())) {
            return null;
        }
        int to = fraction.length();
        while (to > 0 && fraction.charAt(to - 1) == '0') {
            to--;
        }
        int from = 0;
        while (from < whole.length() && whole.charAt(from) == '0') {
            from++;
        }
        if (to > fractionsMax || whole.length() - from + fractionsMax > DIGITS_MAX) {
            return null;
        }
        var text = new StringBuilder(whole.substring(from));
        while (text.length() < integersMin) {
            text.insert(0, '0');
        }
        if (group > 0) {
            for (int i = text.length() - group; i > 0; i -= group) {
                text.insert(i, grouping);
            }
        }
        if (isNegative) {
            text.insert(0, '-');
        }
        int decimals = Math.max(to, fractionsMin);
        if (decimals > 0 && !isVirtual) {
            text.append(point);
        }
        text.append(fraction, 0, to).append("0".repeat(decimals - to));
        return text.toString();
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// What a person is told that was expected.
    public String expected() {
        String what = fractionsMax == 0 ? "a whole number" : "a number";
        if (isVirtual) {
            return what + " of digits alone, the last " + fractionsMax + " of them decimals";
        }
        String decimals = fractionsMax == 0 ? "" : " with at most " + fractionsMax + " decimals behind '" + point + "'";
        return what + decimals + (group > 0 ? ", '" + grouping + "' between thousands" : "");
    }
}
