package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.peer.SingleReceiptProcess;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.List;

/// The whole hub beside a plain HTTPS server that syncs and signs each document by itself.
final class SingleBench {

    private static final int CLIENTS_MAX = 256;
    private static final double GOAL = 3;

    private SingleBench() {}

    static List<Figure> measure(Settings settings, Progress progress) throws IOException, InterruptedException {
        int clients = settings.clientsUpTo(CLIENTS_MAX);
        Site site = Site.create(settings.folder(), clients);
        try (var children = new Children()) {
            Child single = children.start(SingleReceiptProcess.class, settings.serverOptions(), site.folder());
            var rival = HubBeside.Rival.of("fsync + ECDSA for each", single, Order.Kind.FOREIGN);
            HubBeside.Both rounds = new HubBeside(settings, progress, children, site, List.of(clients), rival)
                    .run()
                    .getFirst();
            return List.of(
                    rounds.figure("hub, " + clients + " clients", "docs/s", Round::perSecond)
                            .ratioAtLeast(GOAL),
                    rounds.figure("  p99", "ms", Round::p99Millis),
                    rounds.figure("  server CPU", "µs/doc", Round::serverMicros));
        }
    }
}
