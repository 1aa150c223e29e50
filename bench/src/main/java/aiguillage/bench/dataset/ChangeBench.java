package aiguillage.bench.dataset;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.bulk.CopyProcess;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Many rows change, for many whole replicas: from the hub's taking the version in until each has fetched it,
/// folded it into its rows and found them to be those of the signed root. Beside the same file, copied as
/// often over the same TLS and synced. All replicas share one machine's processors, which dealers do not.
public final class ChangeBench {

    private static final double RATIO_GOAL = 3;
    private static final int SHARE = 20;
    private static final String BESIDE = "that file over TLS";

    private ChangeBench() {}

    /// @param rows of the list, of which one in 20 changes
    /// @param replicas how many
    public static List<Figure> run(Settings settings, Progress progress, int rows, int replicas, int rounds)
            throws IOException {
        var seen = new Series();
        var exact = new Series();
        var copies = new Series();
        progress.step("publishing " + rows + " rows");
        try (var stage = new ListStage(settings, "change", rows, replicas, 0)) {
            progress.step("making " + replicas + " replicas");
            stage.open();
            Path layer = CopyProcess.file(stage.site().folder());
            try (Server copying = stage.start(CopyProcess.class)) {
                for (int round = -1; round < rounds; round++) {
                    progress.round(round + 2, rounds + 1, "the first is not counted");
                    double[] ours = stage.numbers("change", stage.dearer(Math.max(1, rows / SHARE)));
                    stage.order("layer", layer);
                    double copied = stage.numbers("copies", copying.port(), Files.size(layer))[0];
                    stage.order("fold");
                    if (round >= 0) {
                        seen.add(ours[0]);
                        exact.add(ours[1]);
                        copies.add(copied);
                    }
                }
            }
        }
        String to = String.format(Locale.ROOT, "5 %% of %,d to %,d", rows, replicas);
        return List.of(
                Figure.of(to, "s", exact, BESIDE, copies).ratioAtMost(RATIO_GOAL),
                Figure.of("  until lookups answer so", "s", seen, BESIDE, copies));
    }
}
