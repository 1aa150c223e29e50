package aiguillage.bench.dataset;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.gateways.StreamsProcess;
import aiguillage.bench.server.Server;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// One price for every gateway, from the first byte of its publication until lookups answer with it: beside a
/// loop that writes as many bytes to as many streams of the same listener.
public final class SpreadBench {

    private static final double P99_SECONDS_GOAL = 1;
    private static final int WARM_UP_ROUNDS = 3;
    private static final String BESIDE = "TLS writes in a loop";

    private SpreadBench() {}

    /// @param rows of the list
    /// @param gateways how many are connected
    /// @param full how many of them have a whole replica
    public static List<Figure> run(Settings settings, Progress progress, int rows, int gateways, int full)
            throws IOException {
        var p50 = new Series();
        var p99 = new Series();
        var whole = new Series();
        var loopP50 = new Series();
        var loopP99 = new Series();
        progress.step("publishing " + rows + " rows");
        try (var stage = new ListStage(settings, "spread", rows, full, gateways - full);
                Server streams = stage.start(StreamsProcess.class)) {
            progress.step("connecting " + gateways + " gateways to each server");
            stage.open();
            stage.order("loop", streams.port());
            for (int round = -WARM_UP_ROUNDS; round < settings.rounds(); round++) {
                progress.round(Math.max(round, 0) + 1, settings.rounds(), gateways + " gateways");
                double[] ours = stage.numbers("reach", stage.dearer(1));
                double[] loop = stage.numbers("write", Math.round(ours[4]));
                stage.order("fold");
                if (round >= 0) {
                    p50.add(ours[0] / 1_000);
                    p99.add(ours[1] / 1_000);
                    whole.add(ours[3] / 1_000);
                    loopP50.add(loop[0] / 1_000);
                    loopP99.add(loop[1] / 1_000);
                }
            }
        }
        String to = String.format(Locale.ROOT, "a price to %,d", gateways);
        return List.of(
                Figure.of(to + ", p50", "s", p50, BESIDE, loopP50),
                Figure.of("  p99", "s", p99, BESIDE, loopP99).atMost(P99_SECONDS_GOAL),
                Figure.of("  p99 of " + full + " replicas", "s", whole, BESIDE, loopP99));
    }
}
