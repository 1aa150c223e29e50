package aiguillage.console.prices;

import aiguillage.console.web.Look;
import aiguillage.console.web.Words;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.hub.dataset.Difference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How two versions differ: one of the lists, a page of it.
///
/// @param difference the counts
/// @param columns whose amounts can be compared
/// @param list which one: `amount`, `share`, `came`, `went` or `others`
/// @param heads of the table's columns
/// @param lines of the table
/// @param first the number of the first line, from 1
/// @param listed how many lines the list has, of [#of]
/// @param of how many there are in all
public record DifferenceView(
        Difference difference,
        List<String> columns,
        String list,
        List<String> heads,
        List<List<Cell>> lines,
        int first,
        int listed,
        long of) {

    static final List<String> LISTS = List.of("amount", "share", "came", "went", "others");

    /// Lines of one page.
    static final int PAGE = 100;

    public DifferenceView {
        columns = List.copyOf(columns);
        heads = List.copyOf(heads);
        lines = List.copyOf(lines);
    }

    /// @param page from 0
    static DifferenceView of(
            Difference difference, Schema schema, List<String> columns, String list, int page, Look look) {
        int from = page * PAGE;
        return switch (list) {
            case "came" -> wholes(difference, columns, list, difference.came(), difference.added(), schema, from, look);
            case "went" ->
                wholes(difference, columns, list, difference.went(), difference.removed(), schema, from, look);
            case "others" -> others(difference, columns, schema, from, look);
            case "share" -> movements(difference, columns, list, difference.steepest(), schema, from, look);
            default -> movements(difference, columns, "amount", difference.largest(), schema, from, look);
        };
    }

    private static <T> List<T> page(List<T> all, int from) {
        return all.subList(Math.min(from, all.size()), Math.min(from + PAGE, all.size()));
    }

    private static List<Cell> key(Schema schema, Key key, Words words) {
        return new ArrayList<>(Cell.row(schema, key, null, words).subList(0, schema.keyCells()));
    }

    private static List<String> keyHeads(Schema schema) {
        return new ArrayList<>(schema.keys().stream().map(Column::name).toList());
    }

    private static DifferenceView movements(
            Difference difference,
            List<String> columns,
            String list,
            List<Difference.Movement> all,
            Schema schema,
            int from,
            Look look) {
        Words words = look.words();
        List<String> heads = keyHeads(schema);
        heads.addAll(List.of(
                look.text("prices.before"),
                look.text("prices.after"),
                look.text("prices.by"),
                look.text("prices.share"),
                look.text("prices.from")));
        var lines = new ArrayList<List<Cell>>();
        for (Difference.Movement movement : page(all, from)) {
            List<Cell> line = key(schema, movement.key(), words);
            String by = movement.by().toPlainString();
            line.add(new Cell(words.exact(movement.before()), movement.before(), true));
            line.add(new Cell(words.exact(movement.after()), movement.after(), true));
            line.add(new Cell(signed(words.exact(by)), signed(by), true));
            line.add(share(movement.share(), words.locale()));
            Instant since = movement.from();
            line.add(new Cell(since == null ? "" : look.time(since), since == null ? "" : since.toString(), false));
            lines.add(line);
        }
        return new DifferenceView(difference, columns, list, heads, lines, from + 1, all.size(), difference.moved());
    }

    private static String signed(String number) {
        return number.startsWith("-") ? number : "+" + number;
    }

    /// A share is no price: it is told to a tenth of a per cent.
    private static Cell share(double share, Locale locale) {
        return Double.isInfinite(share)
                ? new Cell("∞", "", true)
                : new Cell(String.format(locale, "%+,.1f %%", share * 100), Double.toString(share), true);
    }

    private static DifferenceView wholes(
            Difference difference,
            List<String> columns,
            String list,
            List<Difference.Whole> all,
            long of,
            Schema schema,
            int from,
            Look look) {
        List<List<Cell>> lines = page(all, from).stream()
                .map(whole -> Cell.row(schema, whole.key(), whole.row(), look.words()))
                .toList();
        return new DifferenceView(difference, columns, list, Cell.names(schema), lines, from + 1, all.size(), of);
    }

    private static DifferenceView others(
            Difference difference, List<String> columns, Schema schema, int from, Look look) {
        List<String> heads = keyHeads(schema);
        heads.add(look.text("prices.columns"));
        var lines = new ArrayList<List<Cell>>();
        for (Difference.Other other : page(difference.others(), from)) {
            List<Cell> line = key(schema, other.key(), look.words());
            String names = other.columns().isEmpty() ? look.text("prices.dates") : String.join(", ", other.columns());
            line.add(new Cell(names, names, false));
            lines.add(line);
        }
        return new DifferenceView(
                difference,
                columns,
                "others",
                heads,
                lines,
                from + 1,
                difference.others().size(),
                difference.changed() - difference.moved());
    }

    /// The number of the last line that is shown.
    public int last() {
        return first + lines.size() - 1;
    }

    /// The next page's number, or null.
    public @Nullable Integer nextPage() {
        return first - 1 + PAGE < listed ? (first - 1) / PAGE + 1 : null;
    }

    /// How many there are in one of the lists.
    public long count(String which) {
        return switch (which) {
            case "came" -> difference.added();
            case "went" -> difference.removed();
            case "others" -> difference.changed() - difference.moved();
            default -> difference.moved();
        };
    }
}
