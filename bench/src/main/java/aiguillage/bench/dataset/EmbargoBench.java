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
    private static final Duration LEAD = Duration.ofSeconds(3);

    /// So long it may take until a version of so many rows is published, and until so many bytes are
    /// everywhere.
    private static final long ROWS_PER_SECOND = 15_000;

    private static final long ROWS_TO_REPLICAS_PER_SECOND = 1_500_000;

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
                Instant holds = Instant.now().plus(lead(rows, replicas)).truncatedTo(ChronoUnit.MILLIS);
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

    private static Duration lead(long rows, long replicas) {
        return LEAD.plusSeconds(rows / ROWS_PER_SECOND + rows * replicas / ROWS_TO_REPLICAS_PER_SECOND);
    }
}
