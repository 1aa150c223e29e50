package aiguillage.hub.dataset;

import aiguillage.dataset.mark.Markable;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.hub.directory.Party;
import aiguillage.hub.routing.Dataset;
import aiguillage.protocol.Digest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which rows of a dataset a reader sees, and whose marks they bear. Readers with equal scopes get the same
/// bytes.
final class Scope {

    static final String ALL = "*";

    private static final int NAME_CHARS_MAX = 400;

    /// What stands in the cells of a column, for the rows that are seen.
    private record Rule(boolean isKey, int cell, Set<String> values) {}

    /// Tells it from all others; `*` sees everything.
    private final String name;

    /// Whose marks its rows bear.
    private final @Nullable String recipient;

    private final List<Rule> rules;

    /// What its name is made of, but for the recipient.
    private final List<String> names;

    /// @param marks the fingerprint of what is marked: with others its copies are others, and so are their sums
    private Scope(List<String> names, @Nullable String recipient, @Nullable String marks, List<Rule> rules) {
        this.names = List.copyOf(names);
        this.recipient = recipient;
        this.rules = List.copyOf(rules);
        List<String> all = new ArrayList<>(names);
        if (recipient != null) {
            all.add("reader=" + recipient);
            all.add("marks=" + marks);
        }
        this.name = all.isEmpty() ? ALL : bounded(String.join(";", all));
    }

    /// All rows as they were published.
    static Scope all() {
        return new Scope(List.of(), null, null, List.of());
    }

    /// What a party sees.
    static Scope of(Dataset dataset, Party party) {
        List<Rule> rules = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> row : dataset.rows().entrySet()) {
            Set<String> values = new TreeSet<>();
            party.values(row.getValue()).forEach(value -> values.add(folded(value)));
            rules.add(rule(dataset, row.getKey(), values));
            names.add(row.getKey() + "=" + values.stream().map(Scope::written).collect(Collectors.joining(",")));
        }
        Markable marks = dataset.marks();
        return marks == null
                ? new Scope(names, null, null, rules)
                : new Scope(names, party.id().value(), marks.fingerprint(), rules);
    }

    /// The same rows as they were published.
    Scope unmarked() {
        return recipient == null ? this : new Scope(names, null, null, rules);
    }

    private static Rule rule(Dataset dataset, String column, Set<String> values) {
        int key = index(dataset.schema().keys(), column);
        return key >= 0
                ? new Rule(true, key, values)
                : new Rule(false, index(dataset.schema().values(), column), values);
    }

    private static int index(List<Column> columns, String name) {
        return columns.stream().map(Column::name).toList().indexOf(name);
    }

    /// Without the signs that stand between values: two of them are not one with a comma (I4).
    private static String written(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /// A party with very many values has a name made from their digest.
    private static String bounded(String name) {
        return name.length() <= NAME_CHARS_MAX
                ? name
                : Digest.of(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// Attributes are written in lower case; cells may have capitals.
    private static String folded(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    String name() {
        return name;
    }

    @Nullable
    String recipient() {
        return recipient;
    }

    /// The rows of a key that are seen: the same object when all are.
    Rows seen(Key key, Rows rows) {
        if (rules.isEmpty() || rows.isEmpty()) {
            return rows;
        }
        List<Row> all = rows.list();
        List<Row> seen = new ArrayList<>();
        for (Row row : all) {
            if (sees(key, row)) {
                seen.add(row);
            }
        }
        return seen.size() == all.size() ? rows : seen.isEmpty() ? Rows.NONE : Rows.of(seen);
    }

    private boolean sees(Key key, Row row) {
        for (Rule rule : rules) {
            String cell =
                    rule.isKey() ? key.cells().get(rule.cell()) : row.cells().get(rule.cell());
            if (cell != null && !rule.values().contains(folded(cell))) {
                return false;
            }
        }
        return true;
    }
}
