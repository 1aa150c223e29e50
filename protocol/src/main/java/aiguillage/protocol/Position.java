package aiguillage.protocol;

import java.util.regex.Pattern;

/// The place of an entry in a hub's journal: counted from 1, without gaps. Entry `p` is leaf `p - 1` of the ledger.
public record Position(long value) implements Comparable<Position> {

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Position {
        if (value < 1) {
            throw new IllegalArgumentException("positions count from 1, not " + value);
        }
    }

    /// Reads a decimal number in its one form: no sign, no zeros in front, no digits of other scripts.
    ///
    /// @throws IllegalArgumentException when it is anything else, or below 1
    public static Position of(String decimal) {
        NumberFormatException why = null;
        if (DECIMAL.matcher(decimal).matches()) {
            try {
                return new Position(Long.parseLong(decimal));
            } catch (NumberFormatException e) {
                why = e;
            }
        }
        throw new IllegalArgumentException(
                "\"" + Text.shown(decimal) + "\" is not a position: write a whole number from 1", why);
    }

    /// The index of this entry's leaf in the ledger, counted from 0 (RFC 9162, 2.1).
    public long leafIndex() {
        return value - 1;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
