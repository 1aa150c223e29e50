package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// A line in which nothing is wrong.
///
/// @param removes whether nothing is to hold in the row's place
/// @param rows the one row, as bytes; without cells when it removes
record Checked(Key key, long line, boolean removes, Rows rows) {

    static final Comparator<Checked> ORDER = (one, other) -> {
        int byKey = one.key().compareTo(other.key());
        return byKey != 0 ? byKey : Long.compare(one.line(), other.line());
    };

    Row row() {
        return rows.list().getFirst();
    }

    /// For the file of offending lines.
    String text() {
        Row row = row();
        List<String> cells = row.cells().stream()
                .map(cell -> Objects.requireNonNullElse(cell, ""))
                .toList();
        String span = row.from() == null && row.to() == null ? "" : " from " + row.from() + " to " + row.to();
        return key + span + " | " + String.join(" | ", cells);
    }
}
