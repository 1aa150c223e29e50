package aiguillage.app.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows under a head, in columns, at most [#WIDTH_MAX] wide: the widest columns are cut, with `…` where.
public final class TextTable {

    /// What a plain terminal shows.
    public static final int WIDTH_MAX = 80;

    private static final String GAP = "  ";
    private static final int CELL_MIN = 6;

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heads) {
        rows.add(List.of(heads));
    }

    /// Adds a row with as many cells as there are heads.
    public TextTable row(Object... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row has " + rows.getFirst().size() + " cells, not " + cells.length);
        }
        rows.add(java.util.Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /// The lines, without a line end after the last.
    public String text() {
        int[] widths = widths();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(i -> cell(row.get(i), widths[i]))
                        .reduce((left, right) -> left + GAP + right)
                        .orElse("")
                        .stripTrailing())
                .reduce((above, below) -> above + "\n" + below)
                .orElse("");
    }

    private int[] widths() {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        int gaps = GAP.length() * (widths.length - 1);
        while (IntStream.of(widths).sum() + gaps > WIDTH_MAX) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= CELL_MIN) {
                break; // many columns: better too wide than unreadable
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String cell(String text, int width) {
        String shown = text.length() <= width ? text : text.substring(0, width - 1) + "…";
        return shown + " ".repeat(width - shown.length());
    }
}
