package aiguillage.hub.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Collects the values of search keys from one payload, within their bounds.
final class FoundKeys {

    private final Map<String, SequencedSet<String>> values = new LinkedHashMap<>();

    /// Adds a value unless it is blank, known, or one too many.
    void add(String key, String value) {
        String kept = kept(value);
        if (kept.isEmpty()) {
            return;
        }
        SequencedSet<String> known = values.computeIfAbsent(key, _ -> new LinkedHashSet<>());
        if (known.size() < PayloadCheck.VALUES_MAX) {
            known.add(kept);
        }
    }

    Verdict.Valid valid() {
        var found = new LinkedHashMap<String, List<String>>();
        values.forEach((key, set) -> found.put(key, List.copyOf(set)));
        return new Verdict.Valid(found);
    }

    static String kept(String value) {
        return cut(value.strip());
    }

    private static String cut(String value) {
        if (value.length() <= PayloadCheck.VALUE_CHARS_MAX) {
            return value;
        }
        int end = PayloadCheck.VALUE_CHARS_MAX;
        return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end);
    }
}
