package aiguillage.console.content;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// A part of a content that folds: an element, an object, an array, or a value.
///
/// @param name of an element or a member; in an array its number
/// @param attributes of an element, as `name="value"` and joined; empty otherwise
/// @param value its own text; empty where it has none
/// @param parts within it
/// @param left how many parts within it are not shown
public record Node(String name, String attributes, String value, List<Node> parts, int left) {

    private static final int ROWS_MIN = 2;
    private static final int COLUMNS_MAX = 16;

    public boolean isLeaf() {
        return parts.isEmpty() && left == 0;
    }

    /// Whether its parts are rows of a table: several, all of one name or numbered, each of values alone.
    public boolean isTable() {
        if (parts.size() < ROWS_MIN || !value.isEmpty()) {
            return false;
        }
        String first = parts.getFirst().name;
        boolean isNumbered = first.equals("1");
        return parts.stream()
                        .allMatch(part -> (isNumbered || part.name.equals(first))
                                && part.value.isEmpty()
                                && part.attributes.isEmpty()
                                && !part.parts.isEmpty()
                                && part.isRow())
                && columns().size() <= COLUMNS_MAX;
    }

    /// Each column once, and values alone.
    private boolean isRow() {
        return parts.stream().allMatch(part -> part.isLeaf() && part.attributes.isEmpty())
                && parts.stream().map(Node::name).distinct().count() == parts.size();
    }

    /// The names of what stands in its parts, in the order in which they first stand there.
    public List<String> columns() {
        SequencedSet<String> names = new LinkedHashSet<>();
        parts.forEach(part -> part.parts.forEach(cell -> names.add(cell.name)));
        return new ArrayList<>(names);
    }

    /// The value of the part of this name; empty when there is none.
    public String cell(String column) {
        for (Node part : parts) {
            if (part.name.equals(column)) {
                return part.value;
            }
        }
        return "";
    }
}
