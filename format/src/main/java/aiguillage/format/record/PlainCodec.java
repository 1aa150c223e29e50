package aiguillage.format.record;

import aiguillage.format.description.Shape.Composite;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Escape;
import aiguillage.format.description.Shape.Field;
import aiguillage.format.description.Shape.Layout;
import aiguillage.format.description.Shape.Padding;
import aiguillage.format.description.Shape.Part;
import aiguillage.format.description.Shape.Separated;
import aiguillage.format.report.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and writes records of plain DFDL, without tree or backtracking: each character is looked at once or
/// twice.
public final class PlainCodec implements RecordCodec {

    /// Fields of a record; a separator beyond them is told, not followed.
    private static final int PARTS_MAX = 10_000;

    private final Values values = new Values();

    @Override
    public FlatNode read(Entry entry, String text, int line) throws Unreadable {
        if (!text.startsWith(entry.initiator())) {
            throw new Unreadable(
                    new Fault(line, 1, entry.name(), text, "a record that begins with " + entry.initiator()));
        }
        var reading = new Reading(entry, text, line);
        List<FlatNode> fields = switch (entry.layout()) {
            case Layout.Fixed fixed -> reading.fixed(fixed);
            case Layout.Delimited(var sequence) -> reading.delimited(sequence);
            case Layout.Other(var why) -> throw new AssertionError("not plain: " + why);
        };
        return FlatNode.of(entry.name(), line, fields);
    }

    /// One record being read.
    private final class Reading {

        private final Entry entry;
        private final String text;
        private final int line;

        Reading(Entry entry, String text, int line) {
            this.entry = entry;
            this.text = text;
            this.line = line;
        }

        private Unreadable unreadable(int at, String field, String found, String expected) {
            String where = field.isEmpty() ? entry.name() : entry.name() + "/" + field;
            int begin = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
            int lines = begin == 0
                    ? 0
                    : (int) text.substring(0, begin)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            return new Unreadable(new Fault(line + lines, at - begin + 1, where, found, expected));
        }

        List<FlatNode> fixed(Layout.Fixed layout) throws Unreadable {
            int at = entry.initiator().length();
            int length = at + layout.length();
            String shift = text.length() == length
                    ? ""
                    : "; the record has " + text.length() + " characters instead of " + length;
            var fields = new ArrayList<FlatNode>(layout.fields().size());
            for (Field field : layout.fields()) {
                int end = at + field.length();
                if (end > text.length()) {
                    throw unreadable(
                            Math.min(at, text.length()),
                            field.name(),
                            text.substring(Math.min(at, text.length())),
                            Values.expected(field) + shift);
                }
                if (end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
                    throw unreadable(
                            at,
                            field.name(),
                            text.substring(at, end),
                            "the field's end not within a character" + shift);
                }
                fields.add(value(field, text.substring(at, end), at, shift));
                at = end;
            }
            if (!shift.isEmpty()) {
                throw unreadable(length, "", text.substring(length), length + " characters" + shift);
            }
            return fields;
        }

        List<FlatNode> delimited(Separated sequence) throws Unreadable {
            int at = entry.initiator().length();
            if (sequence.isPrefix() && at < text.length()) {
                if (text.charAt(at) != sequence.separator()) {
                    throw unreadable(
                            at, "", text.substring(at), "'" + sequence.separator() + "' behind " + entry.initiator());
                }
                at++;
            }
            try {
                return sequence(sequence, at, text.length(), "");
            } catch (Unreadable e) {
                throw shifted(sequence, at, e.fault());
            }
        }

        /// A field too many or too few is the likely cause of what is wrong in another.
        private Unreadable shifted(Separated sequence, int from, Fault fault) {
            int count = 0;
            int at = from;
            try {
                while (at <= text.length() && count < PARTS_MAX) {
                    at = end(escape(sequence.parts(), count), sequence.separator(), at, text.length(), "") + 1;
                    count++;
                }
            } catch (Unreadable quotes) {
                return new Unreadable(fault);
            }
            int wanted = sequence.parts().size();
            boolean isShifted = sequence.mayEndEarly() ? count > wanted : count != wanted;
            if (!isShifted || fault.where().equals(entry.name())) {
                return new Unreadable(fault);
            }
            return new Unreadable(new Fault(
                    fault.line(),
                    fault.column(),
                    fault.where(),
                    fault.found(),
                    fault.expected() + "; the record has " + count + " fields instead of " + wanted
                            + (count > wanted
                                    ? ": does a text with '" + sequence.separator() + "' lack its quotes?"
                                    : "")));
        }

