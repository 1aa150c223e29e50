package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Actions;
import aiguillage.dataset.source.Layout;
import aiguillage.dataset.source.Line;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks lines one by one and makes rows of them. Everything that is wrong with a line is found, not only
/// the first. Not for several threads.
final class Checker {

    private static final int DAYS_MAX = 1_000;

    private final Schema schema;
    private final Layout layout;
    private final @Nullable Actions actions;
    private final Findings findings;
    private final List<Taken> columns = new ArrayList<>();
    private final Map<String, Instant> begins = new HashMap<>();
    private final Map<String, Instant> ends = new HashMap<>();

    /// What a cell becomes.
    enum Part {
        KEY,
        FROM,
        TO,
        VALUE
    }

    /// How a column is taken.
    ///
    /// @param place of its cell in a line
    /// @param minimum the least amount, or null
    /// @param least the same in units of the column's last digit
    private record Taken(
            Column column,
            Part part,
            int place,
            Cell cell,
            @Nullable BigDecimal minimum,
            long least) {}

    /// @param actions of a delta, else null
    /// @param minimum the least that a decimal column may have
    Checker(
            Schema schema,
            Dialect dialect,
            Layout layout,
            @Nullable Actions actions,
            Map<String, BigDecimal> minimum,
            Findings findings) {
        this.schema = schema;
        this.layout = layout;
        this.actions = actions;
        this.findings = findings;
        for (int i = 0; i < schema.columns().size(); i++) {
            Column column = schema.columns().get(i);
            BigDecimal one = minimum.get(column.name());
            var cell = new Cell(column.type(), dialect);
            columns.add(new Taken(column, part(schema, column), layout.places().get(i), cell, one, least(column, one)));
        }
    }

    static Part part(Schema schema, Column column) {
        if (column.key()) {
            return Part.KEY;
        } else if (column.name().equals(schema.from())) {
            return Part.FROM;
        }
        return column.name().equals(schema.to()) ? Part.TO : Part.VALUE;
    }

    /// The least amount in units of the column's last digit; all amounts have few enough of these for a long.
    static long least(Column column, @Nullable BigDecimal minimum) {
        if (minimum == null || !(column.type() instanceof Type.Decimal(int scale))) {
            return 0;
        }
        BigInteger units = minimum.setScale(scale, RoundingMode.CEILING).unscaledValue();
        return units.bitLength() < Long.SIZE ? units.longValue() : units.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /// The row of this line, or null when something is wrong with it.
    @Nullable
    Checked check(Line line) throws IOException {
        int count = line.cells().size();
        if (count < layout.cells() || (count > layout.cells() && !layout.others())) {
            add(line, Kind.CELLS, null, "it has " + count + " cells, not " + layout.cells());
            return null;
        }
        String action = layout.action() < 0 ? "" : line.cells().get(layout.action());
        boolean removes = actions != null && action.equals(actions.remove());
        boolean sound = actions == null || removes || action.equals(actions.put());
        if (actions != null && !sound) {
            add(line, Kind.ACTION, null, "it says neither \"" + actions.put() + "\" nor \"" + actions.remove() + "\"");
        }
        var row = new Parts();
        for (Taken taken : columns) {
            if (!removes || taken.part() != Part.VALUE) {
                String text = line.cells().get(taken.place());
                sound &= text.isEmpty() ? takeEmpty(line, taken, removes, row) : take(line, taken, text, row);
            }
        }
        return sound ? whole(line, removes, row) : null;
    }

    /// The parts of a row, as they are taken from the cells.
    private static final class Parts {
        private final List<String> key = new ArrayList<>();
        private final List<@Nullable String> values = new ArrayList<>();
        private @Nullable Instant from;
        private @Nullable Instant to;
    }

    private boolean takeEmpty(Line line, Taken taken, boolean removes, Parts row) throws IOException {
        boolean key = taken.part() == Part.KEY;
        if (key || (taken.column().required() && !removes)) {
            add(line, Kind.MISSING, taken.column(), key ? "a part of the key is empty" : "it must not be empty");
            return false;
        }
        if (taken.part() == Part.VALUE) {
            row.values.add(null);
        }
        return true;
    }

    /// Takes one cell into the row; false when something is wrong with it.
    private boolean take(Line line, Taken taken, String text, Parts row) throws IOException {
        String canonical;
        try {
            canonical = taken.cell().canonical(text);
        } catch (IllegalArgumentException e) {
            add(line, Kind.TYPE, taken.column(), String.valueOf(e.getMessage()));
            return false;
        }
        BigDecimal minimum = taken.minimum();
        if (minimum != null && units(canonical) < taken.least()) {
            add(line, Kind.MINIMUM, taken.column(), "it is less than " + minimum.toPlainString());
            return false;
        }
        switch (taken.part()) {
            case KEY -> row.key.add(canonical);
            case FROM -> row.from = edge(begins, canonical, schema::begin);
            case TO -> row.to = edge(ends, canonical, schema::end);
            case VALUE -> row.values.add(canonical);
        }
        return true;
    }

    /// A list has few days, and finding out when one begins takes long.
    private static Instant edge(Map<String, Instant> known, String day, Function<LocalDate, Instant> edge) {
        if (known.size() == DAYS_MAX) {
            known.clear();
        }
        return known.computeIfAbsent(day, one -> edge.apply(LocalDate.parse(one)));
    }

    /// A canonical amount in units of its last digit; it has few enough for a long.
    private static long units(String canonical) {
        long units = 0;
        for (int i = 0; i < canonical.length(); i++) {
            char c = canonical.charAt(i);
            units = c >= '0' && c <= '9' ? 10 * units + (c - '0') : units;
        }
        return canonical.charAt(0) == '-' ? -units : units;
    }

    private @Nullable Checked whole(Line line, boolean removes, Parts row) throws IOException {
        if (row.from != null && row.to != null && !row.from.isBefore(row.to)) {
            add(line, Kind.TYPE, null, "its last day lies before its first");
            return null;
        }
        try {
            Rows rows = Rows.of(List.of(new Row(row.from, row.to, removes ? List.of() : row.values)));
            return new Checked(Key.of(row.key), line.number(), removes, rows);
        } catch (IllegalArgumentException e) {
            add(line, Kind.TYPE, null, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void add(Line line, Kind kind, @Nullable Column column, String message) throws IOException {
        String name = column == null ? null : column.name();
        findings.add(new Finding(Then.REFUSE, kind, line.number(), name, message), line.text());
    }
}
