package aiguillage.console.prices;

import aiguillage.console.web.Words;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cell as a table shows it.
///
/// @param text as people of the language write it, with every digit
/// @param raw as it was published
/// @param isNumber whether it stands to the right
public record Cell(String text, String raw, boolean isNumber) {

    static Cell of(Column column, @Nullable String raw, Words words) {
        if (raw == null) {
            return new Cell("", "", false);
        }
        return column.type() instanceof Type.Decimal
                ? new Cell(words.exact(raw), raw, true)
                : new Cell(raw, raw, false);
    }

    /// The cells of a row's key and values, in the order of the columns of the file but for dates.
    static List<Cell> row(Schema schema, Key key, @Nullable Row row, Words words) {
        List<String> keys = key.cells();
        List<Column> keyColumns = schema.keys();
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < keyColumns.size() && i < keys.size(); i++) {
            cells.add(of(keyColumns.get(i), keys.get(i), words));
        }
        List<Column> values = schema.values();
        for (int i = 0; i < values.size(); i++) {
            cells.add(of(values.get(i), row == null ? null : row.cells().get(i), words));
        }
        return cells;
    }

    /// The names of those columns.
    static List<String> names(Schema schema) {
        var names = new ArrayList<String>();
        schema.keys().forEach(column -> names.add(name(column)));
        schema.values().forEach(column -> names.add(name(column)));
        return names;
    }

    /// A column's name, with its currency.
    static String name(Column column) {
        return column.currency() == null ? column.name() : column.name() + " (" + column.currency() + ")";
    }
}
