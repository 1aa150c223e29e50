package aiguillage.app.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Rows as the local door tells them, for people.
public final class RowText {

    private RowText() {}

    /// A row in lines, a column each, below an indent.
    ///
    /// @param before what the row was, to show what changed; or a missing node
    public static List<String> lines(JsonNode row, JsonNode before) {
        int width = row.propertyStream()
                .mapToInt(cell -> cell.getKey().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> cell : row.properties()) {
            String name = cell.getKey();
            String value = text(cell.getValue());
            String was = before.has(name) ? text(before.path(name)) : value;
            lines.add("  " + name + " ".repeat(width - name.length()) + "  " + value
                    + (was.equals(value) ? "" : "   (was " + was + ")"));
        }
        return lines;
    }

    /// A key's change in one line, or in more when it has several rows.
    ///
    /// @param changed with `key`, `before` and `after`
    public static List<String> change(JsonNode changed) {
        String key = changed.path("key").valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
        JsonNode before = changed.path("before");
        JsonNode after = changed.path("after");
        if (before.isEmpty()) {
            return each("+ " + key, after);
        }
        if (after.isEmpty()) {
            return each("- " + key, before);
        }
        if (before.size() == 1 && after.size() == 1) {
            return List.of("~ " + key + "  " + differences(before.get(0), after.get(0)));
        }
        List<String> lines = new ArrayList<>();
        lines.add("~ " + key);
        before.forEach(row -> lines.add("    was  " + cells(row)));
        after.forEach(row -> lines.add("    is   " + cells(row)));
        return lines;
    }

    private static List<String> each(String head, JsonNode rows) {
        return rows.valueStream().map(row -> head + "  " + cells(row)).toList();
    }

    private static String cells(JsonNode row) {
        return row.propertyStream()
                .filter(cell -> !cell.getValue().isNull())
                .map(cell -> cell.getKey() + " " + cell.getValue().asString())
                .collect(Collectors.joining(", "));
    }

    private static String differences(JsonNode before, JsonNode after) {
        return after.propertyStream()
                .filter(cell -> !Objects.equals(before.path(cell.getKey()), cell.getValue()))
                .map(cell -> cell.getKey() + " " + text(before.path(cell.getKey())) + " → " + text(cell.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String text(JsonNode cell) {
        return cell.isNull() || cell.isMissingNode() ? "(empty)" : cell.asString();
    }
}
