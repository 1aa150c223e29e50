package aiguillage.hub.routing;

import aiguillage.config.Quoted;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which values of an attribute a condition takes: one, or a range of whole numbers, `2020..2026`, both ends
/// within.
///
/// A range takes a number only in its plain decimal form (`2020`, never `02020`), so whether two of these can
/// take the same value is decided exactly.
public sealed interface Match {

    boolean takes(String value);

    /// A value it takes.
    String example();

    /// A value that both take, if there is one.
    Optional<String> common(Match other);

    /// Reads the written form.
    static Match of(String text) {
        Matcher range = Range.FORM.matcher(text);
        return range.matches()
                ? new Range(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)))
                : new Exact(text);
    }

    /// One value.
    record Exact(String value) implements Match {

        public Exact {
            if (value.isEmpty() || value.contains("..")) {
                throw new IllegalArgumentException(
                        Quoted.of(value) + " is neither a value nor a range: write a range as 2020..2026");
            }
        }

        @Override
        public boolean takes(String offered) {
            return value.equals(offered);
        }

        @Override
        public String example() {
            return value;
        }

        @Override
        public Optional<String> common(Match other) {
            return other.takes(value) ? Optional.of(value) : Optional.empty();
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /// All whole numbers from one to another.
    record Range(long from, long to) implements Match {

        private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,18})\\.\\.(-?[0-9]{1,18})");
        private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

        public Range {
            if (from > to) {
                throw new IllegalArgumentException(
                        "the range " + from + ".." + to + " is empty: write " + to + ".." + from);
            }
        }

        @Override
        public boolean takes(String offered) {
            if (!NUMBER.matcher(offered).matches()) {
                return false;
            }
            long number = Long.parseLong(offered);
            return from <= number && number <= to;
        }

        @Override
        public String example() {
            return Long.toString(from);
        }

        @Override
        public Optional<String> common(Match other) {
            return switch (other) {
                case Exact exact -> exact.common(this);
                case Range(var otherFrom, var otherTo) -> {
                    long least = Math.max(from, otherFrom);
                    yield least <= Math.min(to, otherTo) ? Optional.of(Long.toString(least)) : Optional.empty();
                }
            };
        }

        @Override
        public String toString() {
            return from + ".." + to;
        }
    }
}
