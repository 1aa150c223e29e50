package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorted lines key by key. Lines that hold for one key at the same instant are found here, since sorting
/// brings them together; only the first of them stays.
final class Groups {

    private static final Comparator<Timed> BY_TIME = Comparator.comparing(
                    (Timed timed) -> timed.row().from(), Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparingLong(timed -> timed.line().line());

    private final Iterator<Checked> all;
    private final Findings findings;
    private @Nullable Checked ahead;

    /// @param sorted in the order of [Checked#ORDER]
    Groups(Iterator<Checked> sorted, Findings findings) {
        this.all = sorted;
        this.findings = findings;
        step();
    }

    /// @param row of the line, decoded once
    private record Timed(Checked line, Row row) {}

    private void step() {
        ahead = all.hasNext() ? all.next() : null;
    }

    /// The lines of the next key, or null behind the last.
    @Nullable
    Group next() throws IOException {
        Checked first = ahead;
        if (first == null) {
            return null;
        }
        Key key = first.key();
        step();
        if (ahead == null || !ahead.key().equals(key)) {
            return new Group(key, List.of(first));
        }
        List<Checked> lines = new ArrayList<>(List.of(first));
        while (ahead != null && ahead.key().equals(key)) {
            if (lines.size() < Rows.MAX) {
                lines.add(ahead);
            } else {
                add(ahead, "it is one of more than " + Rows.MAX + " lines with the key of line " + first.line());
            }
            step();
        }
        return new Group(key, apart(lines));
    }

    /// Those that do not hold at an instant at which one before them does.
    private List<Checked> apart(List<Checked> lines) throws IOException {
        List<Timed> sorted = new ArrayList<>();
        lines.forEach(line -> sorted.add(new Timed(line, line.row())));
        sorted.sort(BY_TIME);
        List<Checked> apart = new ArrayList<>();
        Row last = null; // of those that are apart, so that none of them ends later
        for (Timed timed : sorted) {
            if (last != null && Group.meet(last, timed.row())) {
                addDuplicate(timed.line(), apart.getLast());
            } else {
                apart.add(timed.line());
                last = timed.row();
            }
        }
        return apart;
    }

    private void addDuplicate(Checked one, Checked other) throws IOException {
        boolean later = one.line() > other.line();
        add(
                later ? one : other,
                "it has the key of line " + (later ? other : one).line() + ", and both hold at the same time");
    }

    private void add(Checked line, String message) throws IOException {
        findings.add(Finding.refusing(Kind.DUPLICATE, line.line(), message), line.text());
    }
}
