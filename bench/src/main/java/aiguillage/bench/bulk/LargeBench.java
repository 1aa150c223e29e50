package aiguillage.bench.bulk;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Memory;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One large payload in and out of a hub with little heap: beside a copy between the same TLS and a file that is
/// synced.
public final class LargeBench {

    private static final double RATIO_GOAL = 0.5;
    private static final String HEAP = "-Xmx256m";
    private static final String BESIDE = "file over TLS";
    private static final double BYTES_PER_MB = 1e6;

    private LargeBench() {}

    /// @param bytes of the payload
    public static List<Figure> run(Settings settings, Progress progress, long bytes, int rounds) throws IOException {
        Site site = Site.create(settings.folder(), 1);
        var options = new ArrayList<>(settings.serverOptions());
        options.add(HEAP);
        var in = new Series();
        var out = new Series();
        var copyIn = new Series();
        var copyOut = new Series();
        long peak;
        try (Child hub = Child.start(HubProcess.class, options, site.folder());
                Child copies = Child.start(CopyProcess.class, options, site.folder());
                Child bulk = Child.start(BulkProcess.class, List.of(), site.folder())) {
            int port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
            int copyPort = Integer.parseInt(copies.answer());
            bulk.answer();
            for (int round = -1; round < rounds; round++) {
                progress.round(round + 2, rounds + 1, "the first is not counted");
                String id = " film-" + (round + 1);
                double[] took = {
                    seconds(bulk, "in " + port + " " + bytes + id),
                    seconds(bulk, "copy-in " + copyPort + " " + bytes),
                    seconds(bulk, "out " + port + " " + bytes + id),
                    seconds(bulk, "copy-out " + copyPort + " " + bytes)
                };
                if (round >= 0) {
                    in.add(bytes / BYTES_PER_MB / took[0]);
                    copyIn.add(bytes / BYTES_PER_MB / took[1]);
                    out.add(bytes / BYTES_PER_MB / took[2]);
                    copyOut.add(bytes / BYTES_PER_MB / took[3]);
                }
            }
            peak = Memory.peak(hub.pid());
        }
        progress.say(String.format(
                Locale.ROOT, "large: the hub ran with %s; its process had at most %,d MB", HEAP, peak >> 20));
        String size = String.format(Locale.ROOT, "%,d MB payload", bytes / 1_000_000);
        return List.of(
                Figure.of(size + ", in", "MB/s", in, BESIDE, copyIn).ratioAtLeast(RATIO_GOAL),
                Figure.of("  out", "MB/s", out, BESIDE, copyOut).ratioAtLeast(RATIO_GOAL));
    }

    private static double seconds(Child bulk, String order) throws IOException {
        bulk.order(order);
        return Double.parseDouble(bulk.answer());
    }
}
