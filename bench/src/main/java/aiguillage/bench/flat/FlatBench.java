package aiguillage.bench.flat;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import java.io.IOException;
import java.util.List;

/// A price list of 100,000 lines, read record by record in 64 MB.
public final class FlatBench {

    private static final double RATIO_GOAL = 0.2;
    private static final String BESIDE = "copied line by line";

    private FlatBench() {}

    /// Runs all rounds.
    public static List<Figure> measure(Settings settings, Progress progress) throws IOException {
        var copied = new Series();
        var read = new Series();
        var made = new Series();
        var mapped = new Series();
        try (Child process = Child.start(FlatProcess.class, List.of("-Xmx64m"), settings.folder())) {
            process.answer();
            progress.step("warm-up");
            perSecond(process, "copy", settings.warmUpMillis());
            perSecond(process, "read", settings.warmUpMillis());
            perSecond(process, "make", settings.warmUpMillis());
            perSecond(process, "map", settings.warmUpMillis());
            for (int round = 0; round < settings.rounds(); round++) {
                progress.round(round + 1, settings.rounds(), "100,000 lines");
                copied.add(perSecond(process, "copy", settings.millis()));
                read.add(perSecond(process, "read", settings.millis()));
                made.add(perSecond(process, "make", settings.millis()));
                mapped.add(perSecond(process, "map", settings.millis()));
            }
        }
        return List.of(
                Figure.of("flat file, records read", "lines/s", read, BESIDE, copied)
                        .ratioAtLeast(RATIO_GOAL),
                Figure.of("flat file, documents made", "lines/s", made, BESIDE, copied)
                        .ratioAtLeast(RATIO_GOAL),
                Figure.of("flat file, by a stylesheet", "lines/s", mapped, BESIDE, copied));
    }

    private static double perSecond(Child process, String what, long millis) throws IOException {
        process.order(what + " " + millis);
        return Double.parseDouble(process.answer());
    }
}
