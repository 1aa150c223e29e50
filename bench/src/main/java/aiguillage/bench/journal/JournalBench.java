package aiguillage.bench.journal;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import java.io.IOException;
import java.util.List;

/// The journal alone beside a bare file, both with group commit.
public final class JournalBench {

    private static final int PAYLOAD_BYTES = 2_048;
    private static final double RATIO_GOAL = 0.5;

    private JournalBench() {}

    /// Runs all rounds.
    public static List<Figure> measure(Settings settings, Progress progress) throws IOException {
        var ours = new Series();
        var file = new Series();
        try (Child process = Child.start(
                JournalProcess.class,
                settings.serverOptions(),
                settings.folder().resolve("journal"),
                PAYLOAD_BYTES,
                settings.millis(),
                settings.rounds(),
                settings.warmUpMillis() / 2)) {
            progress.step("warm-up");
            for (int round = 0; round < settings.rounds(); round++) {
                progress.round(round + 1, settings.rounds(), JournalProcess.CALLERS + " waiting");
                String[] rates = process.answer().split(" ", 2);
                ours.add(Double.parseDouble(rates[0]));
                file.add(Double.parseDouble(rates[1]));
            }
        }
        return List.of(Figure.of(
                        "journal, " + JournalProcess.CALLERS + " waiting", "docs/s", ours, "append + fsync file", file)
                .ratioAtLeast(RATIO_GOAL));
    }
}
