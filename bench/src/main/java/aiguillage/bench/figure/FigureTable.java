package aiguillage.bench.figure;

import java.util.List;
import java.util.Locale;

/// Figures as a table that fits a terminal of 100 columns.
public final class FigureTable {

    private static final String ROW = "%-26s %10s %-7s %-20s %10s %7s %7s  %s%n";

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
                    figure.beside(),
                    number(figure.besideValue()),
                    percent(figure.ratio()),
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

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }

    private static String percent(double ratio) {
        return Math.round(100 * ratio) + " %";
    }
}
