package aiguillage.gateway.replica;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row as it was published: one cell for each column of the schema.
public final class Cells {

    private Cells() {}

    /// In the schema's order; null where a cell is empty.
    public static List<@Nullable String> of(Schema schema, Key key, Row row) {
        List<@Nullable String> cells = new ArrayList<>();
        Iterator<String> keys = key.cells().iterator();
        Iterator<@Nullable String> values = row.cells().iterator();
        for (Column column : schema.columns()) {
            if (column.key()) {
                cells.add(keys.next());
            } else if (column.name().equals(schema.from())) {
                cells.add(day(schema, row.from(), 0));
            } else if (column.name().equals(schema.to())) {
                cells.add(day(schema, row.to(), 1)); // the day before the one with which it ended
            } else {
                cells.add(values.hasNext() ? values.next() : null);
            }
        }
        return cells;
    }

    private static @Nullable String day(Schema schema, @Nullable Instant edge, int before) {
        return edge == null
                ? null
                : edge.atZone(schema.zone()).toLocalDate().minusDays(before).toString();
    }
}
