package aiguillage.bench.figure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures as a table that fits a terminal of [#COLUMNS] columns.
public final class FigureTable {

    /// The widest line.
    public static final int COLUMNS = 110;

    private static final String ROW =
            "%-" + Figure.NAME_MAX + "s %9s %-6s %-" + Figure.BESIDE_MAX + "s%9s %6s %6s %s%n";

    private FigureTable() {}

    /// The table, with a line end.
    public static String text(List<Figure> figures) {
        var text = new StringBuilder(
                String.format(Locale.ROOT, ROW, "figure", "ours", "unit", "beside", "", "ratio", "spread", "goal"));
        for (Figure figure : figures) {
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    figure.figure(),
                    number(figure.ours()),
                    figure.unit(),
                    figure.beside() == null ? "–" : figure.beside(),
                    number(figure.besideValue()),
                    ratio(figure.ratio()),
                    percent(figure.spread()),
                    goal(figure)));
        }
        return text.toString();
    }

    private static String goal(Figure figure) {
        if (figure.goal() == null) {
            return "";
        }
        return figure.goal() + (Boolean.TRUE.equals(figure.met()) ? ": met" : ": MISSED");
    }

    /// With no more digits than it has meaning.
    private static String number(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /// A share as such, many times as such.
    private static String ratio(@Nullable Double ratio) {
        if (ratio == null) {
            return "";
        }
        return ratio < 10 ? percent(ratio) : String.format(Locale.ROOT, "%,.0f×", ratio);
    }

    private static String percent(double ratio) {
        return Math.round(100 * ratio) + " %";
    }
}
