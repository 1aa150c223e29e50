package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.load.FilesProcess;
import aiguillage.bench.load.LoadProcess;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.peer.As4MessagesProcess;
import aiguillage.bench.peer.CxfProcess;
import aiguillage.bench.peer.Phase4Process;
import aiguillage.bench.peer.SshdProcess;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/// A door of the hub beside the REST door of the same hub, and beside the bare engine of its protocol, which
/// keeps nothing durably and gives no receipt. Rounds take turns.
final class DoorsBench {

    private static final int CLIENTS_MAX = 32;

    /// A door adds at most 30 % to what its engine costs.
    private static final double ENGINE_GOAL = 1 / 1.3;

    private static final int AS4_BYTES = 2_048;

    /// Of the peer's messages, sent over and over.
    private static final int AS4_THEIRS = 128;

    /// Messages made for each client of a round; more than any machine here sends, since none may come twice.
    private static final int AS4_EACH_SECOND = 100;

    private static final int AS4_EACH_LEAST = 30;

    private final Settings settings;
    private final Progress progress;
    private final int clients;
    private final JsonMapper json = new JsonMapper();
    private int rounds;

    private DoorsBench(Settings settings, Progress progress, int clients) {
        this.settings = settings;
        this.progress = progress;
        this.clients = clients;
    }

    /// Messages made beforehand.
    @FunctionalInterface
    private interface Messages {

        /// The file with those for a round of so many milliseconds.
        String file(long millis) throws IOException;
    }

    /// A way to send documents.
    ///
    /// @param isHub whether it ends in the hub's journal
    private record Way(
            String label,
            Child load,
            Child server,
            int port,
            Order.Kind kind,
            boolean isHub,
            Messages messages,
            List<Round> measured) {

        static Way hub(String label, Child load, Child hub, int port, Order.Kind kind) {
            return new Way(label, load, hub, port, kind, true, _ -> "", new ArrayList<>());
        }

        static Way engine(String label, Child load, Child server, Order.Kind kind) throws IOException {
            return new Way(
                    label, load, server, Integer.parseInt(server.answer()), kind, false, _ -> "", new ArrayList<>());
        }

        Way sending(Messages made) {
            return new Way(label, load, server, port, kind, isHub, made, measured);
        }

        Series series(ToDoubleFunction<Round> value) {
            var series = new Series();
            measured.forEach(round -> series.add(value.applyAsDouble(round)));
            return series;
        }
    }

    static List<Figure> star(Settings settings, Progress progress) throws IOException, InterruptedException {
        int clients = settings.clientsUpTo(CLIENTS_MAX);
        Site site = Site.create(settings.folder(), clients);
        try (var children = new Children()) {
            Child hub = children.start(HubProcess.class, settings.serverOptions(), site.folder());
            HubProcess.Ports ports = HubProcess.Ports.of(hub);
            Child load = ready(children.start(LoadProcess.class, List.of(), site.folder(), clients));
            Child cxf = children.startPeer(CxfProcess.class, settings.serverOptions(), site.folder());
            var door = Way.hub("STAR", load, hub, ports.main(), Order.Kind.STAR);
            var rest = Way.hub("REST", load, hub, ports.main(), Order.Kind.DOCUMENTS);
            var engine = Way.engine("CXF, kept nowhere", load, cxf, Order.Kind.STAR);
            return new DoorsBench(settings, progress, clients).run(door, rest, engine, ports.operations());
        }
    }

    static List<Figure> sftp(Settings settings, Progress progress) throws IOException, InterruptedException {
        int clients = settings.clientsUpTo(CLIENTS_MAX);
        Site site = Site.create(settings.folder(), clients);
        try (var children = new Children()) {
            Child hub = children.start(HubProcess.class, settings.serverOptions(), site.folder());
            HubProcess.Ports ports = HubProcess.Ports.of(hub);
            Child load = ready(children.start(LoadProcess.class, List.of(), site.folder(), clients));
            Child files = ready(children.startPeer(FilesProcess.class, List.of(), site.folder()));
            Child sshd = children.startPeer(SshdProcess.class, settings.serverOptions(), site.folder());
            var door = Way.hub("SFTP", files, hub, ports.sftp(), Order.Kind.FILES);
            var rest = Way.hub("REST", load, hub, ports.main(), Order.Kind.DOCUMENTS);
            var engine = Way.engine("SSHD, files unsynced", files, sshd, Order.Kind.FILES);
            return new DoorsBench(settings, progress, clients).run(door, rest, engine, ports.operations());
        }
    }

