package aiguillage.bench.dataset;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Lookups at the dealer, in one process, beside RocksDB's `get` of the same rows.
public final class LookupBench {

    private static final double GET_RATIO_GOAL = 0.6;
    private static final double P99_MICROS_GOAL = 10;

    private LookupBench() {}

    /// @param rows of the list
    public static List<Figure> run(Settings settings, Progress progress, int rows) throws IOException {
        var ours = new Series();
        var bare = new Series();
        var p99 = new Series();
        var bareP99 = new Series();
        progress.step("a replica of " + rows + " rows");
        try (Child lookups = Child.start(
                LookupProcess.class, settings.serverOptions(), settings.folder().resolve("lookups"), rows)) {
            lookups.answer();
            progress.step("warm-up");
            numbers(lookups, settings.warmUpMillis());
            for (int round = 0; round < settings.rounds(); round++) {
                progress.round(round + 1, settings.rounds(), "in one process");
                double[] measured = numbers(lookups, 4 * settings.millis());
                ours.add(measured[0]);
                bare.add(measured[1]);
                p99.add(measured[2]);
                bareP99.add(measured[3]);
            }
        }
        String what = String.format(Locale.ROOT, "lookup, %,d rows", rows);
        return List.of(
                Figure.of(what, "1/s", ours, "RocksDB's get", bare).ratioAtLeast(GET_RATIO_GOAL),
                Figure.of("  p99", "µs", p99, "RocksDB's get", bareP99).atMost(P99_MICROS_GOAL));
    }

    private static double[] numbers(Child child, Object order) throws IOException {
        child.order(order.toString());
        String[] words = child.answer().split(" ", -1);
        var numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Double.parseDouble(words[i]);
        }
        return numbers;
    }
}
