package aiguillage.app.start;

import aiguillage.config.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The annotated sample of a configuration with some keys set; all others stay behind their `#`.
final class FilledSample {

    /// `key:` or `#key:`; a comment has a space behind its `#`.
    private static final Pattern KEY = Pattern.compile("( *)(#?)([a-z][a-z0-9-]*):(.*)");

    private static final int INDENT = 2;

    private final Class<? extends Record> type;
    private final Map<String, String> values = new LinkedHashMap<>();

    FilledSample(Class<? extends Record> type) {
        this.type = type;
    }

    /// Sets a key.
    ///
    /// @param path the keys that lead to it, joined by dots
    /// @param yaml its value, on one line
    FilledSample with(String path, Object yaml) {
        values.put(path, String.valueOf(yaml));
        return this;
    }

    /// The file.
    ///
    /// @throws AssertionError when a key that was set does not exist
    String yaml() {
        Set<String> parents = parents();
        Set<String> missing = new HashSet<>(values.keySet());
        Deque<String> path = new ArrayDeque<>();
        var text = new StringBuilder();
        for (String line : Sample.yaml(type).lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (!key.matches()) {
                text.append(line).append('\n');
                continue;
            }
            while (path.size() > key.group(1).length() / INDENT) {
                path.removeLast();
            }
            path.addLast(key.group(3));
            String name = String.join(".", path);
            missing.remove(name);
            text.append(line(name, line, key, parents)).append('\n');
        }
        if (!missing.isEmpty()) {
            throw new AssertionError("the sample of " + type.getSimpleName() + " has no key " + missing);
        }
        return text.toString();
    }

    private String line(String name, String line, Matcher key, Set<String> parents) {
        String value = values.get(name);
        if (value != null) {
            return key.group(1) + key.group(3) + ": " + value;
        }
        return parents.contains(name) ? key.group(1) + key.group(3) + ":" : line;
    }

    private Set<String> parents() {
        Set<String> parents = new HashSet<>();
        for (String path : values.keySet()) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                parents.add(path.substring(0, dot));
            }
        }
        return parents;
    }
}