    static List<Figure> as4(Settings settings, Progress progress) throws IOException, InterruptedException {
        int clients = settings.clientsUpTo(CLIENTS_MAX);
        Site site = Site.withAs4(settings.folder(), clients);
        try (var children = new Children()) {
            Child hub = children.start(HubProcess.class, settings.serverOptions(), site.folder());
            HubProcess.Ports ports = HubProcess.Ports.of(hub);
            Child load = ready(children.start(LoadProcess.class, List.of(), site.folder(), clients));
            Child maker = ready(children.startPeer(As4MessagesProcess.class, List.of(), site.folder(), AS4_BYTES));
            String theirs = settings.folder().resolve("to-phase4").toString();
            Child phase4 = children.startPeer(
                    Phase4Process.class, settings.serverOptions(), site.folder(), theirs, AS4_THEIRS, AS4_BYTES);
            String ours = settings.folder().resolve("to-hub").toString();
            var door = Way.hub("AS4", load, hub, ports.main(), Order.Kind.MESSAGES)
                    .sending(millis -> {
                        maker.order(clients + " " + (AS4_EACH_LEAST + millis * AS4_EACH_SECOND / 1_000) + " " + ours);
                        maker.answer();
                        return ours;
                    });
            var rest = Way.hub("REST", load, hub, ports.main(), Order.Kind.DOCUMENTS);
            var engine = Way.engine("phase4, kept nowhere", load, phase4, Order.Kind.MESSAGES)
                    .sending(_ -> theirs);
            return new DoorsBench(settings, progress, clients).run(door, rest, engine, ports.operations());
        }
    }

    private static Child ready(Child load) throws IOException {
        load.answer();
        return load;
    }

    private List<Figure> run(Way door, Way rest, Way engine, int operationsPort)
            throws IOException, InterruptedException {
        List<Way> ways = List.of(door, rest, engine);
        long accepted = 0;
        progress.step("warm-up");
        for (Way way : ways) {
            Round round = round(way, settings.warmUpMillis());
            accepted += way.isHub() ? round.answered() : 0;
        }
        for (int i = 0; i < settings.rounds(); i++) {
            progress.round(i + 1, settings.rounds(), clients + " clients");
            for (Way way : ways) {
                Round round = round(way, settings.millis());
                accepted += way.isHub() ? round.answered() : 0;
                if (round.perSecond() == 0) {
                    throw new IOException("no answer came within a round; make rounds longer with --seconds");
                }
                way.measured().add(round);
            }
        }
        JournalEntries.require(operationsPort, accepted);
        progress.say(String.format("%,d documents were accepted, all are in the journal.", accepted));
        String name = door.label() + ", " + clients + " clients";
        return List.of(
                figure(name, "docs/s", door, rest, Round::perSecond),
                figure(name, "docs/s", door, engine, Round::perSecond).ratioAtLeast(ENGINE_GOAL),
                figure("  server CPU", "µs/doc", door, rest, Round::serverMicros),
                figure("  server CPU", "µs/doc", door, engine, Round::serverMicros),
                figure("  p99", "ms", door, rest, Round::p99Millis));
    }

    private Round round(Way way, long millis) throws IOException {
        String file = way.messages().file(millis);
        String series = file.isEmpty() ? "d" + rounds++ : file;
        way.load()
                .order(json.writeValueAsString(
                        new Order(way.port(), way.server().pid(), way.kind(), clients, millis, series)));
        return json.readValue(way.load().answer(), Round.class);
    }

    private static Figure figure(String name, String unit, Way ours, Way other, ToDoubleFunction<Round> value) {
        return Figure.of(name, unit, ours.series(value), other.label(), other.series(value));
    }
}
