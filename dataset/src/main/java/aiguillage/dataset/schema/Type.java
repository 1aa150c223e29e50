package aiguillage.dataset.schema;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/// What a column's cells are. A cell has one canonical text, so that equal values are equal bytes.
public sealed interface Type {

    /// The longest text of any cell, in characters.
    int CHARS_MAX = 4_000;

    /// The canonical text of a cell.
    ///
    /// @param text not empty, no white space around it
    /// @param dialect how the file writes numbers and dates
    /// @throws IllegalArgumentException when it is not of this type; the message says why, without the text
    String canonical(String text, Dialect dialect);

    /// The name in a flows file.
    String name();

    /// Any text without control characters.
    record Text(int charsMax) implements Type {

        public Text {
            if (charsMax < 1 || charsMax > CHARS_MAX) {
                throw new IllegalArgumentException(
                        "a text has at most 1 to " + CHARS_MAX + " characters, not " + charsMax);
            }
        }

        @Override
        public String canonical(String text, Dialect dialect) {
            if (text.length() > charsMax) {
                throw new IllegalArgumentException(
                        "it has " + text.length() + " characters, at most " + charsMax + " are allowed");
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || c == 0x7f) {
                    throw new IllegalArgumentException("it has a control character");
                }
                if (Character.isSurrogate(c) && !isInPair(text, i)) { // two such texts would be the same bytes
                    throw new IllegalArgumentException("it has half of a character");
                }
            }
            return text;
        }

        private static boolean isInPair(String text, int at) {
            return Character.isLowSurrogate(text.charAt(at))
                    ? at > 0 && Character.isHighSurrogate(text.charAt(at - 1))
                    : at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }

        @Override
        public String name() {
            return "text";
        }
    }

    /// A decimal number with at most so many digits behind the point; written with exactly so many.
    record Decimal(int scale) implements Type {

        private static final int DIGITS_MAX = 18;
        private static final int SCALE_MAX = 6;

        public Decimal {
            if (scale < 0 || scale > SCALE_MAX) {
                throw new IllegalArgumentException(
                        "a decimal has 0 to " + SCALE_MAX + " digits behind the point, not " + scale);
            }
        }

        @Override
        public String canonical(String text, Dialect dialect) {
            String plain = dialect.number(text);
            int digits = 0;
            for (int i = 0; i < plain.length(); i++) {
                char c = plain.charAt(i);
                boolean sign = i == 0 && (c == '-' || c == '+');
                if (!sign && c != '.' && (c < '0' || c > '9')) {
                    throw new IllegalArgumentException("it is not a number");
                }
                digits += c >= '0' && c <= '9' ? 1 : 0;
            }
            if (digits == 0 || digits > DIGITS_MAX) {
                throw new IllegalArgumentException("it is not a number of 1 to " + DIGITS_MAX + " digits");
            }
            try {
                return new BigDecimal(plain).setScale(scale).toPlainString();
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("it is not a number", e);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("it has more than " + scale + " digits behind the point", e);
            }
        }

        @Override
        public String name() {
            return "decimal";
        }
    }

    /// A day of the calendar, canonically `2026-04-01`.
    record Date() implements Type {

        @Override
        public String canonical(String text, Dialect dialect) {
            try {
                LocalDate date = LocalDate.parse(text, dialect.dates());
                if (date.getYear() < 1900 || date.getYear() > 9999) {
                    throw new IllegalArgumentException("its year is not between 1900 and 9999");
                }
                return date.toString();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("it is not a date as in " + dialect.datePattern(), e);
            }
        }

        @Override
        public String name() {
            return "date";
        }
    }

    /// One of a list of codes.
    record Code(List<String> codes) implements Type {

        public Code {
            codes = List.copyOf(codes);
            if (codes.isEmpty()) {
                throw new IllegalArgumentException("a list of codes has at least one");
            }
        }

        @Override
        public String canonical(String text, Dialect dialect) {
            if (!codes.contains(text)) {
                throw new IllegalArgumentException("it is none of " + codes);
            }
            return text;
        }

        @Override
        public String name() {
            return "code";
        }
    }
}
