package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.peer.Phase4Process;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The hub beside the same job by phase4, both with 32 senders that wait for their receipts.
final class Phase4Bench {

    private static final int CLIENTS_MAX = 32;
    private static final int PAYLOAD_BYTES = 2_048;
    private static final double GOAL = 40;

    /// For each client; signed beforehand, sent over and over.
    private static final int MESSAGES = 4;

    /// Its cost for a message falls to a third between half a minute and two minutes: it is warmed up four times as
    /// long as the hub, or its figure would be understated.
    private static final double WARM_UP = 4;

    private Phase4Bench() {}

    static List<Figure> measure(Settings settings, Progress progress) throws IOException, InterruptedException {
        int clients = settings.clientsUpTo(CLIENTS_MAX);
        Site site = Site.create(settings.folder(), clients);
        try (var children = new Children()) {
            progress.step("signing phase4's messages");
            Path messages = settings.folder().resolve("messages");
            Child phase4 = children.startPeer(
                    Phase4Process.class,
                    settings.serverOptions(),
                    site.folder(),
                    messages,
                    MESSAGES * clients,
                    PAYLOAD_BYTES);
            var rival = new HubBeside.Rival(
                    "phase4, signed AS4",
                    phase4,
                    Integer.parseInt(phase4.answer()),
                    Order.Kind.MESSAGES,
                    messages.toString(),
                    WARM_UP);
            HubBeside.Both rounds = new HubBeside(settings, progress, children, site, List.of(clients), rival)
                    .run()
                    .getFirst();
            return List.of(
                    rounds.figure("hub, " + clients + " senders", "docs/s", Round::perSecond)
                            .ratioAtLeast(GOAL),
                    rounds.figure("  p99", "ms", Round::p99Millis),
                    rounds.figure("  server CPU", "µs/doc", Round::serverMicros));
        }
    }
}
