package aiguillage.bench.dataset;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// What a day's changes cost one gateway in bytes, on its stream and beside it, heads included: beside the
/// whole file, gzipped.
public final class DayBench {

    private static final double RATIO_GOAL = 0.02;
    private static final int SHARE = 200;
    private static final double BYTES_PER_KB = 1_000;

    private DayBench() {}

    /// @param rows of the list, of which one in 200 changes
    public static List<Figure> run(Settings settings, Progress progress, int rows, int rounds) throws IOException {
        var ours = new Series();
        var whole = new Series();
        progress.step("publishing " + rows + " rows");
        try (var stage = new ListStage(settings, "day", rows, 1, 0)) {
            stage.open();
            for (int round = 0; round < rounds; round++) {
                progress.round(round + 1, rounds, "one replica");
                double before = stage.numbers("bytes")[0];
                PartsList list = stage.list();
                stage.order("change", list.write(stage.file(), list.day(Math.max(1, rows / SHARE))));
                ours.add((stage.numbers("bytes")[0] - before) / BYTES_PER_KB);
                whole.add(gzipped(list.write(stage.file())) / BYTES_PER_KB);
            }
        }
        return List.of(Figure.of(
                        String.format(Locale.ROOT, "0.5 %% of %,d rows", rows),
                        "kB",
                        ours,
                        "the whole file, gzipped",
                        whole)
                .ratioAtMost(RATIO_GOAL));
    }

    private static long gzipped(Path file) throws IOException {
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed), 64 << 10)) {
            Files.copy(file, out);
        }
        return Files.size(packed);
    }
}
