package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import aiguillage.bench.server.EmptyProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/// Documents accepted, durable, routed and receipted over mTLS, beside an empty POST on the same listener.
final class SubmissionBench {

    static final String EMPTY_POST = "empty POST";

    private static final double RATIO_GOAL = 0.6;
    private static final int RATIO_GOAL_CLIENTS = 256;
    private static final double P99_MILLIS_GOAL = 10;
    private static final int P99_GOAL_CLIENTS = 64;

    private SubmissionBench() {}

    static List<Figure> measure(Settings settings, Progress progress) throws IOException, InterruptedException {
        Site site = Site.create(settings.folder(), Collections.max(settings.clients()));
        try (var children = new Children()) {
            Child empty = children.start(EmptyProcess.class, settings.serverOptions(), site.folder());
            var rival = HubBeside.Rival.of(EMPTY_POST, empty, Order.Kind.EMPTY);
            return new HubBeside(settings, progress, children, site, settings.clients(), rival)
                    .run().stream().flatMap(rounds -> figures(rounds).stream()).toList();
        }
    }

    private static List<Figure> figures(HubBeside.Both both) {
        int count = both.clients();
        String clients = count == 1 ? ", 1 client" : ", " + count + " clients";
        Figure rate = both.figure("submission" + clients, "docs/s", Round::perSecond);
        Figure p50 = both.figure("  p50" + clients, "ms", Round::p50Millis);
        Figure p99 = both.figure("  p99" + clients, "ms", Round::p99Millis);
        return List.of(
                count == RATIO_GOAL_CLIENTS ? rate.ratioAtLeast(RATIO_GOAL) : rate,
                p50,
                count == P99_GOAL_CLIENTS ? p99.atMost(P99_MILLIS_GOAL) : p99,
                both.figure("  server CPU" + clients, "µs/doc", Round::serverMicros),
                both.figure("  client CPU" + clients, "µs/doc", Round::clientMicros));
    }
}
