package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.source.Actions;
import aiguillage.dataset.source.Layout;
import aiguillage.dataset.source.Line;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks lines one by one and makes rows of them. Everything that is wrong with a line is found, not only the
/// first. Not for several threads.
final class Checker {

    private final Schema schema;
    private final Layout layout;
    private final @Nullable Actions actions;
    private final Map<String, BigDecimal> minimum;
    private final Findings findings;
    private final List<Cell> cells = new ArrayList<>();

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
        this.minimum = minimum;
        this.findings = findings;
        for (Column column : schema.columns()) {
            cells.add(new Cell(column.type(), dialect));
        }
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
        for (int i = 0; i < schema.columns().size(); i++) {
            Column column = schema.columns().get(i);
            boolean span = column.name().equals(schema.from()) || column.name().equals(schema.to());
            if (!removes || column.key() || span) {
                boolean needed = column.key() || (column.required() && !removes);
                String text = line.cells().get(layout.places().get(i));
                sound &= text.isEmpty()
                        ? takeEmpty(line, column, needed, row)
                        : take(line, column, cells.get(i), text, row);
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

    private boolean takeEmpty(Line line, Column column, boolean needed, Parts row) throws IOException {
        if (needed) {
            add(line, Kind.MISSING, column, column.key() ? "a part of the key is empty" : "it must not be empty");
        } else {
            put(column, null, row);
        }
        return !needed;
    }

    /// Takes one cell into the row; false when something is wrong with it.
    private boolean take(Line line, Column column, Cell cell, String text, Parts row) throws IOException {
        String canonical;
        try {
            canonical = cell.canonical(text);
        } catch (IllegalArgumentException e) {
            add(line, Kind.TYPE, column, String.valueOf(e.getMessage()));
            return false;
        }
        BigDecimal least = minimum.get(column.name());
        if (least != null && new BigDecimal(canonical).compareTo(least) < 0) {
            add(line, Kind.MINIMUM, column, "it is less than " + least.toPlainString());
            return false;
        }
        put(column, canonical, row);
        return true;
    }

    private void put(Column column, @Nullable String canonical, Parts row) {
        if (column.key() && canonical != null) {
            row.key.add(canonical);
        } else if (column.name().equals(schema.from())) {
            row.from = canonical == null ? null : schema.begin(LocalDate.parse(canonical));
        } else if (column.name().equals(schema.to())) {
            row.to = canonical == null ? null : schema.end(LocalDate.parse(canonical));
        } else {
            row.values.add(canonical);
        }
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
