package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.load.LoadProcess;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.EmptyProcess;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/// Documents accepted, durable, routed and receipted over mTLS, beside an empty POST on the same listener.
final class SubmissionBench implements AutoCloseable {

    static final String EMPTY_POST = "empty POST";

    private static final double RATIO_GOAL = 0.6;
    private static final int RATIO_GOAL_CLIENTS = 256;
    private static final double P99_MILLIS_GOAL = 10;
    private static final int P99_GOAL_CLIENTS = 64;
    private static final int WARM_UP_PARTS = 4;
    private static final String ENTRIES = "aiguillage_journal_entries ";

    private final Settings settings;
    private final Progress progress;
    private final Child hub;
    private final Child empty;
    private final Child load;
    private final int hubPort;
    private final int operationsPort;
    private final int emptyPort;
    private final JsonMapper json = new JsonMapper();
    private int rounds;
    private long accepted;
    private long emptyAnswered;
    private int verified;

    private SubmissionBench(Settings settings, Progress progress) throws IOException {
        this.settings = settings;
        this.progress = progress;
        int clientsMax = Collections.max(settings.clients());
        Site site = Site.create(settings.folder(), clientsMax);
        hub = Child.start(HubProcess.class, settings.serverOptions(), site.folder());
        empty = Child.start(EmptyProcess.class, settings.serverOptions(), site.folder());
        load = Child.start(LoadProcess.class, List.of(), site.folder(), clientsMax);
        String[] ports = hub.answer().split(" ", 2);
        hubPort = Integer.parseInt(ports[0]);
        operationsPort = Integer.parseInt(ports[1]);
        emptyPort = Integer.parseInt(empty.answer());
        load.answer();
    }

    /// The rounds of one number of clients, ours and the other's.
    private record Both(int clients, List<Round> ours, List<Round> others) {

        Figure figure(String name, String unit, ToDoubleFunction<Round> value) {
            return Figure.of(name, unit, series(ours, value), EMPTY_POST, series(others, value));
        }

        private static Series series(List<Round> rounds, ToDoubleFunction<Round> value) {
            var series = new Series();
            rounds.forEach(round -> series.add(value.applyAsDouble(round)));
            return series;
        }
    }

    /// Runs all rounds.
    ///
    /// @throws IOException when a request failed, a receipt did not hold, or the hub does not have what it promised
    static List<Figure> measure(Settings settings, Progress progress) throws IOException, InterruptedException {
        try (var bench = new SubmissionBench(settings, progress)) {
            List<Figure> figures = bench.run();
            progress.say(String.format(
                    "%,d documents were accepted, all are in the journal; %,d receipts were verified.",
                    bench.accepted, bench.verified));
            return figures;
        }
    }

    private List<Figure> run() throws IOException, InterruptedException {
        warmUp();
        var measured = new ArrayList<Both>();
        settings.clients().forEach(clients -> measured.add(new Both(clients, new ArrayList<>(), new ArrayList<>())));
        for (int round = 0; round < settings.rounds(); round++) {
            for (Both both : measured) {
                progress.round(round + 1, settings.rounds(), both.clients + " clients");
                both.ours.add(ours(both.clients, settings.millis()));
                both.others.add(others(both.clients, settings.millis()));
            }
        }
        requireAllThere();
        requireAllAnswered();
        return measured.stream().flatMap(both -> figures(both).stream()).toList();
    }

    private void warmUp() throws IOException {
        int clients = settings.clients().stream().max(Integer::compare).orElseThrow();
        for (int part = 0; part < WARM_UP_PARTS; part++) {
            progress.step("warm-up, part " + (part + 1) + " of " + WARM_UP_PARTS);
            ours(clients, settings.warmUpMillis() / WARM_UP_PARTS);
            others(clients, settings.warmUpMillis() / WARM_UP_PARTS / 2);
        }
    }

    private Round ours(int clients, long millis) throws IOException {
        Round round = round(new Order(hubPort, hub.pid(), true, clients, millis, "r" + rounds++));
        accepted += round.answered();
        verified += round.verified();
        return round;
    }

    private Round others(int clients, long millis) throws IOException {
        Round round = round(new Order(emptyPort, empty.pid(), false, clients, millis, ""));
        emptyAnswered += round.answered();
        return round;
    }

    private Round round(Order order) throws IOException {
        load.order(json.writeValueAsString(order));
        return json.readValue(load.answer(), Round.class);
    }

    private static List<Figure> figures(Both both) {
        String clients = both.clients == 1 ? ", 1 client" : ", " + both.clients + " clients";
        Figure rate = both.figure("submission" + clients, "docs/s", Round::perSecond);
        Figure p50 = both.figure("  p50" + clients, "ms", Round::p50Millis);
        Figure p99 = both.figure("  p99" + clients, "ms", Round::p99Millis);
        return List.of(
                both.clients == RATIO_GOAL_CLIENTS ? rate.ratioAtLeast(RATIO_GOAL) : rate,
                p50,
                both.clients == P99_GOAL_CLIENTS ? p99.atMost(P99_MILLIS_GOAL) : p99,
                both.figure("  server CPU" + clients, "µs/doc", Round::serverMicros),
                both.figure("  client CPU" + clients, "µs/doc", Round::clientMicros));
    }

    /// The journal has one entry for each 201, and the routing table's.
    private void requireAllThere() throws IOException, InterruptedException {
        String metrics;
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + "/metrics"));
            metrics = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
        long entries = metrics.lines()
                .filter(line -> line.startsWith(ENTRIES))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(ENTRIES.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("the hub's metrics do not tell the number of entries"));
        if (entries != accepted + 1) {
            throw new IOException("the hub answered " + accepted + " submissions with 201 and has " + entries
                    + " entries, the routing table among them");
        }
    }

    /// The other side is counted at both ends too: a client that counts an answer twice would flatter it.
    private void requireAllAnswered() throws IOException {
        empty.order("count");
        long answered = Long.parseLong(empty.answer());
        if (answered != emptyAnswered) {
            throw new IOException("the empty server answered " + answered + " requests, its clients counted "
                    + emptyAnswered + " answers");
        }
    }

    @Override
    public void close() {
        load.close();
        hub.close();
        empty.close();
    }
}
