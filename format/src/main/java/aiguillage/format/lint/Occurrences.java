package aiguillage.format.lint;

import aiguillage.format.description.Description;
import aiguillage.format.description.Shape.Composite;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Field;
import aiguillage.format.description.Shape.Layout;
import aiguillage.format.description.Shape.Part;
import aiguillage.format.record.FlatNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Which records, fields and values stood in some files.
final class Occurrences {

    private static final int VALUES_MAX = 1_000;

    private final Set<String> filled = new HashSet<>();
    private final Set<String> records = new HashSet<>();
    private final Map<String, Set<String>> values = new HashMap<>();
    private final Map<String, Field> fields = new TreeMap<>();

    Occurrences(Description description) {
        for (Entry entry : description.entries()) {
            each(entry, fields::put);
        }
    }

    /// Every field of a record that is plain, by its path.
    static void each(Entry entry, BiConsumer<String, Field> told) {
        switch (entry.layout()) {
            case Layout.Fixed(var all) -> all.forEach(field -> told.accept(entry.name() + "/" + field.name(), field));
            case Layout.Delimited(var sequence) -> each(entry.name(), sequence.parts(), told);
            case Layout.Other _ -> {} // not known here
        }
    }

    private static void each(String path, List<Part> parts, BiConsumer<String, Field> told) {
        for (Part part : parts) {
            switch (part) {
                case Field field -> told.accept(path + "/" + field.name(), field);
                case Composite composite ->
                    each(path + "/" + composite.name(), composite.sequence().parts(), told);
            }
        }
    }

    void record(FlatNode record) {
        records.add(record.name());
        record.children().forEach(child -> node(record.name(), child));
    }

    private void node(String path, FlatNode node) {
        String here = path + "/" + node.name();
        if (!node.text().isEmpty() || !node.children().isEmpty()) {
            filled.add(here);
        }
        Field field = fields.get(here);
        if (field != null && !field.facets().values().isEmpty()) {
            Set<String> found = values.computeIfAbsent(here, _ -> new HashSet<>());
            if (found.size() < VALUES_MAX) {
                found.add(node.text());
            }
        }
        node.children().forEach(child -> node(here, child));
    }

    boolean hasRecord(String name) {
        return records.contains(name);
    }

    boolean isFilled(String path) {
        return filled.contains(path);
    }

    Set<String> values(String path) {
        return values.getOrDefault(path, Set.of());
    }

    Map<String, Field> fields() {
        return fields;
    }
}
