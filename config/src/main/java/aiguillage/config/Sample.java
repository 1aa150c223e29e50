package aiguillage.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes an annotated sample file from the records that read it. Required keys carry their example; all others
/// stand behind a `#` with what holds without them, so that the sample as it stands means the same as its
/// active lines.
public final class Sample {

    private static final int TEXT_CHARS_MAX = 100;

    private Sample() {}

    /// The sample, as YAML that [ConfigReader] reads.
    public static String yaml(Class<? extends Record> type) {
        return String.join("\n", section(Section.of(type), "")) + "\n";
    }

    private static List<String> section(Section section, String indent) {
        return section.keys().values().stream()
                .flatMap(key -> Stream.concat(comment(key, indent), key(key, indent)))
                .toList();
    }

    private static Stream<String> comment(Section.Key key, String indent) {
        String text = key.setting().text() + " (" + Types.name(key.type(), key.setting()) + ")";
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split("\\s+", -1)) {
            if (!line.isEmpty() && indent.length() + line.length() + word.length() > TEXT_CHARS_MAX) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.stream().map(shown -> indent + "# " + shown);
    }

    private static Stream<String> key(Section.Key key, String indent) {
        Optional<Class<?>> nested = sectionOf(key.type());
        if (nested.isEmpty()) {
            return Stream.of(line(key, indent));
        }
        boolean named = key.type() instanceof ParameterizedType;
        List<String> below = section(Section.of(nested.get()), indent + (named ? "    " : "  "));
        List<String> all = new ArrayList<>();
        all.add(indent + key.name() + ":");
        if (named) {
            all.add(indent + "  " + example(key) + ":");
        }
        all.addAll(below);
        return key.isRequired() ? all.stream() : all.stream().map(Sample::inactive);
    }

    /// The section below a key: its own, or that of each name in a map.
    private static Optional<Class<?>> sectionOf(Type type) {
        return switch (type) {
            case ParameterizedType map when map.getRawType() == Map.class -> sectionOf(map.getActualTypeArguments()[1]);
            case Class<?> section when Section.is(section) -> Optional.of(section);
            default -> Optional.empty();
        };
    }

    private static String line(Section.Key key, String indent) {
        if (key.isRequired()) {
            return indent + key.name() + ": " + example(key);
        }
        String fallback = key.setting().fallback();
        return indent + "#" + key.name() + ": "
                + (fallback.isEmpty() ? key.setting().example() : fallback);
    }

    private static String example(Section.Key key) {
        String example = key.setting().example();
        if (example.isEmpty()) {
            throw new AssertionError("the required key " + key.name() + " has no example");
        }
        return example;
    }

    private static boolean isActive(String line) {
        return !line.stripLeading().startsWith("#");
    }

    private static String inactive(String line) {
        String text = line.stripLeading();
        return isActive(line) ? " ".repeat(line.length() - text.length()) + "#" + text : line;
    }
}
