package aiguillage.format.record;

import aiguillage.format.description.Shape.Facets;
import aiguillage.format.description.Shape.Field;
import aiguillage.format.description.Shape.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Between a field's text and its value. Safe from any thread.
final class Values {

    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    /// The value of a text, padding taken away, as XML Schema writes it; null when it is none.
    @Nullable
    String read(Field field, String text) {
        return switch (field.value()) {
            case Value.Text _ -> text;
            case Value.Numeric(var decimal) -> decimal.read(text);
            case Value.Moment(var calendar) -> calendar.read(text);
        };
    }

    /// The text of a value; null when it has none.
    @Nullable
    String write(Field field, String value) {
        return switch (field.value()) {
            case Value.Text _ -> value;
            case Value.Numeric(var decimal) -> decimal.write(value);
            case Value.Moment(var calendar) -> calendar.write(value);
        };
    }

    /// What the schema asks of a value and it does not have, as what was expected; null when all is well.
    @Nullable
    String lacking(Facets facets, String value) {
        if (facets.isNone()) {
            return null;
        }
        if (!facets.values().isEmpty() && !facets.values().contains(value)) {
            return "one of " + String.join(", ", facets.values());
        }
        if (value.length() < facets.lengthMin() || value.length() > facets.lengthMax()) {
            return facets.lengthMax() == 0
                    ? "nothing"
                    : facets.lengthMax() == Integer.MAX_VALUE
                            ? "at least " + facets.lengthMin() + " characters"
                            : facets.lengthMin() + " to " + facets.lengthMax() + " characters";
        }
        String pattern = facets.pattern();
        if (pattern != null && !Patience.matches(patterns.computeIfAbsent(pattern, Pattern::compile), value)) {
            return "what the pattern " + pattern + " describes";
        }
        return outside(facets, value);
    }

    private static @Nullable String outside(Facets facets, String value) {
        String least = facets.least();
        String most = facets.most();
        try {
            if (least != null && new BigDecimal(value).compareTo(new BigDecimal(least)) < 0) {
                return "at least " + least;
            }
            if (most != null && new BigDecimal(value).compareTo(new BigDecimal(most)) > 0) {
                return "at most " + most;
            }
        } catch (NumberFormatException e) { // bounds of dates: ISO's form orders as text
            if (least != null && value.compareTo(least) < 0) {
                return least + " or later";
            }
            if (most != null && value.compareTo(most) > 0) {
                return most + " or earlier";
            }
        }
        return null;
    }

    /// What a person is told that was expected in a field.
    static String expected(Field field) {
        String what = switch (field.value()) {
            case Value.Text _ -> "a text";
            case Value.Numeric(var decimal) -> decimal.expected();
            case Value.Moment(var calendar) -> "a date or time as " + calendar.pattern();
        };
        return field.length() == 0 ? what : what + " in " + field.length() + " characters";
    }
}
