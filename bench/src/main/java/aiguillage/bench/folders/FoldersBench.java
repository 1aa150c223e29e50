package aiguillage.bench.folders;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import aiguillage.bench.server.GatewayProcess;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Documents from the dealer's folder into the centre's folder, 100 a second.
public final class FoldersBench implements AutoCloseable {

    static final int PER_SECOND = 100;

    private static final double P99_MILLIS_GOAL = 50;
    private static final String BESIDE = "2 × (fsync + rename)";
    private static final int DOCUMENT_BYTES = 2_048;
    private static final long FIRST_MILLIS_MAX = 60_000;
    private static final long LAST_MILLIS_MAX = 60_000;

    /// A gateway's code is run a hundred times a second, not tens of thousands: it takes longer until it is compiled.
    private static final double WARM_UP_LONGER = 5;

    /// A p99 of fewer is chance.
    private static final double ROUND_LONGER = 2.5;

    private final Settings settings;
    private final Progress progress;
    private final Path out;
    private final Arrivals arrivals;
    private int numbers;

    private FoldersBench(Settings settings, Progress progress, Children children) throws IOException {
        this.settings = settings;
        this.progress = progress;
        Site site = Site.create(settings.folder(), 1);
        Child hub = children.start(HubProcess.class, settings.serverOptions(), site.folder());
        int port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
        Path dealer = site.gateway(Site.dealer(0), port);
        Path centre = site.gateway(Site.CENTRE, port);
        out = folder(dealer, "out");
        arrivals = new Arrivals(folder(centre, "in"));
        for (Path gateway : List.of(dealer, centre)) {
            var options = new ArrayList<>(GatewayProcess.OPTIONS);
            options.addAll(settings.serverOptions());
            children.start(GatewayProcess.class, options, gateway).answer();
        }
    }

    private static Path folder(Path gateway, String which) throws IOException {
        return Files.createDirectories(gateway.resolveSibling("dms")
                .resolve(Site.FLOW.brand().toString())
                .resolve(which)
                .resolve(Site.FLOW.kind()));
    }

    /// Runs all rounds.
    ///
    /// @throws IOException when a document did not come, or came twice
    public static List<Figure> measure(Settings settings, Progress progress) throws IOException, InterruptedException {
        try (var children = new Children();
                var bench = new FoldersBench(settings, progress, children)) {
            return bench.run();
        }
    }

    private List<Figure> run() throws IOException, InterruptedException {
        progress.step("waiting for the first document");
        ours(1, PER_SECOND, FIRST_MILLIS_MAX);
        progress.step("warm-up");
        ours((int) (WARM_UP_LONGER * settings.warmUpMillis() * PER_SECOND / 1_000), 2 * PER_SECOND, LAST_MILLIS_MAX);
        int count = (int) Math.max(1, ROUND_LONGER * settings.seconds() * PER_SECOND);
        List<Millis> ours = new ArrayList<>();
        List<Millis> others = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            progress.round(round + 1, settings.rounds(), count + " documents");
            ours.add(ours(count, PER_SECOND, LAST_MILLIS_MAX));
            others.add(others(count / 2 + 1));
        }
        progress.say(String.format("%,d documents went from folder to folder, each came once.", numbers));
        return List.of(
                figure("folder to folder, p50", ours, others, 0.5),
                figure("folder to folder, p99", ours, others, 0.99).atMost(P99_MILLIS_GOAL));
    }

    private static Figure figure(String name, List<Millis> ours, List<Millis> others, double share) {
        return Figure.of(name, "ms", series(ours, share), BESIDE, series(others, share));
    }

    private static Series series(List<Millis> rounds, double share) {
        var series = new Series();
        rounds.forEach(round -> series.add(round.quantile(share)));
        return series;
    }

    private Millis ours(int count, int perSecond, long millisMax) throws IOException, InterruptedException {
        Map<String, Long> sent = new HashMap<>();
        Pace.keep(perSecond, count, _ -> {
            String id = "document " + numbers++;
            Path unfinished = out.resolve(id + ".xml.tmp");
            Files.write(unfinished, document(id));
            sent.put(id, System.nanoTime());
            Files.move(unfinished, out.resolve(id + ".xml"), StandardCopyOption.ATOMIC_MOVE);
        });
        Map<String, Long> came = arrivals.await(count, millisMax);
        List<Long> took = new ArrayList<>();
        sent.forEach((id, at) -> took.add(came.getOrDefault(id, Long.MAX_VALUE) - at));
        return new Millis(took);
    }

    private Millis others(int count) throws IOException {
        Path folder = Files.createDirectories(settings.folder().resolve("beside"));
        List<Long> took = new ArrayList<>();
        Pace.keep(PER_SECOND, count, number -> {
            byte[] document = document("document " + number);
            long begin = System.nanoTime();
            for (String hop : List.of("first", "second")) {
                Path unfinished = folder.resolve(hop + number + ".tmp");
                write(unfinished, document);
                Files.move(unfinished, folder.resolve(hop + number), StandardCopyOption.ATOMIC_MOVE);
            }
            took.add(System.nanoTime() - begin);
            Files.delete(folder.resolve("first" + number));
            Files.delete(folder.resolve("second" + number));
        });
        return new Millis(took);
    }

    private static byte[] document(String id) {
        String text = id + "\n" + "x".repeat(DOCUMENT_BYTES);
        return text.substring(0, DOCUMENT_BYTES).getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Path file, byte[] document) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(document);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        arrivals.close();
    }
}
