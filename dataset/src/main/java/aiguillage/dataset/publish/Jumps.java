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

/// Finds amounts that differ by more than they may from what holds before them, or held last, or holds now.
final class Jumps {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /// @param at the index of its cell in a row
    private record Watched(Column column, int at, Limit limit) {}

    private final List<Watched> watched = new ArrayList<>();
    private final InForce inForce;
    private final Findings findings;

    /// @param changedMax by how many percent the amounts of a column may differ at most
    Jumps(Schema schema, Map<String, Limit> changedMax, InForce inForce, Findings findings) {
        this.inForce = inForce;
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
        if (watched.isEmpty()) {
            return;
        }
        List<Row> old = before.list();
        for (Row row : after.list()) {
            if (!old.contains(row)) {
                for (Watched one : watched) {
                    check(group, before, row, one);
                }
            }
        }
    }

    /// The last amount counts, also where the key or the amount was left out since: else whoever removes a part first
    /// may give it any price. And what holds now: else many small steps for one instant are one large step.
    private void check(Group group, Rows before, Row row, Watched one) throws IOException {
        String is = row.cells().get(one.at());
        if (is == null) {
            return;
        }
        BigDecimal percentMax = one.limit().value();
        String was = amountBefore(before, row, one);
        if (was == null) {
            was = lastAmount(inForce.earlier(group.key()), row, one);
        }
        String most = "it changes by more than " + percentMax.toPlainString() + " %";
        if (differsTooMuch(was, is, percentMax)) {
            found(group, row, one, most, was, is);
            return;
        }
        String now = amountBefore(inForce.now(group.key()), row, one);
        if (differsTooMuch(now, is, percentMax)) {
            found(group, row, one, most + " of what holds now, before what is still to come", now, is);
        }
    }

    private static @Nullable String lastAmount(List<Rows> earlier, Row row, Watched one) {
        for (Rows rows : earlier) {
            String amount = amountBefore(rows, row, one);
            if (amount != null) {
                return amount;
            }
        }
        return null;
    }

    /// The amount in the last of these rows that began to hold before this one does, or with it.
    private static @Nullable String amountBefore(Rows rows, Row row, Watched one) {
        if (rows.isEmpty()) {
            return null;
        }
        List<Row> old = rows.list();
        Row before = old.getFirst();
        for (Row other : old) {
            boolean later =
                    other.from() != null && (row.from() == null || other.from().isAfter(row.from()));
            before = later ? before : other;
        }
        return before.cells().get(one.at());
    }

    private void found(Group group, Row row, Watched one, String message, @Nullable String was, String is)
            throws IOException {
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