        private List<FlatNode> sequence(Separated sequence, int from, int to, String above) throws Unreadable {
            List<Part> parts = sequence.parts();
            var nodes = new ArrayList<FlatNode>(parts.size());
            int at = from;
            int index = 0;
            boolean isOver = sequence.isPrefix() && from >= to && above.isEmpty();
            while (!isOver) {
                int end = end(escape(parts, index), sequence.separator(), at, to, above);
                if (index >= parts.size()) {
                    int count = index + 1 + count(sequence.separator(), end, to);
                    throw unreadable(
                            at,
                            above,
                            text.substring(at, to),
                            parts.size() + " fields between '" + sequence.separator() + "', not " + count
                                    + ". Does a text with '" + sequence.separator() + "' in it lack its quotes?");
                }
                Part part = parts.get(index);
                part(part, at, end, above).ifPresent(nodes::add);
                index++;
                isOver = end >= to;
                at = end + 1;
            }
            missing(sequence, index, nodes, to, above);
            return nodes;
        }

        private void missing(Separated sequence, int index, List<FlatNode> nodes, int to, String above)
                throws Unreadable {
            for (Part part : sequence.parts()
                    .subList(
                            Math.min(index, sequence.parts().size()),
                            sequence.parts().size())) {
                if (!sequence.mayEndEarly()) {
                    throw unreadable(
                            to,
                            above,
                            "the end of the record",
                            sequence.parts().size() + " fields between '" + sequence.separator() + "', not " + index);
                }
                if (!part.isOptional() && !(part instanceof Field field && field.isNillable())) {
                    throw unreadable(to, path(above, part), "the end of the record", "a value");
                }
                if (part instanceof Field field && field.isNillable() && !field.isOptional()) {
                    nodes.add(FlatNode.nil(field.name()));
                }
            }
        }

        private Escape escape(List<Part> parts, int index) {
            Part part = parts.get(Math.min(index, parts.size() - 1));
            return switch (part) {
                case Field field -> field.escape();
                case Composite composite -> escape(composite.sequence().parts(), 0);
            };
        }

        private int count(char separator, int from, int to) {
            int count = 0;
            for (int i = from; i < to && count < PARTS_MAX; i++) {
                count += text.charAt(i) == separator ? 1 : 0;
            }
            return count;
        }

        /// Where what begins at `at` ends: at a separator, or at the end.
        private int end(Escape escape, char separator, int at, int to, String above) throws Unreadable {
            return switch (escape) {
                case Escape.None() -> separatorOr(to, separator, at);
                case Escape.Block(var quote, var _) ->
                    at < to && text.charAt(at) == quote
                            ? endOfQuoted(quote, separator, at, to, above)
                            : separatorOr(to, separator, at);
                case Escape.Release(var with, var _) -> endOfReleased(with, separator, at, to);
            };
        }

        private int separatorOr(int to, char separator, int at) {
            int end = text.indexOf(separator, at);
            return end < 0 || end > to ? to : end;
        }

        private int endOfReleased(char with, char separator, int at, int to) {
            int end = at;
            while (end < to && text.charAt(end) != separator) {
                end += text.charAt(end) == with ? 2 : 1;
            }
            return Math.min(end, to);
        }

        private int endOfQuoted(char quote, char separator, int at, int to, String above) throws Unreadable {
            int end = at + 1;
            while (true) {
                end = text.indexOf(quote, end);
                if (end < 0 || end >= to) {
                    throw unreadable(at, above, text.substring(at, to), "a closing " + quote);
                }
                if (end + 1 < to && text.charAt(end + 1) == quote) {
                    end += 2;
                    continue;
                }
                if (end + 1 < to && text.charAt(end + 1) != separator) {
                    throw unreadable(
                            end + 1,
                            above,
                            text.substring(end + 1, to),
                            "'" + separator + "' behind a closing " + quote + "; within a text, " + quote
                                    + " is written twice");
                }
                return end + 1;
            }
        }

