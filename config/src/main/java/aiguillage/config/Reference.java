package aiguillage.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/// Writes the reference of a configuration from the records that read it, so that the two cannot differ.
public final class Reference {

    private static final String HEAD = "| key | type | default | text |\n|---|---|---|---|\n";

    private Reference() {}

    /// A Markdown table with a row for each key, in the order of the records; `<…>` stands for a name of one's
    /// own, `[]` for each element of a list.
    public static String markdown(Class<? extends Record> type) {
        var table = new StringBuilder(HEAD);
        for (Row row : rows(type)) {
            table.append(
                    row.isRemoved()
                            ? "| `%s` | | removed | %s |\n".formatted(row.key(), row.text())
                            : "| `%s` | %s | %s | %s |\n"
                                    .formatted(row.key(), cell(row.type()), cell(fallback(row)), cell(row.text())));
        }
        return table.toString();
    }

    /// The same as values, one per key.
    public static List<Row> rows(Class<? extends Record> type) {
        List<Row> rows = new ArrayList<>();
        section(rows, Section.of(type), "");
        return rows;
    }

    /// A key that can be, or could once be, written.
    ///
    /// @param key its path
    /// @param type what it takes; empty when it was removed
    /// @param isRequired whether the file cannot be read without it
    /// @param fallback what holds without it; empty when nothing does
    /// @param text what it means; of a removed key, what replaced it
    public record Row(String key, String type, boolean isRequired, String fallback, String text) {

        public boolean isRemoved() {
            return type.isEmpty();
        }
    }

    private static String fallback(Row row) {
        return row.fallback().isEmpty() ? row.isRequired() ? "required" : "none" : "`" + row.fallback() + "`";
    }

    private static void section(List<Row> rows, Section section, String prefix) {
        for (Section.Key key : section.keys().values()) {
            String path = prefix + key.name();
            rows.add(new Row(
                    path,
                    Types.name(key.type(), key.setting()),
                    key.isRequired(),
                    key.setting().fallback(),
                    key.setting().text()));
            below(rows, key.type(), path);
        }
        section.removed().forEach((key, instead) -> rows.add(new Row(prefix + key, "", false, "", instead)));
    }

    private static void below(List<Row> table, Type type, String path) {
        switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> below(table, list.getActualTypeArguments()[0], path + "[]");
            case ParameterizedType map -> {
                Type[] types = map.getActualTypeArguments();
                below(table, types[1], path + ".<" + Types.words((Class<?>) types[0]) + ">");
            }
            case Class<?> section when Section.is(section) -> section(table, Section.of(section), path + ".");
            case Class<?> choice
            when choice.isSealed() -> Section.choices(choice).forEach(section -> section(table, section, path + "."));
            default -> {} // a value has nothing below it
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
