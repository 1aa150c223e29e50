package aiguillage.bench.stored;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Caller;
import aiguillage.pki.CertificateUse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/// From the start of a hub's process, on what a killed one left, to the first receipt: beside a process that opens
/// the same store, left in the same way.
public final class RestartBench {

    private static final double SECONDS_GOAL = 3;
    private static final int PAYLOAD_BYTES = 200;

    private RestartBench() {}

    /// @param stored how many documents are there
    /// @param since how many came in since the log was last written out, in each round
    public static List<Figure> run(Settings settings, Progress progress, long stored, long since, int rounds)
            throws IOException {
        Site site = Site.create(settings.folder(), 1);
        SSLContext dealer = site.tls(Site.dealer(0), new CertificateUse.Client());
        progress.step("storing " + stored + " documents");
        Seeding.prepare(site);
        Seeding.fill(site, stored, PAYLOAD_BYTES);
        var ours = new Series();
        var bare = new Series();
        for (int round = 0; round < rounds; round++) {
            progress.round(round + 1, rounds, stored + " documents");
            Seeding.fillAndKill(site, since, PAYLOAD_BYTES);
            bare.add(open(settings, site));
            Seeding.fillAndKill(site, since, PAYLOAD_BYTES);
            ours.add(restart(settings, site, dealer, "first-" + round));
        }
        return List.of(Figure.of(
                        String.format(Locale.ROOT, "restart, %,d stored", stored), "s", ours, "opening the store", bare)
                .atMost(SECONDS_GOAL));
    }

    private static double open(Settings settings, Site site) throws IOException {
        long began = System.nanoTime();
        try (Child process = Child.start(OpenProcess.class, settings.serverOptions(), site.folder())) {
            process.answer();
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private static double restart(Settings settings, Site site, SSLContext dealer, String id) throws IOException {
        long began = System.nanoTime();
        try (Child hub = Child.start(HubProcess.class, settings.serverOptions(), site.folder())) {
            int port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
            try (var caller = new Caller(dealer, port)) {
                caller.call(
                        Caller.submission(Site.dealer(0).value(), Site.FLOW.toString(), id, new byte[PAYLOAD_BYTES]),
                        201);
                return (System.nanoTime() - began) / 1e9;
            }
        }
    }
}
