package aiguillage.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what a file says into records. A method that returns null has added the reason to the problems.
final class Binder {

    private final Problems problems;
    private final Scalars scalars;
    private final Map<Class<?>, Section> sections = new HashMap<>();

    /// Read once per key, since a file has thousands of parties.
    private final IdentityHashMap<Section.Key, Object> fallbacks = new IdentityHashMap<>();

    Binder(Problems problems, Scalars scalars) {
        this.problems = problems;
        this.scalars = scalars;
    }

    @Nullable
    Object section(Node node, Class<?> type, String path, Location keyAt) {
        if (!(node instanceof Node.Mapping mapping)) {
            return wrongKind(node, path, "a section of keys");
        }
        int before = problems.count();
        Section section = sections.computeIfAbsent(type, Section::of);
        mapping.entries().forEach((key, entry) -> {
            if (!section.keys().containsKey(key)) {
                unknown(section.keys().keySet(), section.removed(), key, entry.keyAt(), path);
            }
        });
        @Nullable
        Object[] values = section.keys().values().stream()
                .map(key -> Optional.ofNullable(component(mapping, key, path, keyAt)))
                .map(value -> value.orElse(null))
                .toArray();
        if (problems.count() > before) {
            return null;
        }
        try {
            return section.make(values);
        } catch (IllegalArgumentException e) {
            problems.add(keyAt, path, sentence(e), "", "");
            return null;
        }
    }

    private @Nullable Object component(Node.Mapping mapping, Section.Key key, String path, Location keyAt) {
        String valuePath = path.isEmpty() ? key.name() : path + "." + key.name();
        Node.Entry entry = mapping.entries().get(key.name());
        if (entry != null) {
            return value(entry.value(), key.type(), key.setting(), valuePath, entry.keyAt());
        }
        if (!key.setting().fallback().isEmpty()) {
            return fallbacks.computeIfAbsent(key, k -> fallback(k, valuePath));
        }
        if (!key.optional()) {
            problems.add(
                    keyAt,
                    path,
                    "The key `" + key.name() + "` is missing.",
                    key.setting().text(),
                    key.setting().example().isEmpty()
                            ? ""
                            : "Add, for example, `" + key.name() + ": "
                                    + key.setting().example() + "`.");
        }
        return null;
    }

    /// Read like anything else; one that cannot be read is our own defect.
    private Object fallback(Section.Key key, String path) {
        var own = new Problems();
        Optional<Node> node =
                new Tree("fallback", Limits.DEFAULT, own).parse(key.setting().fallback());
        Object value = node.map(n -> new Binder(own, scalars).value(n, key.type(), key.setting(), path, n.at()))
                .orElse(null);
        if (value == null || !own.isEmpty()) {
            throw new AssertionError("fallback of " + path + ": " + own.inOrder());
        }
        return value;
    }

    private @Nullable Object value(Node node, Type type, Setting setting, String path, Location keyAt) {
        if (node instanceof Node.Scalar scalar && scalar.isAbsent()) {
            problems.add(node.at(), path, "This key has no value.", "", "Write one, or remove the line.");
            return null;
        }
        return switch (type) {
            case ParameterizedType generic
            when generic.getRawType() == List.class -> list(node, generic.getActualTypeArguments()[0], setting, path);
            case ParameterizedType generic
            when generic.getRawType() == Map.class -> map(node, generic.getActualTypeArguments(), setting, path);
            case Class<?> section when isSection(section) -> section(node, section, path, keyAt);
            case Class<?> choice
            when choice.isSealed() && node instanceof Node.Mapping mapping -> choice(mapping, choice, path, keyAt);
            case Class<?> scalar -> scalar(node, scalar, setting, path);
            default -> throw new AssertionError("settings are never of type " + type);
        };
    }

    private boolean isSection(Class<?> type) {
        return sections.containsKey(type) || Section.is(type);
    }

    private @Nullable Object list(Node node, Type type, Setting setting, String path) {
        if (!(node instanceof Node.Sequence sequence)) {
            if (!setting.oneOrMany()) {
                return wrongKind(node, path, "a list, as in [a, b],");
            }
            Object only = value(node, type, setting, path, node.at());
            return only == null ? null : List.of(only);
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            Node element = sequence.elements().get(i);
            Object value = value(element, type, setting, path + "[" + i + "]", element.at());
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private @Nullable Object map(Node node, Type[] types, Setting setting, String path) {
        if (!(node instanceof Node.Mapping mapping)) {
            return wrongKind(node, path, "a section of names");
        }
        var values = new LinkedHashMap<Object, Object>();
        mapping.entries().forEach((name, entry) -> {
            String valuePath = path.isEmpty() ? name : path + "." + name;
            Object key = text(new Node.Scalar(name, false, entry.keyAt()), (Class<?>) types[0], valuePath);
            Object value = value(entry.value(), types[1], setting, valuePath, entry.keyAt());
            if (key != null && value != null && values.put(key, value) != null) {
                problems.add(entry.keyAt(), valuePath, "This name stands here for the second time.", "", "Remove one.");
            }
        });
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object choice(Node.Mapping mapping, Class<?> type, String path, Location keyAt) {
        List<Section> choices = Section.choices(type);
        for (Section section : choices) {
            if (mapping.entries().keySet().stream().anyMatch(section.keys()::containsKey)) {
                return section(mapping, section.type(), path, keyAt);
            }
        }
        List<String> known =
                choices.stream().flatMap(c -> c.keys().keySet().stream()).toList();
        mapping.entries().forEach((key, entry) -> unknown(known, Map.of(), key, entry.keyAt(), path));
        if (mapping.entries().isEmpty()) {
            wrongKind(mapping, path, "one of the keys " + String.join(", ", known));
        }
        return null;
    }

    private @Nullable Object scalar(Node node, Class<?> type, Setting setting, String path) {
        if (!(node instanceof Node.Scalar scalar)) {
            return wrongKind(node, path, Types.name(type, setting));
        }
        Object value = text(scalar, type, path);
        if (value != null) {
            Optional<String> outside = Range.outside(value, setting, scalars);
            if (outside.isPresent()) {
                problems.add(node.at(), path, outside.get(), "", "");
                return null;
            }
        }
        return value;
    }

    private @Nullable Object text(Node.Scalar scalar, Class<?> type, String path) {
        try {
            return scalars.read(scalar.text(), type);
        } catch (IllegalArgumentException e) {
            problems.add(scalar.at(), path, sentence(e), "", "");
            return null;
        }
    }

    private @Nullable Object wrongKind(Node node, String path, String wanted) {
        problems.add(node.at(), path, "This is " + node.kind() + ", but " + wanted + " is wanted.", "", "");
        return null;
    }

    private void unknown(Iterable<String> known, Map<String, String> removed, String key, Location at, String path) {
        String keyPath = path.isEmpty() ? key : path + "." + key;
        String instead = removed.get(key);
        if (instead != null) {
            problems.add(at, keyPath, "This key is no more.", "", instead);
            return;
        }
        problems.add(
                at,
                keyPath,
                "No key is named " + Quoted.of(key) + " here.",
                "Unknown keys are refused, so that a misspelt one is never passed over.",
                Nearest.to(key, known)
                        .map(name -> "Write `" + name + "`.")
                        .orElse("Known here: " + String.join(", ", known) + "."));
    }

    private static String sentence(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }
}
