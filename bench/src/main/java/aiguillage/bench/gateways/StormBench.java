package aiguillage.bench.gateways;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.EmptyProcess;
import aiguillage.bench.server.Server;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// All gateways come back together after the hub was restarted, and each gets what waits for it: beside bare
/// handshakes with the same listener. Both servers were started just before, as it is after a restart; nobody waits
/// a random time before it comes, as gateways do.
public final class StormBench {

    private static final int DOCUMENT_BYTES = 1_024;
    private static final double RATIO_GOAL = 0.6;
    private static final double P99_SECONDS_GOAL = 1;
    /// Certificates take long to make; that dealers share gateways changes nothing that is measured.
    private static final int PER_DEALER = 4;

    private static final String BESIDE = "bare mTLS accepts";

    private StormBench() {}

    /// @param count how many gateways
    public static List<Figure> run(Settings settings, Progress progress, int count, int rounds) throws IOException {
        var rate = new Series();
        var bare = new Series();
        var p99 = new Series();
        var quietP99 = new Series();
        try (var stage = new Stage(settings, "storm", count, settings.full() ? 1 : PER_DEALER)) {
            stage.order("leave", stage.hubPort(), DOCUMENT_BYTES);
            warmUp(stage, count);
            for (int round = 0; round < rounds; round++) {
                progress.round(round + 1, rounds, count + " gateways");
                bare.add(count / bare(stage, count));
                stage.restartHub();
                stage.order("submitting", stage.hubPort());
                double[] took = stage.numbers("open", "storm", stage.hubPort(), count, count, Gateway.Arrival.DELIVERY);
                rate.add(count / took[0]);
                double[] submitted = stage.numbers("submitted");
                p99.add(submitted[2] / 1_000);
                progress.say(String.format(
                        Locale.ROOT,
                        "storm: %,d gateways in %.1f s, %.0f had to try again; meanwhile %.0f submissions, "
                                + "p50 %.0f, p99 %.0f, longest %.0f ms",
                        count,
                        took[0],
                        took[1],
                        submitted[0],
                        submitted[1],
                        submitted[2],
                        submitted[3]));
                stage.order("close", "storm");
                quietP99.add(quiet(stage));
            }
        }
        String of = String.format(Locale.ROOT, "reconnects, %,d", count);
        return List.of(
                Figure.of(of, "1/s", rate, BESIDE, bare).ratioAtLeast(RATIO_GOAL),
                Figure.of("  submissions then, p99", "s", p99, "afterwards", quietP99)
                        .atMost(P99_SECONDS_GOAL));
    }

    /// The gateways' process is warm before anything is measured: it is not what is measured.
    private static void warmUp(Stage stage, int count) throws IOException {
        bare(stage, Math.min(count, 500));
    }

    private static double bare(Stage stage, int count) throws IOException {
        try (Server empty = stage.start(EmptyProcess.class)) {
            double seconds = stage.numbers("open", "bare", empty.port(), count, count, Gateway.Arrival.ACCEPTED)[0];
            stage.order("close", "bare");
            return seconds;
        }
    }

    /// The same submissions when nothing else goes on.
    private static double quiet(Stage stage) throws IOException {
        stage.order("submitting", stage.hubPort());
        stage.order("open", "few", stage.hubPort(), 1, 1, Gateway.Arrival.DELIVERY);
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        double p99 = stage.numbers("submitted")[2] / 1_000;
        stage.order("close", "few");
        return p99;
    }
}
