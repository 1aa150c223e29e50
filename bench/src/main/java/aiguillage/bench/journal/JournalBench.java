package aiguillage.bench.journal;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The journal alone beside a bare file, both with group commit.
public final class JournalBench {

    private static final Map<Integer, String> SIZES = Map.of(2_048, "2 kB", 20_480, "20 kB");
    private static final double RATIO_GOAL = 0.5;

    private JournalBench() {}

    /// Runs all rounds.
    public static List<Figure> measure(Settings settings, Progress progress) throws IOException {
        List<Integer> sizes = SIZES.keySet().stream().sorted().toList();
        var ours = sizes.stream().map(_ -> new Series()).toList();
        var file = sizes.stream().map(_ -> new Series()).toList();
        try (Child process = Child.start(JournalProcess.class, settings.serverOptions(), settings.folder())) {
            process.answer();
            for (int bytes : sizes) {
                progress.step("warm-up, " + SIZES.get(bytes));
                perSecond(process, "journal", bytes, settings.warmUpMillis() / 4);
                perSecond(process, "file", bytes, settings.warmUpMillis() / 16);
            }
            for (int round = 0; round < settings.rounds(); round++) {
                for (int i = 0; i < sizes.size(); i++) {
                    progress.round(round + 1, settings.rounds(), String.valueOf(SIZES.get(sizes.get(i))));
                    ours.get(i).add(perSecond(process, "journal", sizes.get(i), settings.millis()));
                    file.get(i).add(perSecond(process, "file", sizes.get(i), settings.millis()));
                }
            }
        }
        var figures = new ArrayList<Figure>();
        for (int i = 0; i < sizes.size(); i++) {
            String name = "journal, " + SIZES.get(sizes.get(i)) + ", " + Callers.COUNT + " waiting";
            figures.add(Figure.of(name, "docs/s", ours.get(i), "append + fsync file", file.get(i))
                    .ratioAtLeast(RATIO_GOAL));
        }
        return figures;
    }

    private static double perSecond(Child process, String what, int bytes, long millis) throws IOException {
        process.order(what + " " + bytes + " " + millis);
        return Double.parseDouble(process.answer());
    }
}
