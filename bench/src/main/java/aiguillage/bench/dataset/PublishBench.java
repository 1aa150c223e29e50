package aiguillage.bench.dataset;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Memory;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A full list published at a hub with little heap: sent, checked, compared with the one in force, recorded.
/// Beside reading the same file and cutting it into cells.
public final class PublishBench {

    private static final double RATIO_GOAL = 4;
    private static final String HEAP = "-Xmx512m";
    private static final String BESIDE = "reading and cutting it";
    private static final int SHARE = 100;
    private static final int WARM_UP_ROUNDS = 2;

    private PublishBench() {}

    /// @param rows of the list, of which one in 100 is another each time
    public static List<Figure> run(Settings settings, Progress progress, int rows, int rounds)
            throws IOException, InterruptedException {
        Site site = Site.withLists(settings.folder(), 1);
        var options = new ArrayList<>(settings.serverOptions());
        options.add(HEAP);
        var first = new Series();
        var ours = new Series();
        var reading = new Series();
        var list = new PartsList(rows);
        try (Child hub = Child.start(HubProcess.class, options, site.folder());
                Child reader = Child.start(ReadProcess.class, options)) {
            var publisher = new Publisher(site, Integer.parseInt(hub.answer().split(" ", 2)[0]));
            reader.answer();
            Path file = site.folder().resolve("list.csv");
            progress.step("the first version");
            first.add(publisher.publish(Site.PRICES, list.write(file), "").seconds());
            Thread.sleep(folded(rows));
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                progress.round(Math.max(round, 0) + 1, rounds, rows + " rows");
                list.dearer(Math.max(1, rows / SHARE));
                list.write(file);
                double read = read(reader, file, rows);
                double published = publisher.publish(Site.PRICES, file, "").seconds();
                Thread.sleep(folded(rows / SHARE));
                if (round >= 0) {
                    ours.add(published);
                    reading.add(read);
                }
            }
            progress.say(String.format(
                    Locale.ROOT,
                    "publish: the file has %,d bytes; the first version took %.1f s; the hub ran with %s, its process"
                            + " had at most %,d MB",
                    Files.size(file),
                    first.median(),
                    HEAP,
                    Memory.peak(hub.pid()) >> 20));
        }
        String what = String.format(Locale.ROOT, "publish %,d rows", rows);
        return List.of(Figure.of(what, "s", ours, BESIDE, reading).ratioAtMost(RATIO_GOAL));
    }

    /// A hub puts versions among its rows every second; after this it has, and does not disturb what comes
    /// next.
    static Duration folded(long changes) {
        return Duration.ofMillis(1_200 + changes / 20);
    }

    private static double read(Child reader, Path file, int rows) throws IOException {
        reader.order(file.toString());
        String[] read = reader.answer().split(" ", 2);
        if (Long.parseLong(read[0]) != rows) {
            throw new IOException(read[0] + " of " + rows + " rows were read");
        }
        return Double.parseDouble(read[1]);
    }
}
