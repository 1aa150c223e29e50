package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.load.Http2Process;
import aiguillage.bench.load.LoadProcess;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/// The same submissions over HTTP/2, where the clients share a few connections, beside HTTP/1.1, where each has its
/// own.
final class Http2Bench {

    private static final int CONNECTIONS = 8;
    private static final int CLIENTS = 256;
    private static final int WARM_UP_PARTS = 4;
    private static final String BESIDE = "HTTP/1.1";

    private final JsonMapper json = new JsonMapper();
    private final Child hub;
    private final int port;
    private int rounds;

    private Http2Bench(Child hub) throws IOException {
        this.hub = hub;
        this.port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
    }

    /// Runs all rounds.
    static List<Figure> measure(Settings settings, Progress progress) throws IOException {
        Site site = Site.create(settings.folder(), CLIENTS);
        try (Child hub = Child.start(HubProcess.class, settings.serverOptions(), site.folder());
                Child one = Child.start(LoadProcess.class, List.of(), site.folder(), CLIENTS);
                Child two = Child.start(Http2Process.class, List.of(), site.folder(), CONNECTIONS)) {
            var bench = new Http2Bench(hub);
            one.answer();
            two.answer();
            progress.step("warm-up");
            for (int part = 0; part < WARM_UP_PARTS; part++) {
                bench.round(one, settings.warmUpMillis() / WARM_UP_PARTS / 2);
                bench.round(two, settings.warmUpMillis() / WARM_UP_PARTS / 2);
            }
            var http1 = new ArrayList<Round>();
            var http2 = new ArrayList<Round>();
            for (int round = 0; round < settings.rounds(); round++) {
                progress.round(round + 1, settings.rounds(), CLIENTS + " clients");
                http2.add(bench.round(two, settings.millis()));
                http1.add(bench.round(one, settings.millis()));
            }
            return List.of(
                    figure("HTTP/2, " + CONNECTIONS + " connections", "docs/s", http2, http1, Round::perSecond)
                            .ratioAtLeast(1),
                    figure("  p99, HTTP/2", "ms", http2, http1, Round::p99Millis),
                    figure("  server CPU, HTTP/2", "µs/doc", http2, http1, Round::serverMicros),
                    figure("  client CPU, HTTP/2", "µs/doc", http2, http1, Round::clientMicros));
        }
    }

    private Round round(Child load, long millis) throws IOException {
        load.order(json.writeValueAsString(
                new Order(port, hub.pid(), Order.Kind.DOCUMENTS, CLIENTS, millis, "h" + rounds++)));
        return json.readValue(load.answer(), Round.class);
    }

    private static Figure figure(
            String name, String unit, List<Round> ours, List<Round> others, ToDoubleFunction<Round> value) {
        return Figure.of(name, unit, series(ours, value), BESIDE, series(others, value));
    }

    private static Series series(List<Round> rounds, ToDoubleFunction<Round> value) {
        var series = new Series();
        rounds.forEach(round -> series.add(value.applyAsDouble(round)));
        return series;
    }
}
