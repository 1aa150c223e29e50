package aiguillage.bench.dataset;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// A sealed version of all rows, which is everywhere before it holds: from its instant until every replica
/// answers from it, beside a change of one row, from the hub's taking it in, at the same replicas.
public final class EmbargoBench {

    private static final double RATIO_GOAL = 1.2;
    private static final String BESIDE = "a change of one row";
    private static final double LEAD_SECONDS = 3;

    /// So many times as long as the first publication, which was of as many rows, the sealed one may take, with all
    /// that the hub makes of it.
    private static final double PUBLICATIONS = 4;

    /// Rows of all replicas together that are fetched, and made durable as they lie, in a second.
    private static final double ROWS_PER_SECOND = 1_500_000;

    private EmbargoBench() {}

    /// @param rows of the list, all of which change
    /// @param replicas how many
    public static List<Figure> run(Settings settings, Progress progress, int rows, int replicas, int rounds)
            throws IOException {
        var sealed = new Series();
        var row = new Series();
        progress.step("publishing " + rows + " rows");
        try (var stage = new ListStage(settings, "embargo", rows, replicas, 0)) {
            progress.step("making " + replicas + " replicas");
            stage.open();
            for (int round = -1; round < rounds; round++) {
                progress.round(round + 2, rounds + 1, "the first is not counted");
                double one = stage.numbers("row", stage.dearer(1))[0];
                stage.list().dearer(rows);
                var all = stage.list().write(stage.file());
                Instant holds = Instant.now().plus(lead(stage, rows, replicas)).truncatedTo(ChronoUnit.MILLIS);
                double switched = stage.numbers("seal", all, holds)[0];
                if (round >= 0) {
                    row.add(one);
                    sealed.add(switched);
                }
            }
        }
        String to = String.format(Locale.ROOT, "%,d sealed at %,d", rows, replicas);
        return List.of(Figure.of(to, "ms", sealed, BESIDE, row).ratioAtMost(RATIO_GOAL));
    }

    private static Duration lead(ListStage stage, double rows, double replicas) {
        double seconds = LEAD_SECONDS + PUBLICATIONS * stage.firstSeconds() + rows * replicas / ROWS_PER_SECOND;
        return Duration.ofMillis(Math.round(1_000 * seconds));
    }
}
