package aiguillage.bench;

import aiguillage.bench.dataset.ChangeBench;
import aiguillage.bench.dataset.DayBench;
import aiguillage.bench.dataset.DoorBench;
import aiguillage.bench.dataset.EmbargoBench;
import aiguillage.bench.dataset.LookupBench;
import aiguillage.bench.dataset.MarkedBench;
import aiguillage.bench.dataset.PublishBench;
import aiguillage.bench.dataset.SpreadBench;
import aiguillage.bench.figure.Figure;
import java.io.IOException;
import java.util.List;

/// How large price lists are, and how many have them. The figures' names state it.
///
/// @param rows of the list
/// @param gateways how many are connected when one price changes
/// @param full how many of these have a whole replica
/// @param replicas whole replicas where there are no others
/// @param rounds at most, of what takes long
record ListScale(int rows, int gateways, int full, int replicas, int rounds) {

    /// For every day.
    static final ListScale REDUCED = new ListScale(20_000, 200, 5, 5, 2);

    /// As large as the largest list and network we know.
    static final ListScale FULL = new ListScale(455_000, 6_500, 20, 200, 3);

    private static ListScale of(Settings settings) {
        return settings.full() ? FULL : REDUCED;
    }

    private int rounds(Settings settings) {
        return Math.min(rounds, settings.rounds());
    }

    static List<Figure> spread(Settings settings, Progress progress) throws IOException {
        ListScale scale = of(settings);
        return SpreadBench.run(settings, progress, scale.rows, scale.gateways, scale.full);
    }

    static List<Figure> change(Settings settings, Progress progress) throws IOException {
        ListScale scale = of(settings);
        return ChangeBench.run(settings, progress, scale.rows, scale.replicas, scale.rounds(settings));
    }

    static List<Figure> embargo(Settings settings, Progress progress) throws IOException {
        ListScale scale = of(settings);
        return EmbargoBench.run(settings, progress, scale.rows, scale.replicas, scale.rounds(settings));
    }

    static List<Figure> publish(Settings settings, Progress progress) throws IOException, InterruptedException {
        return PublishBench.run(settings, progress, of(settings).rows, settings.rounds());
    }

    static List<Figure> lookup(Settings settings, Progress progress) throws IOException {
        return LookupBench.run(settings, progress, of(settings).rows);
    }

    static List<Figure> door(Settings settings, Progress progress) throws IOException, InterruptedException {
        return DoorBench.run(settings, progress, of(settings).rows);
    }

    static List<Figure> marked(Settings settings, Progress progress) throws IOException, InterruptedException {
        return MarkedBench.run(settings, progress, of(settings).rows, settings.rounds());
    }

    static List<Figure> day(Settings settings, Progress progress) throws IOException {
        return DayBench.run(settings, progress, of(settings).rows, of(settings).rounds(settings));
    }
}
