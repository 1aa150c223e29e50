package aiguillage.hub.dataset;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Takes keys that differ, in their order, and keeps what is largest: memory does not grow with their number.
/// Not for several threads.
final class Comparing {

    private static final Instant EVER = Instant.ofEpochMilli(Long.MIN_VALUE);

    /// A movement with what it is compared by, which is worked out once.
    private record Weighed(Difference.Movement movement, BigDecimal amount, double share) {}

    /// The least comes out of a queue first; of two that are alike the later key.
    private static final Comparator<Weighed> BY_AMOUNT = Comparator.comparing(Weighed::amount)
            .thenComparing(one -> one.movement().key(), Comparator.reverseOrder());

    private static final Comparator<Weighed> BY_SHARE =
            Comparator.comparingDouble(Weighed::share).thenComparing(BY_AMOUNT);

    private final List<Column> values;
    private final @Nullable String column;
    private final int cell;
    private final PriorityQueue<Weighed> largest = new PriorityQueue<>(BY_AMOUNT);
    private final PriorityQueue<Weighed> steepest = new PriorityQueue<>(BY_SHARE);
    private final List<Difference.Whole> came = new ArrayList<>();
    private final List<Difference.Whole> went = new ArrayList<>();
    private final List<Difference.Other> others = new ArrayList<>();
    private long added;
    private long removed;
    private long changed;
    private long moved;
    private long risen;

    /// @param column whose amounts are compared; null, or none of the numbers: the first of them
    Comparing(Schema schema, @Nullable String column) {
        values = schema.values();
        List<String> numbers = numbers(schema);
        this.column = numbers.contains(column) ? column : numbers.isEmpty() ? null : numbers.getFirst();
        cell = values.stream().map(Column::name).toList().indexOf(this.column);
    }

    /// The columns whose cells are amounts.
    static List<String> numbers(Schema schema) {
        return schema.values().stream()
                .filter(one -> one.type() instanceof Type.Decimal)
                .map(Column::name)
                .toList();
    }

    @Nullable
    String column() {
        return column;
    }

    /// Takes a key with its rows; passes it over when they are the same.
    void take(Key key, Rows before, Rows after) {
        if ((before.isEmpty() && after.isEmpty()) || before.equals(after)) {
            return;
        }
        if (before.isEmpty()) {
            added++;
            list(came, key, after);
        } else if (after.isEmpty()) {
            removed++;
            list(went, key, before);
        } else {
            changed++;
            compare(key, before.list(), after.list());
        }
    }

    private static void list(List<Difference.Whole> some, Key key, Rows rows) {
        if (some.size() < Difference.LISTED_MAX) {
            some.add(new Difference.Whole(key, rows.list().getFirst()));
        }
    }

    private void compare(Key key, List<Row> before, List<Row> after) {
        Weighed most = null;
        if (cell >= 0) {
            for (Instant at : beginnings(before, after)) {
                Weighed here = movement(key, at, before, after);
                if (here != null && (most == null || BY_AMOUNT.compare(here, most) > 0)) {
                    most = here;
                }
            }
        }
        if (most == null) {
            if (others.size() < Difference.LISTED_MAX) {
                others.add(new Difference.Other(key, differing(before, after)));
            }
            return;
        }
        moved++;
        risen += most.movement().by().signum() > 0 ? 1 : 0;
        offer(largest, most);
        offer(steepest, most);
    }

    /// The instants at which a row of either begins: between two of them nothing changes but that one ends.
    private static List<Instant> beginnings(List<Row> before, List<Row> after) {
        var all = new TreeSet<Instant>();
        before.forEach(row -> all.add(row.from() == null ? EVER : row.from()));
        after.forEach(row -> all.add(row.from() == null ? EVER : row.from()));
        return List.copyOf(all);
    }

    private @Nullable Weighed movement(Key key, Instant at, List<Row> before, List<Row> after) {
        String was = cell(before, at);
        String is = cell(after, at);
        if (was == null || is == null || was.equals(is)) {
            return null;
        }
        var movement = new Difference.Movement(key, was, is, at.equals(EVER) ? null : at);
        return new Weighed(movement, movement.by().abs(), Math.abs(movement.share()));
    }

    private @Nullable String cell(List<Row> rows, Instant at) {
        for (Row row : rows) {
            if (row.holds(at)) {
                return row.cells().get(cell);
            }
        }
        return null;
    }

    private static void offer(PriorityQueue<Weighed> queue, Weighed one) {
        queue.add(one);
        if (queue.size() > Difference.LISTED_MAX) {
            queue.remove();
        }
    }

    private List<String> differing(List<Row> before, List<Row> after) {
        if (before.size() != after.size()) {
            return List.of();
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            for (int row = 0; row < before.size(); row++) {
                if (!Objects.equals(
                        before.get(row).cells().get(i), after.get(row).cells().get(i))) {
                    names.add(values.get(i).name());
                    break;
                }
            }
        }
        return names;
    }

    /// What was found.
    Difference found() {
        return new Difference(
                column,
                added,
                removed,
                changed,
                moved,
                risen,
                sorted(largest, BY_AMOUNT),
                sorted(steepest, BY_SHARE),
                came,
                went,
                others);
    }

    private static List<Difference.Movement> sorted(PriorityQueue<Weighed> some, Comparator<Weighed> order) {
        return some.stream().sorted(order.reversed()).map(Weighed::movement).toList();
    }
}
