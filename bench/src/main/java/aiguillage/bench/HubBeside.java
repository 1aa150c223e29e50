package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.load.LoadProcess;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/// A hub, another server, and the load generator, each a process of its own; rounds take turns.
final class HubBeside {

    private static final int WARM_UP_PARTS = 4;

    private final Settings settings;
    private final Progress progress;
    private final List<Integer> clients;
    private final Child hub;
    private final Child load;
    private final Rival rival;
    private final int hubPort;
    private final int operationsPort;
    private final JsonMapper json = new JsonMapper();
    private int rounds;
    private long accepted;
    private long rivalAnswered;
    private int verified;

    /// The other server.
    ///
    /// @param label as it stands in the table
    /// @param process says its port first, and then for each line how many requests it has answered
    /// @param kind what it is sent
    /// @param series see [Order]
    /// @param warmUp how much longer than the hub it is warmed up
    record Rival(String label, Child process, int port, Order.Kind kind, String series, double warmUp) {

        /// One that has just been started.
        static Rival of(String label, Child process, Order.Kind kind) throws IOException {
            return new Rival(label, process, Integer.parseInt(process.answer()), kind, "", 0.5);
        }
    }

    /// The rounds of one number of clients, ours and the other's.
    record Both(int clients, String beside, List<Round> ours, List<Round> others) {

        Figure figure(String name, String unit, ToDoubleFunction<Round> value) {
            return Figure.of(name, unit, series(ours, value), beside, series(others, value));
        }

        private static Series series(List<Round> rounds, ToDoubleFunction<Round> value) {
            var series = new Series();
            rounds.forEach(round -> series.add(value.applyAsDouble(round)));
            return series;
        }
    }

    /// Starts hub and load generator.
    HubBeside(Settings settings, Progress progress, Children children, Site site, List<Integer> clients, Rival rival)
            throws IOException {
        this.settings = settings;
        this.progress = progress;
        this.clients = clients;
        this.rival = rival;
        hub = children.start(HubProcess.class, settings.serverOptions(), site.folder());
        load = children.start(LoadProcess.class, List.of(), site.folder(), Collections.max(clients));
        HubProcess.Ports ports = HubProcess.Ports.of(hub);
        hubPort = ports.main();
        operationsPort = ports.operations();
        load.answer();
    }

    /// Runs all rounds.
    ///
    /// @throws IOException when a request failed, a receipt did not hold, or the hub does not have what it promised
    List<Both> run() throws IOException, InterruptedException {
        warmUp();
        var measured = new ArrayList<Both>();
        clients.forEach(count -> measured.add(new Both(count, rival.label, new ArrayList<>(), new ArrayList<>())));
        for (int round = 0; round < settings.rounds(); round++) {
            for (Both both : measured) {
                progress.round(round + 1, settings.rounds(), both.clients + " clients");
                both.ours.add(measured(ours(both.clients, settings.millis())));
                both.others.add(measured(others(both.clients, settings.millis())));
            }
        }
        JournalEntries.require(operationsPort, accepted);
        requireAllAnswered();
        progress.say(String.format(
                "%,d documents were accepted, all are in the journal; %,d receipts were verified.",
                accepted, verified));
        return measured;
    }

    private void warmUp() throws IOException {
        int most = Collections.max(clients);
        for (int part = 0; part < WARM_UP_PARTS; part++) {
            progress.step("warm-up, part " + (part + 1) + " of " + WARM_UP_PARTS);
            ours(most, settings.warmUpMillis() / WARM_UP_PARTS);
            others(most, Math.round(settings.warmUpMillis() * rival.warmUp / WARM_UP_PARTS));
        }
    }

    private static Round measured(Round round) throws IOException {
        if (round.perSecond() == 0) {
            throw new IOException("no answer came within a round; make rounds longer with --seconds");
        }
        return round;
    }

    private Round ours(int count, long millis) throws IOException {
        Round round = round(new Order(hubPort, hub.pid(), Order.Kind.DOCUMENTS, count, millis, "r" + rounds++));
        accepted += round.answered();
        verified += round.verified();
        return round;
    }

    private Round others(int count, long millis) throws IOException {
        String series = rival.kind == Order.Kind.MESSAGES ? rival.series : "o" + rounds++;
        Round round = round(new Order(rival.port, rival.process.pid(), rival.kind, count, millis, series));
        rivalAnswered += round.answered();
        return round;
    }

    private Round round(Order order) throws IOException {
        load.order(json.writeValueAsString(order));
        return json.readValue(load.answer(), Round.class);
    }

    /// The other side is counted at both ends too: a client that counts an answer twice would flatter it.
    private void requireAllAnswered() throws IOException {
        rival.process.order("count");
        long answered = Long.parseLong(rival.process.answer());
        if (answered != rivalAnswered) {
            throw new IOException(rival.label + " answered " + answered + " requests, its clients counted "
                    + rivalAnswered + " answers");
        }
    }
}
