package aiguillage.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A record type as a section of a file: its keys in order, and how to make one.
///
/// @param constructor the record's own, with all components
/// @param keys by their names in the file
/// @param removed what replaced the keys that are no more, by their names
record Section(Constructor<?> constructor, LinkedHashMap<String, Key> keys, Map<String, String> removed) {

    private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]");

    /// One key of a section.
    ///
    /// @param setting what the record says of it
    /// @param optional whether it may be left out without a fallback
    record Key(String name, Type type, Setting setting, boolean optional) {

        boolean isRequired() {
            return !optional && setting.fallback().isEmpty();
        }
    }

    /// Whether this type is a section rather than a value made from one text: a record with a [Setting].
    static boolean is(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.isAnnotationPresent(Setting.class));
    }

    static Section of(Class<?> type) {
        var keys = new LinkedHashMap<String, Key>();
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                throw new AssertionError(type + "." + component.getName() + " has no @Setting");
            }
            String name = dashed(component.getName());
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            keys.put(name, new Key(name, component.getGenericType(), setting, optional));
        }
        Map<String, String> removed = Arrays.stream(type.getAnnotationsByType(Removed.class))
                .collect(Collectors.toMap(Removed::key, Removed::instead));
        return new Section(constructor(type), keys, removed);
    }

    private static Constructor<?> constructor(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new LinkageError(type + " is no record", e);
        }
    }

    Class<?> type() {
        return constructor.getDeclaringClass();
    }

    /// The records that may stand for a sealed interface.
    static List<Section> choices(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .filter(Section::is)
                .map(Section::of)
                .toList();
    }

    private static String dashed(String name) {
        return UPPER_CASE.matcher(name).replaceAll(match -> "-" + match.group().toLowerCase(Locale.ROOT));
    }

    /// A new record.
    ///
    /// @param values one per key, in order; null for those left out
    /// @throws IllegalArgumentException as the record's constructor does
    Object make(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw Scalars.refusal(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type() + " cannot be made", e);
        }
    }
}