        private Optional<FlatNode> part(Part part, int at, int end, String above) throws Unreadable {
            if (at >= end && part.isOptional()) {
                return Optional.empty();
            }
            return switch (part) {
                case Composite composite -> {
                    List<FlatNode> nodes = sequence(composite.sequence(), at, end, path(above, part));
                    yield Optional.of(FlatNode.of(composite.name(), 0, nodes));
                }
                case Field field -> Optional.of(value(field, text.substring(at, end), at, ""));
            };
        }

        private static String path(String above, Part part) {
            return above.isEmpty() ? part.name() : above + "/" + part.name();
        }

        /// @param shift what else is known about a value that is none
        private FlatNode value(Field field, String lying, int at, String shift) throws Unreadable {
            String bare = unescaped(field.escape(), lying);
            String trimmed = trimmed(field.padding(), bare);
            if (field.isNillable() && trimmed.isBlank()) {
                return FlatNode.nil(field.name());
            }
            String value = values.read(field, trimmed);
            if (value == null) {
                throw unreadable(at, field.name(), lying, Values.expected(field) + shift);
            }
            String lacking = values.lacking(field.facets(), value);
            if (lacking != null) {
                throw unreadable(at, field.name(), lying, lacking + shift);
            }
            return FlatNode.field(field.name(), value);
        }
    }

    private static String unescaped(Escape escape, String text) {
        return switch (escape) {
            case Escape.None() -> text;
            case Escape.Block(var quote, var _) -> {
                if (text.length() < 2 || text.charAt(0) != quote) {
                    yield text;
                }
                String one = String.valueOf(quote);
                String within = text.substring(1, text.length() - 1);
                yield within.indexOf(quote) < 0 ? within : within.replace(one + one, one);
            }
            case Escape.Release(var with, var _) -> {
                if (text.indexOf(with) < 0) {
                    yield text;
                }
                var bare = new StringBuilder(text.length());
                for (int i = 0; i < text.length(); i++) {
                    boolean isReleased = text.charAt(i) == with && i + 1 < text.length();
                    bare.append(text.charAt(isReleased ? ++i : i));
                }
                yield bare.toString();
            }
        };
    }

    private static String trimmed(Padding padding, String text) {
        if (!padding.trims()) {
            return text;
        }
        int from = 0;
        int to = text.length();
        if (padding.isRight()) {
            int last = padding.with() == '0' ? to - 1 : to; // of zeros alone the last is the number
            while (from < last && text.charAt(from) == padding.with()) {
                from++;
            }
        } else {
            while (to > from && text.charAt(to - 1) == padding.with()) {
                to--;
            }
        }
        return text.substring(from, to);
    }

    @Override
    public void write(Entry entry, FlatNode record, StringBuilder out) throws Unwritable {
        out.append(entry.initiator());
        switch (entry.layout()) {
            case Layout.Fixed(var fields) -> {
                for (Field field : fields) {
                    out.append(text(entry, field, record, (char) 0));
                }
            }
            case Layout.Delimited(var sequence) -> {
                if (sequence.isPrefix() && !record.children().isEmpty()) {
                    out.append(sequence.separator());
                }
                sequence(entry, sequence, record, out, List.of(sequence.separator()));
            }
            case Layout.Other(var why) -> throw new AssertionError("not plain: " + why);
        }
        out.append(entry.terminator());
    }

    private void sequence(Entry entry, Separated sequence, FlatNode record, StringBuilder out, List<Character> scope)
            throws Unwritable {
        known(entry, sequence.parts(), record);
        int written = out.length();
        boolean isFirst = true;
        for (Part part : sequence.parts()) {
            if (!isFirst) {
                out.append(sequence.separator());
            }
            isFirst = false;
            int before = out.length();
            switch (part) {
                case Composite composite -> {
                    Optional<FlatNode> child = record.child(composite.name());
                    if (child.isPresent()) {
                        var inner = new ArrayList<>(scope);
                        inner.add(composite.sequence().separator());
                        sequence(entry, composite.sequence(), child.get(), out, inner);
                    }
                }
                case Field field -> out.append(text(entry, field, record, sequence.separator(), scope));
            }
            if (out.length() > before) {
                written = out.length();
            }
        }
        if (sequence.mayEndEarly()) {
            out.setLength(written);
        }
    }

