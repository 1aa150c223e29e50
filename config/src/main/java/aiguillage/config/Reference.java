package aiguillage.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

/// Writes the reference of a configuration from the records that read it, so that the two cannot differ.
public final class Reference {

    private static final String HEAD = "| key | type | default | text |\n|---|---|---|---|\n";

    private Reference() {}

    /// A Markdown table with a row for each key, in the order of the records; `<…>` stands for a name of one's
    /// own, `[]` for each element of a list.
    public static String markdown(Class<? extends Record> type) {
        var table = new StringBuilder(HEAD);
        section(table, Section.of(type), "");
        return table.toString();
    }

    private static void section(StringBuilder table, Section section, String prefix) {
        for (Section.Key key : section.keys().values()) {
            String path = prefix + key.name();
            row(table, key, path);
            below(table, key.type(), path);
        }
        section.removed()
                .forEach((key, instead) ->
                        table.append("| `%s%s` | | removed | %s |\n".formatted(prefix, key, instead)));
    }

    private static void row(StringBuilder table, Section.Key key, String path) {
        String fallback = key.setting().fallback();
        String shown = fallback.isEmpty() ? key.isRequired() ? "required" : "none" : "`" + fallback + "`";
        table.append("| `%s` | %s | %s | %s |\n"
                .formatted(
                        path,
                        cell(Types.name(key.type(), key.setting())),
                        cell(shown),
                        cell(key.setting().text())));
    }

    private static void below(StringBuilder table, Type type, String path) {
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
