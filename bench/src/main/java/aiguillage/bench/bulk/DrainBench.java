package aiguillage.bench.bulk;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import aiguillage.bench.stored.Seeding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// One consumer takes all that waits in its mailbox and acknowledges it: beside reading as many bytes as its stream
/// had from a plain copy of a file over TLS.
public final class DrainBench {

    private static final double RATIO_GOAL = 0.25;
    private static final int PAYLOAD_BYTES = 2_048;
    private static final double BYTES_PER_MB = 1e6;

    private DrainBench() {}

    /// @param count how many wait
    /// @param warmUp how many are drained before
    public static List<Figure> run(Settings settings, Progress progress, long count, long warmUp, int rounds)
            throws IOException {
        Site site = Site.create(settings.folder(), 1);
        Seeding.prepare(site);
        var ours = new Series();
        var copy = new Series();
        var deliveries = new Series();
        try (Child bulk = Child.start(BulkProcess.class, List.of(), site.folder());
                Child copies = Child.start(CopyProcess.class, settings.serverOptions(), site.folder())) {
            bulk.answer();
            int copyPort = Integer.parseInt(copies.answer());
            for (int round = 0; round < rounds; round++) {
                progress.round(round + 1, rounds, "filling the mailbox");
                Seeding.fill(site, warmUp + count, PAYLOAD_BYTES);
                progress.round(round + 1, rounds, "draining it");
                double[] drained = drain(settings, site, bulk, warmUp, count);
                long bytes = Math.round(drained[1]);
                progress.round(round + 1, rounds, "copying as many bytes");
                copied(bulk, "copy-in", copyPort, bytes);
                copied(bulk, "copy-out", copyPort, bytes);
                ours.add(bytes / BYTES_PER_MB / drained[0]);
                deliveries.add(count / drained[0]);
                copy.add(bytes / BYTES_PER_MB / copied(bulk, "copy-out", copyPort, bytes));
            }
        }
        return List.of(
                Figure.of(String.format(Locale.ROOT, "drain of %,d", count), "MB/s", ours, "file over TLS", copy)
                        .ratioAtLeast(RATIO_GOAL),
                Figure.alone("  taken and acknowledged", "1/s", deliveries));
    }

    /// Another hub process for each round: it reads its mailbox from disk, not from what it just wrote.
    private static double[] drain(Settings settings, Site site, Child bulk, long warmUp, long count)
            throws IOException {
        try (Child hub = Child.start(HubProcess.class, settings.serverOptions(), site.folder())) {
            int port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
            bulk.order("drain " + port + " " + warmUp);
            bulk.answer();
            bulk.order("drain " + port + " " + count);
            String[] answer = bulk.answer().split(" ", 2);
            return new double[] {Double.parseDouble(answer[0]), Double.parseDouble(answer[1])};
        }
    }

    private static double copied(Child bulk, String what, int port, long bytes) throws IOException {
        bulk.order(what + " " + port + " " + bytes);
        return Double.parseDouble(bulk.answer());
    }
}
