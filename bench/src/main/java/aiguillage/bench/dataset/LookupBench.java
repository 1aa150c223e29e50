package aiguillage.bench.dataset;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lookups at the dealer: in one process beside RocksDB's `get` of the same rows, and at a gateway's local
/// door beside an empty answer of the same server. The gateway has its list from a hub.
public final class LookupBench {

    private static final double GET_RATIO_GOAL = 0.6;
    private static final double P99_MICROS_GOAL = 10;
    private static final double REST_RATIO_GOAL = 0.8;
    private static final int CLIENTS = 4;
    private static final int WARM_UP_PARTS = 4;
    private static final long LIST_MILLIS_MAX = 300_000;
    private static final long LOOK_MILLIS = 500;

    private final Settings settings;
    private final Progress progress;
    private final int rows;

    private LookupBench(Settings settings, Progress progress, int rows) {
        this.settings = settings;
        this.progress = progress;
        this.rows = rows;
    }

    /// @param rows of the list
    public static List<Figure> run(Settings settings, Progress progress, int rows)
            throws IOException, InterruptedException {
        var bench = new LookupBench(settings, progress, rows);
        List<Figure> figures = new ArrayList<>(bench.inProcess());
        figures.add(bench.atTheDoor());
        return figures;
    }

    private List<Figure> inProcess() throws IOException {
        var ours = new Series();
        var bare = new Series();
        var p99 = new Series();
        var bareP99 = new Series();
        progress.step("a replica of " + rows + " rows");
        try (Child lookups = Child.start(
                LookupProcess.class, settings.serverOptions(), settings.folder().resolve("lookups"), rows)) {
            lookups.answer();
            progress.step("warm-up");
            numbers(lookups, settings.warmUpMillis());
            for (int round = 0; round < settings.rounds(); round++) {
                progress.round(round + 1, settings.rounds(), "in one process");
                double[] measured = numbers(lookups, 4 * settings.millis());
                ours.add(measured[0]);
                bare.add(measured[1]);
                p99.add(measured[2]);
                bareP99.add(measured[3]);
            }
        }
        String what = String.format(Locale.ROOT, "lookup, %,d rows", rows);
        return List.of(
                Figure.of(what, "1/s", ours, "RocksDB's get", bare).ratioAtLeast(GET_RATIO_GOAL),
                Figure.of("  p99", "µs", p99, "RocksDB's get", bareP99).atMost(P99_MICROS_GOAL));
    }

    private static double[] numbers(Child child, Object order) throws IOException {
        child.order(order.toString());
        String[] words = child.answer().split(" ", -1);
        var numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Double.parseDouble(words[i]);
        }
        return numbers;
    }

    private Figure atTheDoor() throws IOException, InterruptedException {
        var ours = new Series();
        var empty = new Series();
        Site site = Site.withLists(settings.folder().resolve("site"), 1);
        try (var children = new Children()) {
            Child hub = children.start(HubProcess.class, settings.serverOptions(), site.folder());
            int port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
            var list = new PartsList(rows);
            progress.step("publishing " + rows + " rows");
            new Publisher(site, port)
                    .publish(Site.PRICES, list.write(site.folder().resolve("list.csv")), "");
            Path config = site.gatewayWithDoor(Site.dealer(0), port);
            var options = new ArrayList<>(GatewayProcess.OPTIONS);
            options.addAll(settings.serverOptions());
            Child gateway = children.start(GatewayProcess.class, options, config);
            int door = Integer.parseInt(gateway.answer().split(" ", 2)[1]);
            Child nothing = children.start(EmptyDoorProcess.class, options);
            int emptyDoor = Integer.parseInt(nothing.answer());
            Child load = children.start(DoorLoadProcess.class, List.of(), rows);
            load.answer();
            String token = Site.doorToken(config);
            progress.step("waiting for the gateway's replica");
            awaitList(door, token);
            for (int part = 0; part < WARM_UP_PARTS; part++) {
                progress.step("warm-up, part " + (part + 1) + " of " + WARM_UP_PARTS);
                round(load, door, token, settings.warmUpMillis() / WARM_UP_PARTS);
                round(load, emptyDoor, "-", settings.warmUpMillis() / WARM_UP_PARTS);
            }
            for (int round = 0; round < settings.rounds(); round++) {
                progress.round(round + 1, settings.rounds(), CLIENTS + " clients at the door");
                ours.add(round(load, door, token, settings.millis()));
                empty.add(round(load, emptyDoor, "-", settings.millis()));
            }
        }
        return Figure.of("  at the door, " + CLIENTS + " clients", "1/s", ours, "an empty REST call", empty)
                .ratioAtLeast(REST_RATIO_GOAL);
    }

    private static double round(Child load, int port, String token, long millis) throws IOException {
        return numbers(load, port + " " + token + " " + CLIENTS + " " + millis)[0];
    }

    /// Waits until the gateway answers from the list, and has folded it.
    private static void awaitList(int door, String token) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIST_MILLIS_MAX * 1_000_000;
        String said = "";
        while (System.nanoTime() < end) {
            try (var line = new DoorLoadProcess.Line(door)) {
                said = line.call("GET /v1/datasets/" + Site.PRICES + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: Bearer " + token + "\r\n\r\n");
                if (said.contains("\"health\":\"proven\"")) {
                    return;
                }
            } catch (IOException e) {
                said = String.valueOf(e.getMessage()); // not there yet
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException("the gateway did not get the list: " + said);
    }
}
