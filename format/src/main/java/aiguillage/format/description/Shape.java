package aiguillage.format.description;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may stand in a file, as its schema says.
public sealed interface Shape {

    /// The element's name.
    String name();

    /// Records that belong together.
    ///
    /// @param parts in the order in which they stand
    record Group(String name, List<Particle> parts) implements Shape {

        public Group {
            parts = List.copyOf(parts);
        }
    }

    /// What is read at once: a line, a segment.
    ///
    /// @param initiator with which it begins, or empty
    /// @param terminator with which it ends when it is written
    /// @param layout what is known of its fields
    record Entry(String name, String initiator, String terminator, Layout layout) implements Shape {}

    /// How often something may stand there.
    ///
    /// @param most -1: without bound
    record Particle(Shape shape, int least, int most) {

        /// Whether one more may follow, after so many.
        public boolean takes(int count) {
            return most < 0 || count < most;
        }
    }

    /// The fields of a record.
    sealed interface Layout {

        /// Of one length each.
        record Fixed(List<Field> fields) implements Layout {

            public Fixed {
                fields = List.copyOf(fields);
            }

            /// The characters of the record, without what it begins with.
            public int length() {
                return fields.stream().mapToInt(Field::length).sum();
            }
        }

        /// Between separators.
        record Delimited(Separated sequence) implements Layout {}

        /// Beyond plain DFDL, hence read by Apache Daffodil.
        ///
        /// @param why the first thing that is not plain
        record Other(String why) implements Layout {}
    }

    /// Fields between separators.
    ///
    /// @param isPrefix whether the first field has a separator before it, too
    /// @param mayEndEarly whether empty fields at the end have no separators
    record Separated(char separator, boolean isPrefix, boolean mayEndEarly, List<Part> parts) {

        public Separated {
            parts = List.copyOf(parts);
        }
    }

    /// What stands between two separators.
    sealed interface Part {

        /// The element's name.
        String name();

        /// Whether it may be empty or missing.
        boolean isOptional();
    }

    /// Fields within a field, as EDIFACT's components.
    record Composite(String name, boolean isOptional, Separated sequence) implements Part {}

    /// A field.
    ///
    /// @param length in characters; 0: up to the separator
    /// @param isOptional an empty one is left out
    /// @param isNillable an empty one is no value
    /// @param escape how separators may stand in it
    record Field(
            String name,
            int length,
            boolean isOptional,
            boolean isNillable,
            Padding padding,
            Escape escape,
            Value value,
            Facets facets)
            implements Part {}

    /// What fills a text up to its length.
    ///
    /// @param isRight whether the text stands at the right
    record Padding(boolean trims, boolean pads, boolean isRight, char with) {}

    /// How separators may stand in a text.
    sealed interface Escape {

        /// Not at all.
        record None() implements Escape {}

        /// Between quotes; one within is doubled.
        ///
        /// @param isAlways whether it is written so without need
        record Block(char quote, boolean isAlways) implements Escape {}

        /// Each behind a character, which is itself written twice.
        ///
        /// @param others further characters that are written so
        record Release(char with, String others) implements Escape {}
    }

    /// What a text means.
    sealed interface Value {

        /// Itself.
        record Text() implements Value {}

        /// A number.
        record Numeric(Decimal decimal) implements Value {}

        /// A date or time.
        record Moment(Calendar calendar) implements Value {}
    }

    /// What XML Schema asks of a value.
    ///
    /// @param pattern as Java reads it, or null
    /// @param values the only ones; empty: any
    record Facets(
            @Nullable String pattern,
            List<String> values,
            int lengthMin,
            int lengthMax,
            @Nullable String least,
            @Nullable String most) {

        /// Nothing.
        public static final Facets NONE = new Facets(null, List.of(), 0, Integer.MAX_VALUE, null, null);

        public Facets {
            values = List.copyOf(values);
        }

        /// Whether anything is asked.
        public boolean isNone() {
            return equals(NONE);
        }
    }
}
