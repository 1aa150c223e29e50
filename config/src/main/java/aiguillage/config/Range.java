package aiguillage.config;

import java.time.Duration;
import java.util.Optional;

/// The bounds of a setting, written in the value's own form.
final class Range {

    private Range() {}

    /// What is wrong with a value outside its setting's bounds.
    static Optional<String> outside(Object value, Setting setting, Scalars scalars) {
        if (!setting.min().isEmpty() && compare(value, setting.min(), scalars) < 0) {
            return Optional.of(shown(value) + " is too little: write at least " + setting.min() + ".");
        }
        if (!setting.max().isEmpty() && compare(value, setting.max(), scalars) > 0) {
            return Optional.of(shown(value) + " is too much: write at most " + setting.max() + ".");
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // a bound is read as the value's own type
    private static int compare(Object value, String bound, Scalars scalars) {
        Class<?> type = switch (value) {
            case Integer _ -> int.class;
            case Long _ -> long.class;
            default -> value.getClass();
        };
        if (!(value instanceof Comparable<?> comparable)) {
            throw new AssertionError(type + " has no order, so no bounds");
        }
        return ((Comparable<Object>) comparable).compareTo(scalars.read(bound, type));
    }

    private static String shown(Object value) {
        return value instanceof Duration duration ? Durations.shown(duration) : String.valueOf(value);
    }
}
