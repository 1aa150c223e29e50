package aiguillage.faults;

import aiguillage.hub.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/// A partner whose requests come a byte at a time: half of them never end their header, half their body.
final class SlowLoris implements Fault {

    private static final Duration BYTE_EVERY = Duration.ofMillis(500);

    @Override
    public String name() {
        return "slow-loris";
    }

    @Override
    public String promised() {
        return "a header has 10 s, a body 15 s and 16 kB/s; others are served meanwhile";
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        site.awaitRecovery(name());
        SSLContext context = site.parties.context(site.parties.credential("dealer-7"));
        var open = new ArrayList<RawConnection>();
        try (var probe = new Probe(site, name())) {
            Probe.Took before = probe.during(scale.busy().dividedBy(2));
            for (int i = 0; i < scale.loris(); i++) {
                RawConnection connection = RawConnection.tls(context, site.hub().mainPort());
                open.add(connection);
                connection.send(
                        i % 2 == 0
                                ? "GET /v1/inbox HTT"
                                : RawConnection.submission("dealer-7", "opel/warranty-claim", "loris-" + i)
                                        + "Content-Length: 200000\r\n\r\nx");
            }
            long from = System.nanoTime();
            var others = new Probe.Took[1];
            Thread dripping = Thread.ofVirtual().start(() -> drip(open, scale));
            others[0] = probe.during(scale.busy());
            dripping.join();
            if (scale.isFull()) {
                for (RawConnection connection : open) {
                    if (!connection.endsWithin(Duration.ofSeconds(30))) {
                        throw new AssertionError("a slow request was kept");
                    }
                }
                row.recovery =
                        "all given up " + (System.nanoTime() - from) / 1_000_000 + " ms after the last was opened";
            }
            row.injected = scale.loris() + " requests, a byte every " + BYTE_EVERY.toMillis() + " ms";
            row.seen = "others: " + others[0] + "; before " + before;
            row.probed.addAll(probe.receipted());
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
        site.awaitRecovery(name());
    }

    private static void drip(List<RawConnection> open, Scale scale) {
        long end = System.nanoTime() + scale.busy().toNanos();
        while (System.nanoTime() < end) {
            open.forEach(SlowLoris::oneMore);
            Site.pause(BYTE_EVERY);
        }
    }

    private static void oneMore(RawConnection connection) {
        try {
            connection.send("x");
        } catch (IOException givenUp) {
            // that is what the hub is to do
        }
    }
}
