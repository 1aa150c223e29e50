package aiguillage.dataset.publish;

import aiguillage.dataset.publish.Guards.Limit;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds amounts that differ by more than they may from what holds before them.
final class Jumps {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /// @param at the index of its cell in a row
    private record Watched(Column column, int at, Limit limit) {}

    private final List<Watched> watched = new ArrayList<>();
    private final Findings findings;

    /// @param changedMax by how many percent the amounts of a column may differ at most
    Jumps(Schema schema, Map<String, Limit> changedMax, Findings findings) {
        List<Column> values = schema.values();
        for (int i = 0; i < values.size(); i++) {
            Limit limit = changedMax.get(values.get(i).name());
            if (limit != null) {
                watched.add(new Watched(values.get(i), i, limit));
            }
        }
        this.findings = findings;
    }

    /// @param group what was published
    /// @param after what holds for its key from now on
    void check(Group group, Rows before, Rows after) throws IOException {
        if (watched.isEmpty() || before.isEmpty()) {
            return;
        }
        List<Row> old = before.list();
        for (Row row : after.list()) {
            if (!old.contains(row)) {
                check(group, heldBefore(old, row), row);
            }
        }
    }

    /// The last of these rows that began to hold before this one does, or with it.
    private static Row heldBefore(List<Row> old, Row row) {
        Row before = old.getFirst();
        for (Row one : old) {
            boolean later =
                    one.from() != null && (row.from() == null || one.from().isAfter(row.from()));
            before = later ? before : one;
        }
        return before;
    }

    private void check(Group group, Row before, Row row) throws IOException {
        for (Watched one : watched) {
            String was = before.cells().get(one.at());
            String is = row.cells().get(one.at());
            if (differsTooMuch(was, is, one.limit().value())) {
                String message =
                        "it changes by more than " + one.limit().value().toPlainString() + " %";
                Checked line = line(group, row);
                findings.add(
                        new Finding(
                                one.limit().then(),
                                Kind.CHANGED,
                                line.line(),
                                one.column().name(),
                                message),
                        line.key() + " | from " + was + " to " + is);
            }
        }
    }

    private static boolean differsTooMuch(@Nullable String was, @Nullable String is, BigDecimal percentMax) {
        if (was == null || is == null || was.equals(is)) {
            return false;
        }
        var old = new BigDecimal(was);
        BigDecimal difference = new BigDecimal(is).subtract(old).abs();
        return difference.multiply(HUNDRED).compareTo(old.abs().multiply(percentMax)) > 0;
    }

    private static Checked line(Group group, Row row) {
        for (Checked line : group.lines()) {
            if (group.lines().size() == 1 || line.row().equals(row)) {
                return line;
            }
        }
        return group.lines().getFirst();
    }
}
