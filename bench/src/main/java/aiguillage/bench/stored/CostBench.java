package aiguillage.bench.stored;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What one more document costs the journal when many are stored, beside the same when few are: processor time of
/// the whole process, the store's compaction included.
public final class CostBench {

    private static final double RATIO_GOAL = 1.2;
    private static final int PAYLOAD_BYTES = 200;
    private static final int WAITING = 256;

    private final Child seed;
    private long stored;

    private CostBench(Child seed) {
        this.seed = seed;
    }

    /// @param counts how many documents are stored, rising; the first is what the others are held against
    /// @param window how many documents are measured in each round
    /// @param warmUp how many go into another store before
    public static List<Figure> run(
            Settings settings, Progress progress, List<Long> counts, long window, long warmUp, int rounds)
            throws IOException {
        Site site = Site.create(settings.folder(), 1);
        try (Child seed = Child.start(SeedProcess.class, settings.serverOptions(), site.folder())) {
            progress.step("warm-up");
            seed.order("fresh " + site.folder().resolve("warm-up"));
            var bench = new CostBench(seed);
            bench.add(warmUp, WAITING);
            seed.order("fresh " + site.folder().resolve("store"));
            bench.stored = 0;
            var measured = new ArrayList<Series>();
            for (long count : counts) {
                progress.step("storing " + count + " documents");
                bench.add(count - bench.stored, Seeding.WAITING);
                var micros = new Series();
                for (int round = 0; round < rounds; round++) {
                    micros.add(bench.add(window, WAITING));
                }
                measured.add(micros);
            }
            return figures(counts, measured);
        }
    }

    /// @return the processor time of each, in µs
    private double add(long count, int waiting) throws IOException {
        if (count <= 0) {
            return 0;
        }
        seed.order("add " + count + " " + PAYLOAD_BYTES + " " + waiting);
        stored += count;
        return Double.parseDouble(seed.answer().split(" ", 2)[1]);
    }

    private static List<Figure> figures(List<Long> counts, List<Series> measured) {
        var figures = new ArrayList<Figure>();
        for (int i = 1; i < counts.size(); i++) {
            figures.add(Figure.of(
                            (i == 1 ? "CPU each, " : "  ") + stored(counts.get(i)),
                            "µs",
                            measured.get(i),
                            stored(counts.getFirst()),
                            measured.getFirst())
                    .ratioAtMost(RATIO_GOAL));
        }
        return figures;
    }

    private static String stored(long count) {
        return String.format(Locale.ROOT, "%,d stored", count);
    }
}
