package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All lines of one key, no two of them for the same instant.
record Group(Key key, List<Checked> lines) {

    /// What holds for the key when nothing but these lines does, none of which removes.
    ///
    /// @throws IllegalArgumentException when that is more than a key may have
    Rows alone() {
        return lines.size() == 1
                ? lines.getFirst().rows() // by far the most
                : Rows.of(lines.stream().map(Checked::row).toList());
    }

    /// What holds for the key when these lines take the place of what held before in their spans of time.
    ///
    /// @throws IllegalArgumentException when that is more than a key may have
    Rows over(Rows before) {
        List<Row> rows = before.list();
        for (Checked line : lines) {
            Row row = line.row();
            List<Row> beside = new ArrayList<>();
            for (Row old : rows) {
                addBeside(row, old, beside);
            }
            if (!line.removes()) {
                beside.add(row);
            }
            rows = beside;
        }
        return Rows.of(rows);
    }

    /// What is left of an old row before and behind a span of time.
    private static void addBeside(Row span, Row old, List<Row> left) {
        Instant from = span.from();
        Instant to = span.to();
        if (!meet(span, old)) {
            left.add(old);
            return;
        }
        if (from != null && isBefore(old.from(), from)) {
            left.add(new Row(old.from(), from, old.cells()));
        }
        if (to != null && (old.to() == null || old.to().isAfter(to))) {
            left.add(new Row(to, old.to(), old.cells()));
        }
    }

    private static boolean isBefore(@Nullable Instant begin, Instant instant) {
        return begin == null || begin.isBefore(instant);
    }

    /// Whether there is an instant at which both hold.
    static boolean meet(Row one, Row other) {
        return beginsBeforeEnd(one, other) && beginsBeforeEnd(other, one);
    }

    private static boolean beginsBeforeEnd(Row one, Row other) {
        return one.from() == null || other.to() == null || one.from().isBefore(other.to());
    }
}
