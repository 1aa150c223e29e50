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

/// Lookups at a gateway's local door beside an empty call there: the same process, token and kind of connection, by
/// turns. The gateway has its list from a hub.
public final class DoorBench {

    private static final double RATIO_GOAL = 0.8;
    private static final int CLIENTS = 4;
    private static final int WARM_UP_PARTS = 4;
    private static final long LIST_MILLIS_MAX = 300_000;
    private static final long LOOK_MILLIS = 500;

    private final Settings settings;
    private final Progress progress;

    private DoorBench(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /// @param rows of the list
    public static List<Figure> run(Settings settings, Progress progress, int rows)
            throws IOException, InterruptedException {
        var bench = new DoorBench(settings, progress);
        Site site = Site.withLists(settings.folder().resolve("site"), 1);
        try (var children = new Children()) {
            Child hub = children.start(HubProcess.class, settings.serverOptions(), site.folder());
            int port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
            progress.step("publishing " + rows + " rows");
            new Publisher(site, port)
                    .publish(
                            Site.PRICES, new PartsList(rows).write(site.folder().resolve("list.csv")), "");
            Path config = site.gatewayWithDoor(Site.dealer(0), port);
            var options = new ArrayList<>(GatewayProcess.OPTIONS);
            options.addAll(settings.serverOptions());
            Child gateway = children.start(GatewayProcess.class, options, config);
            int door = Integer.parseInt(gateway.answer().split(" ", 2)[1]);
            Child load = children.start(DoorLoadProcess.class, List.of(), rows);
            load.answer();
            String token = Site.doorToken(config);
            progress.step("waiting for the gateway's replica");
            awaitList(door, token);
            return bench.byTurns(gateway, load, door, token);
        }
    }

    private List<Figure> byTurns(Child gateway, Child load, int door, String token) throws IOException {
        var lookup = new Kind(DoorLoadProcess.ROW);
        var empty = new Kind(DoorLoadProcess.NOTHING);
        for (int part = 0; part < WARM_UP_PARTS; part++) {
            progress.step("warm-up, part " + (part + 1) + " of " + WARM_UP_PARTS);
            for (Kind kind : List.of(lookup, empty)) {
                load.ask(door, token, CLIENTS, settings.warmUpMillis() / WARM_UP_PARTS, kind.wanted);
            }
        }
        for (int round = 0; round < settings.rounds(); round++) {
            progress.round(round + 1, settings.rounds(), CLIENTS + " clients at the door");
            for (Kind kind : List.of(lookup, empty)) {
                double before = cpuMicros(gateway);
                double[] said = load.numbers(door, token, CLIENTS, settings.millis(), kind.wanted);
                kind.perSecond.add(said[1]);
                kind.micros.add((cpuMicros(gateway) - before) / said[0]);
            }
        }
        return List.of(
                Figure.of(
                                "at the door, " + CLIENTS + " clients",
                                "1/s",
                                lookup.perSecond,
                                "an empty call",
                                empty.perSecond)
                        .ratioAtLeast(RATIO_GOAL),
                Figure.of("  gateway CPU", "µs/call", lookup.micros, "an empty call", empty.micros));
    }

    /// What is asked, and what was measured of it.
    private static final class Kind {

        private final String wanted;
        private final Series perSecond = new Series();
        private final Series micros = new Series();

        Kind(String wanted) {
            this.wanted = wanted;
        }
    }

    private static double cpuMicros(Child gateway) throws IOException {
        return ProcessHandle.of(gateway.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow(() -> new IOException("the gateway's processor time is not to be read here"))
                        .toNanos()
                / 1e3;
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
