package aiguillage.bench.doors;

import aiguillage.bench.JournalEntries;
import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.load.LoadProcess;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What the bench of every door begins with: a hub with all its doors open, and the load for REST. Ends all
/// processes.
final class Stage implements AutoCloseable {

    private static final int CLIENTS_MAX = 32;

    /// How much longer the hub's doors are warmed up: there is more of the hub's own code to be compiled than
    /// of an engine's, and in a short run compiling it would be the larger part of what a document seems to
    /// cost.
    private static final int WARM_UP = 2;

    private final Settings settings;
    private final Progress progress;
    private final Site site;
    private final Children children = new Children();
    private final Child hub;
    private final HubProcess.Ports ports;
    private final Child load;
    private final JsonMapper json = new JsonMapper();
    private int rounds;
    private long accepted;

    Stage(Settings settings, Progress progress) throws IOException {
        this.settings = settings;
        this.progress = progress;
        this.site = Site.withDoors(settings.folder(), clients());
        boolean isOpen = false;
        try {
            hub = children.start(HubProcess.class, settings.serverOptions(), site.folder(), HubProcess.DOORS);
            load = children.start(LoadProcess.class, List.of(), site.folder(), clients());
            ports = HubProcess.Ports.of(hub);
            load.answer();
            isOpen = true;
        } finally {
            if (!isOpen) {
                close();
            }
        }
    }

    int clients() {
        return settings.clientsUpTo(CLIENTS_MAX);
    }

    Path folder() {
        return site.folder();
    }

    HubProcess.Ports ports() {
        return ports;
    }

    /// The load for everything that speaks HTTP.
    Child load() {
        return load;
    }

    /// A further load, or a maker of messages, that is ready.
    Child helper(Class<?> main, Object... arguments) throws IOException {
        Child helper = children.startPeer(main, List.of(), all(arguments));
        helper.answer();
        return helper;
    }

    /// A server that is no hub; says its ports.
    Child engine(Class<?> main, Object... arguments) throws IOException {
        return children.startPeer(main, settings.serverOptions(), all(arguments));
    }

    private Object[] all(Object... arguments) {
        var all = new ArrayList<Object>(List.of(site.folder()));
        all.addAll(List.of(arguments));
        return all.toArray();
    }

    Way door(String label, Child by, int port, Order.Kind kind) {
        return Way.hub(label, by, hub, port, kind);
    }

    Way rest() {
        return door("REST", load, ports.main(), Order.Kind.DOCUMENTS);
    }

    /// Runs all rounds; the ways take turns.
    ///
    /// @throws IOException when no answer came, or the hub does not have what it promised
    void run(List<Way> ways) throws IOException, InterruptedException {
        progress.step("warm-up");
        for (Way way : ways) {
            round(way, way.isHub() ? WARM_UP * settings.warmUpMillis() : settings.warmUpMillis());
        }
        for (int i = 0; i < settings.rounds(); i++) {
            progress.round(i + 1, settings.rounds(), clients() + " clients");
            for (Way way : ways) {
                Round round = round(way, settings.millis());
                if (round.perSecond() == 0) {
                    throw new IOException("no answer came within a round; make rounds longer with --seconds");
                }
                way.measured().add(round);
            }
        }
        JournalEntries.require(ports.operations(), accepted);
        progress.say(String.format("%,d documents were accepted, all are in the journal.", accepted));
    }

    private Round round(Way way, long millis) throws IOException {
        String file = way.messages().file(millis);
        String series = file.isEmpty() ? "d" + rounds++ : file;
        var order = new Order(way.port(), way.server().pid(), way.kind(), clients(), millis, series);
        Round round = json.readValue(way.load().ask(json.writeValueAsString(order)), Round.class);
        accepted += way.isHub() ? round.answered() * way.each() : 0;
        return round;
    }

    /// Documents a second of one way beside another.
    static Figure rate(String name, Way ours, Way other) {
        return Figure.of(name, "docs/s", ours.series(ours::perSecond), other.label(), other.series(other::perSecond));
    }

    /// Processor time of the server for each document.
    static Figure cost(Way ours, Way other) {
        return Figure.of(
                "  server CPU",
                "µs/doc",
                ours.series(ours::serverMicros),
                other.label(),
                other.series(other::serverMicros));
    }

    static Figure slowest(Way ours, Way other) {
        return Figure.of("  p99", "ms", ours.series(Round::p99Millis), other.label(), other.series(Round::p99Millis));
    }

    @Override
    public void close() {
        children.close();
    }
}
