package aiguillage.dataset.source;

import static java.util.stream.Collectors.joining;

import aiguillage.dataset.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where the columns of a dataset stand among the cells of a file's lines.
///
/// @param places for each column, in the schema's order, the index of its cell; -1 when the file lacks it
/// @param action the index of the cell that says what becomes of the row; -1 in a full list
/// @param cells how many a line has
/// @param others whether a line may have more than that
/// @param header the names in the file's first line, or none when it has no header
/// @param faults what is wrong with the header; when anything is, no row can be taken
public record Layout(
        List<Integer> places, int action, int cells, boolean others, List<String> header, List<String> faults) {

    private static final int SHOWN_CHARS_MAX = 40;
    private static final int NAMES_SHOWN_MAX = 20;

    public Layout {
        places = List.copyOf(places);
        header = List.copyOf(header);
        faults = List.copyOf(faults);
    }

    /// The same with one more thing that is wrong.
    Layout with(String fault) {
        List<String> more = new ArrayList<>(faults);
        more.add(fault);
        return new Layout(places, action, cells, others, header, more);
    }

    /// The columns stand as in the schema, the action behind them.
    static Layout byPosition(Schema schema, @Nullable Actions actions, boolean others) {
        int columns = schema.columns().size();
        List<Integer> places = IntStream.range(0, columns).boxed().toList();
        return actions == null
                ? new Layout(places, -1, columns, others, List.of(), List.of())
                : new Layout(places, columns, columns + 1, others, List.of(), List.of());
    }

    /// No row can be taken, for this reason.
    static Layout faulty(Schema schema, String fault) {
        List<Integer> places = schema.columns().stream().map(_ -> -1).toList();
        return new Layout(places, -1, 0, true, List.of(), List.of(fault));
    }

    /// The columns stand where the header says.
    ///
    /// @param wanted the names of the columns in the file, and behind them the action's when it is a delta
    static Layout byHeader(List<String> header, List<String> wanted, Schema schema, boolean others) {
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(header);
        if (missing.size() == wanted.size()) {
            return faulty(
                    schema,
                    "the first line has none of the names of the columns: the header is missing, or in"
                            + " another dialect; it should have " + shown(wanted));
        }
        List<String> faults = new ArrayList<>();
        if (!missing.isEmpty()) {
            faults.add("the header lacks " + shown(missing));
        }
        Set<String> known = Set.copyOf(wanted);
        List<String> unknown =
                header.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty() && (!others || !missing.isEmpty())) {
            faults.add("the header has " + shown(unknown) + ", which is no column that was declared");
        }
        for (String name : wanted) {
            if (header.indexOf(name) != header.lastIndexOf(name)) {
                faults.add("the header has \"" + shown(name) + "\" twice");
            }
        }
        int columns = schema.columns().size();
        List<Integer> places = wanted.stream().map(header::indexOf).toList();
        return new Layout(
                places.subList(0, columns),
                places.size() > columns ? places.getLast() : -1,
                header.size(),
                false,
                header,
                faults);
    }

    private static String shown(List<String> names) {
        return names.stream().limit(NAMES_SHOWN_MAX).map(Layout::shown).collect(joining("\", \"", "\"", "\""))
                + (names.size() > NAMES_SHOWN_MAX ? " and " + (names.size() - NAMES_SHOWN_MAX) + " more" : "");
    }

    /// A name from outside, in a form that does no harm in a message.
    public static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .limit(SHOWN_CHARS_MAX)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return name.length() > SHOWN_CHARS_MAX ? shown.append("…").toString() : shown.toString();
    }
}
