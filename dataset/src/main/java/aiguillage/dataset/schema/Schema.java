package aiguillage.dataset.schema;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the rows of a dataset are made of.
///
/// @param columns in the order of the file that publishes it
/// @param from the name of the column with the first day on which a row holds, or null when rows always hold
/// @param to the name of the column with the last day on which a row holds, or null when rows have no end
/// @param zone where those days begin and end
public record Schema(
        List<Column> columns,
        @Nullable String from,
        @Nullable String to,
        ZoneId zone) {

    public static final int COLUMNS_MAX = 64;

    public Schema {
        columns = List.copyOf(columns);
        if (columns.size() > COLUMNS_MAX) {
            throw new IllegalArgumentException(
                    "a dataset has at most " + COLUMNS_MAX + " columns, not " + columns.size());
        }
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns are called " + column.name());
            }
        }
        if (columns.stream().noneMatch(Column::key)) {
            throw new IllegalArgumentException(
                    "a dataset needs a key: mark the columns that name a row with key: true");
        }
        if (from != null && from.equals(to)) {
            throw new IllegalArgumentException("from and to both name the column " + from + ": they need one each");
        }
        requireDate(columns, from, "from");
        requireDate(columns, to, "to");
    }

    private static void requireDate(List<Column> columns, @Nullable String name, String what) {
        if (name == null) {
            return;
        }
        Column column = columns.stream()
                .filter(one -> one.name().equals(name))
                .findAny()
                .orElseThrow(() ->
                        new IllegalArgumentException(what + " names the column " + name + ", which is not there"));
        if (!(column.type() instanceof Type.Date) || column.key()) {
            throw new IllegalArgumentException(what + " names the column " + name + ": it must be a date and no key");
        }
    }

    /// The columns that make the key, in order.
    public List<Column> keys() {
        return columns.stream().filter(Column::key).toList();
    }

    /// How many columns make the key.
    public int keyCells() {
        int count = 0;
        for (Column column : columns) {
            count += column.key() ? 1 : 0;
        }
        return count;
    }

    /// The columns that are neither key nor effective date, in order: the cells of a
    /// [aiguillage.dataset.row.Row].
    public List<Column> values() {
        List<Column> values = new ArrayList<>();
        for (Column column : columns) {
            if (!column.key() && !column.name().equals(from) && !column.name().equals(to)) {
                values.add(column);
            }
        }
        return values;
    }

    /// All of it as one line, the same for equal columns in every release: by its digest a version says what its rows
    /// are made of. Each text has its length before it, so that no two columns read as one.
    public String written() {
        var written = new StringBuilder();
        for (Column column : columns) {
            write(written, column.name());
            write(written, column.type().name());
            switch (column.type()) {
                case Type.Text(var charsMax) -> write(written, Integer.toString(charsMax));
                case Type.Decimal(var scale) -> write(written, Integer.toString(scale));
                case Type.Date() -> {}
                case Type.Code(var codes) -> codes.forEach(code -> write(written, code));
            }
            write(
                    written,
                    (column.key() ? "k" : "") + (column.required() ? "r" : "") + (column.sensitive() ? "s" : ""));
            write(written, column.language());
            write(written, column.currency());
        }
        write(written, from);
        write(written, to);
        write(written, zone.getId());
        return written.toString();
    }

    private static void write(StringBuilder written, @Nullable String text) {
        if (text == null) {
            written.append('-');
        } else {
            written.append(text.length()).append(':').append(text);
        }
    }

    /// When a row begins to hold whose first day is this.
    public Instant begin(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /// When a row ends to hold whose last day is this: the beginning of the day after, whatever hour that is on
    /// a day on which clocks change.
    public Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
