package aiguillage.bench;

import aiguillage.bench.bulk.DrainBench;
import aiguillage.bench.bulk.LargeBench;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.gateways.BroadcastBench;
import aiguillage.bench.gateways.IdleBench;
import aiguillage.bench.gateways.StormBench;
import aiguillage.bench.pages.PagesBench;
import aiguillage.bench.stored.CostBench;
import aiguillage.bench.stored.RestartBench;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// How large the large things are. The figures' names state it.
///
/// @param gateways how many are connected
/// @param watched how long idle streams are watched
/// @param waiting deliveries in the mailbox that is drained
/// @param stored documents of a hub that is restarted
/// @param counts stored documents at which the cost of one more is measured, rising
/// @param window documents measured at each of these
/// @param payloadBytes of the large payload
/// @param rounds at most, of what takes long
record Scale(
        int gateways,
        Duration watched,
        long waiting,
        long stored,
        List<Long> counts,
        long window,
        long payloadBytes,
        int rounds) {

    /// For every day.
    static final Scale REDUCED =
            new Scale(400, Duration.ofSeconds(15), 30_000, 100_000, List.of(10_000L, 150_000L), 20_000, 128_000_000, 2);

    /// As large as the largest network we know.
    static final Scale FULL = new Scale(
            6_500,
            Duration.ofSeconds(60),
            1_000_000,
            10_000_000,
            List.of(10_000L, 1_000_000L, 10_000_000L),
            200_000,
            2_000_000_000,
            3);

    /// Documents that came in since the store's log was last written out, when a hub is killed.
    private static final long SINCE = 20_000;

    /// So many documents later the journal's code runs as fast as it ever will.
    private static final long COMPILED_AFTER = 100_000;

    private static final long DRAINED_BEFORE = 10_000;

    private static Scale of(Settings settings) {
        return settings.full() ? FULL : REDUCED;
    }

    private int rounds(Settings settings) {
        return Math.min(rounds, settings.rounds());
    }

    static List<Figure> drain(Settings settings, Progress progress) throws IOException {
        Scale scale = of(settings);
        int rounds = settings.full() ? 1 : scale.rounds(settings);
        return DrainBench.run(settings, progress, scale.waiting, DRAINED_BEFORE, rounds);
    }

    static List<Figure> idle(Settings settings, Progress progress) throws IOException, InterruptedException {
        Scale scale = of(settings);
        return IdleBench.run(settings, progress, scale.gateways, scale.watched);
    }

    static List<Figure> broadcast(Settings settings, Progress progress) throws IOException {
        Scale scale = of(settings);
        return BroadcastBench.run(settings, progress, scale.gateways);
    }

    static List<Figure> storm(Settings settings, Progress progress) throws IOException {
        Scale scale = of(settings);
        return StormBench.run(settings, progress, scale.gateways, scale.rounds(settings));
    }

    static List<Figure> restart(Settings settings, Progress progress) throws IOException {
        Scale scale = of(settings);
        return RestartBench.run(settings, progress, scale.stored, SINCE, scale.rounds(settings));
    }

    static List<Figure> cost(Settings settings, Progress progress) throws IOException {
        Scale scale = of(settings);
        return CostBench.run(settings, progress, scale.counts, scale.window, COMPILED_AFTER, settings.rounds());
    }

    /// Documents where pages are measured; a fiftieth in the reduced scale.
    private static final long SHOWN = 5_000_000;

    static List<Figure> pages(Settings settings, Progress progress) throws IOException, InterruptedException {
        Scale scale = of(settings);
        long stored = settings.full() ? SHOWN : SHOWN / 50;
        return PagesBench.run(
                settings, progress, FULL.gateways, stored, Duration.ofSeconds(10), scale.rounds(settings));
    }

    static List<Figure> large(Settings settings, Progress progress) throws IOException {
        Scale scale = of(settings);
        return LargeBench.run(settings, progress, scale.payloadBytes, scale.rounds(settings));
    }
}