    private static void known(Entry entry, List<Part> parts, FlatNode record) throws Unwritable {
        for (FlatNode child : record.children()) {
            if (parts.stream().noneMatch(part -> part.name().equals(child.name()))) {
                throw new Unwritable("The record " + entry.name() + " has no field \"" + child.name() + "\" in \""
                        + record.name() + "\".");
            }
        }
    }

    private String text(Entry entry, Field field, FlatNode record, char separator) throws Unwritable {
        return text(entry, field, record, separator, List.of());
    }

    private String text(Entry entry, Field field, FlatNode record, char separator, List<Character> scope)
            throws Unwritable {
        Optional<FlatNode> child = record.child(field.name());
        String text = "";
        if (child.isEmpty()) {
            if (!field.isOptional() && !field.isNillable()) {
                throw new Unwritable(
                        "The record " + entry.name() + " has no " + field.name() + ", which must be there.");
            }
        } else if (!(field.isNillable()
                && (child.get().isNil() || child.get().text().isEmpty()))) {
            String value = child.get().text();
            String written = values.write(field, value);
            String lacking = values.lacking(field.facets(), value);
            if (written == null || lacking != null) {
                throw new Unwritable("The field " + entry.name() + "/" + field.name() + " is \"" + Fault.shown(value)
                        + "\", and must be " + (lacking == null ? Values.expected(field) : lacking) + ".");
            }
            text = written;
        }
        if (field.length() > 0) {
            if (hasLineEnd(text)) {
                throw new Unwritable("The field " + entry.name() + "/" + field.name() + " is \"" + Fault.shown(text)
                        + "\"; a record of fields of one length has no line end in it.");
            }
            return padded(entry, field, text);
        }
        return escaped(entry, field, text, separator, scope);
    }

    private static String padded(Entry entry, Field field, String text) throws Unwritable {
        int lacking = field.length() - text.length();
        if (lacking < 0) {
            throw new Unwritable("The field " + entry.name() + "/" + field.name() + " has " + text.length()
                    + " characters, \"" + Fault.shown(text) + "\"; there is room for " + field.length() + ".");
        }
        if (lacking == 0) {
            return text;
        }
        Padding padding = field.padding();
        if (!padding.pads() && !text.isEmpty()) {
            throw new Unwritable("The field " + entry.name() + "/" + field.name() + " has " + text.length()
                    + " characters, \"" + Fault.shown(text) + "\", needs " + field.length()
                    + ", and is not to be padded (textPadKind).");
        }
        String fill = String.valueOf(text.isEmpty() && field.isNillable() ? ' ' : padding.with())
                .repeat(lacking);
        return padding.isRight() ? fill + text : text + fill;
    }

    private static String escaped(Entry entry, Field field, String text, char separator, List<Character> scope)
            throws Unwritable {
        return switch (field.escape()) {
            case Escape.None() -> {
                if (text.indexOf(separator) >= 0 || hasLineEnd(text)) {
                    throw new Unwritable("The field " + entry.name() + "/" + field.name() + " is \"" + Fault.shown(text)
                            + "\", and nothing says how '" + separator + "' or a line end may stand in it.");
                }
                yield text;
            }
            case Escape.Block(var quote, var isAlways) -> {
                boolean needs =
                        isAlways || text.indexOf(separator) >= 0 || text.indexOf(quote) >= 0 || hasLineEnd(text);
                String one = String.valueOf(quote);
                yield needs ? one + text.replace(one, one + one) + one : text;
            }
            case Escape.Release(var with, var others) -> released(with, others, entry.terminator(), text, scope);
        };
    }

    private static String released(char with, String others, String terminator, String text, List<Character> scope) {
        var escaped = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == with || scope.contains(c) || others.indexOf(c) >= 0 || terminator.indexOf(c) == 0) {
                escaped.append(with);
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static boolean hasLineEnd(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
