package aiguillage.dataset.publish;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sees whether the bytes of one column's cells are canonical as they stand, or nearly so. Takes no cell that
/// [Cell] would not take, and gives the same text. Not for several threads.
final class PlainCell {

    private static final int DIGITS_MAX = 17;

    private final Type type;
    private final Cell cell;
    private final char point;
    private final boolean hasLeast;
    private final long least;
    private final List<byte[]> codes;

    /// What a date was taken from last, and what it is: most lines have the same one.
    private byte[] date = new byte[0];

    private byte @Nullable [] day;

    private byte[] text = new byte[0];
    private int begin;
    private int end;

    /// @param hasLeast whether amounts have a least one
    /// @param least that amount, in units of the last digit
    PlainCell(Column column, Dialect dialect, boolean hasLeast, long least) {
        this.type = column.type();
        this.cell = new Cell(type, dialect);
        this.point = dialect.decimalComma() ? ',' : '.';
        this.hasLeast = hasLeast;
        this.least = least;
        this.codes = type instanceof Type.Code(var all)
                ? all.stream()
                        .filter(code -> !code.isEmpty())
                        .map(code -> code.getBytes(StandardCharsets.UTF_8))
                        .toList()
                : List.of();
    }

    /// Takes a cell; false when its text must be looked at, be it sound or not.
    ///
    /// @param from it is not empty, and its first byte is no space
    boolean take(byte[] bytes, int from, int to) {
        text = bytes;
        begin = from;
        end = to;
        return switch (type) {
            case Type.Text(int charsMax) -> to - from <= charsMax; // and so at most as many characters
            case Type.Decimal(int scale) -> isAmount(bytes, from, to, scale) && withPoint(scale);
            case Type.Code _ -> isCode(bytes, from, to);
            case Type.Date _ -> isDate(bytes, from, to);
        };
    }

    /// As [Cell] takes amounts without looking twice.
    private boolean isAmount(byte[] bytes, int from, int to, int scale) {
        int whole = scale == 0 ? to : to - scale - 1;
        if (whole <= from || to - from > DIGITS_MAX || (whole > from + 1 && bytes[from] == '0')) {
            return false;
        }
        long units = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (i == whole) {
                if (b != point) {
                    return false;
                }
            } else if (b < '0' || b > '9') {
                return false;
            } else {
                units = 10 * units + (b - '0');
            }
        }
        return !hasLeast || units >= least;
    }

    private boolean withPoint(int scale) {
        if (point != '.' && scale > 0) {
            byte[] amount = Arrays.copyOfRange(text, begin, end);
            amount[amount.length - scale - 1] = '.';
            is(amount);
        }
        return true;
    }

    private void is(byte[] canonical) {
        text = canonical;
        begin = 0;
        end = canonical.length;
    }

    private boolean isCode(byte[] bytes, int from, int to) {
        for (byte[] code : codes) {
            if (code.length == to - from
                    && code[0] == bytes[from]
                    && Arrays.equals(bytes, from, to, code, 0, code.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isDate(byte[] bytes, int from, int to) {
        if (!Arrays.equals(bytes, from, to, date, 0, date.length)) {
            date = Arrays.copyOfRange(bytes, from, to);
            try {
                day = cell.canonical(new String(date, StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
            } catch (IllegalArgumentException e) {
                day = null; // whoever reads the line says what is wrong with it
            }
        }
        byte[] known = day;
        if (known != null) {
            is(known);
        }
        return known != null;
    }

    /// Holds the canonical text of the cell taken last, in UTF-8, between [#begin()] and [#end()]. The same
    /// array is the same day.
    byte[] text() {
        return text;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }
}
