package aiguillage.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How messages and the reference name the type of a setting.
final class Types {

    private static final String SECRET = "secret, or `file:<path>`";

    private static final Map<Class<?>, String> NAMES = Map.ofEntries(
            Map.entry(boolean.class, "true or false"),
            Map.entry(int.class, "whole number"),
            Map.entry(long.class, "whole number"),
            Map.entry(String.class, "text"),
            Map.entry(Duration.class, "duration (ms, s, m, h, d)"),
            Map.entry(Bytes.class, "size (B, kB, MB, GB, TB)"),
            Map.entry(Path.class, "path"),
            Map.entry(URI.class, "URI"),
            Map.entry(Address.class, "host:port"),
            Map.entry(Secret.class, SECRET),
            Map.entry(OneTimeSecret.class, SECRET));

    private Types() {}

    static String name(Type type, Setting setting) {
        String bounds = bounds(setting);
        return (setting.unit().isEmpty() ? name(type) : setting.unit()) + (bounds.isEmpty() ? "" : ", " + bounds);
    }

    private static String name(Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> "list of " + name(list.getActualTypeArguments()[0]);
            case ParameterizedType map -> "section of " + name(map.getActualTypeArguments()[1]) + " by name";
            case Class<?> constants when constants.isEnum() -> String.join(" | ", Scalars.constantNames(constants));
            case Class<?> section when Section.is(section) -> "section";
            case Class<?> choice
            when choice.isSealed() ->
                Section.choices(choice).stream()
                        .map(section -> "{ " + String.join(", ", section.keys().keySet()) + " }")
                        .collect(Collectors.joining(" or ", "text, or ", ""));
            case Class<?> known -> NAMES.getOrDefault(known, words(known));
            default -> throw new AssertionError("settings are never of type " + type);
        };
    }

    /// `PartyId` is a `party id`.
    static String words(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String bounds(Setting setting) {
        if (setting.min().isEmpty() && setting.max().isEmpty()) {
            return "";
        }
        if (setting.max().isEmpty()) {
            return "at least " + setting.min();
        }
        return setting.min().isEmpty() ? "at most " + setting.max() : setting.min() + " to " + setting.max();
    }
}
