package aiguillage.dataset.publish;

import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Type;
import java.util.HashMap;
import java.util.Map;

/// Makes the canonical texts of one column's cells. Remembers some, for where reading them is slow: a list has
/// few dates, each of them on many lines. Not for several threads.
final class Cell {

    private static final int REMEMBERED_MAX = 1_000;

    private final Type type;
    private final Dialect dialect;
    private final boolean remembers;
    private final Map<String, String> remembered = new HashMap<>();

    Cell(Type type, Dialect dialect) {
        this.type = type;
        this.dialect = dialect;
        this.remembers = type instanceof Type.Date;
    }

    /// @throws IllegalArgumentException when the text is not of the column's type
    String canonical(String text) {
        if (!remembers) {
            return type.canonical(text, dialect);
        }
        String known = remembered.get(text);
        if (known != null) {
            return known;
        }
        String canonical = type.canonical(text, dialect);
        if (remembered.size() == REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.put(text, canonical);
        return canonical;
    }
}
