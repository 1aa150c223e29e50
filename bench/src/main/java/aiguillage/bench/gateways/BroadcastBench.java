package aiguillage.bench.gateways;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Server;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// One document for every gateway, from the moment the centre begins to submit it until it came to each: beside a
/// loop that writes the same bytes to as many streams of the same listener.
public final class BroadcastBench {

    private static final int DOCUMENT_BYTES = 1_024;
    private static final double P99_SECONDS_GOAL = 1;
    private static final int WARM_UP_ROUNDS = 3;
    private static final String BESIDE = "TLS writes in a loop";

    private BroadcastBench() {}

    /// @param count how many gateways
    public static List<Figure> run(Settings settings, Progress progress, int count) throws IOException {
        var p50 = new Series();
        var p99 = new Series();
        var loopP50 = new Series();
        var loopP99 = new Series();
        try (var stage = new Stage(settings, "broadcast", count, 1);
                Server streams = stage.start(StreamsProcess.class)) {
            progress.step("connecting " + count + " gateways to each server");
            stage.order("open", "hub", stage.hubPort(), count, Stage.SET_UP_AT_ONCE, Gateway.Arrival.STREAM);
            stage.order("open", "loop", streams.port(), count, Stage.SET_UP_AT_ONCE, Gateway.Arrival.STREAM);
            for (int round = -WARM_UP_ROUNDS; round < settings.rounds(); round++) {
                progress.round(Math.max(round, 0) + 1, settings.rounds(), count + " gateways");
                double[] ours = stage.numbers("reach", "hub", DOCUMENT_BYTES);
                double[] loop = stage.numbers("loop", "loop", Math.round(ours[3]));
                if (round >= 0) {
                    p50.add(ours[0] / 1_000);
                    p99.add(ours[1] / 1_000);
                    loopP50.add(loop[0] / 1_000);
                    loopP99.add(loop[1] / 1_000);
                }
            }
            stage.order("close", "hub");
            stage.order("close", "loop");
        }
        String to = String.format(Locale.ROOT, "broadcast to %,d", count);
        return List.of(
                Figure.of(to + ", p50", "s", p50, BESIDE, loopP50),
                Figure.of("  p99", "s", p99, BESIDE, loopP99).atMost(P99_SECONDS_GOAL));
    }
}
