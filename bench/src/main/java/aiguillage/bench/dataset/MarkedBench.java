package aiguillage.bench.dataset;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Caller;
import aiguillage.pki.CertificateUse;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/// A snapshot of a marked list, made for one recipient, beside the same of the list without marks. Before
/// each round one row of both changes, so that the hub has made neither before: it counts all rows anew. At
/// the end both recipients take what they were given, and compare it with the signed root.
public final class MarkedBench {

    private static final double RATIO_GOAL = 1.3;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int OK = 200;
    private static final List<DatasetName> LISTS = List.of(Site.PRICES, Site.MARKED);

    private MarkedBench() {}

    /// @param rows of each list
    public static List<Figure> run(Settings settings, Progress progress, int rows, int rounds)
            throws IOException, InterruptedException {
        Site site = Site.withLists(settings.folder(), 1);
        var marked = new Series();
        var plain = new Series();
        var list = new PartsList(rows);
        try (Child hub = Child.start(HubProcess.class, settings.serverOptions(), site.folder())) {
            int port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
            var publisher = new Publisher(site, port);
            SSLContext dealer = site.tls(Site.dealer(0), new CertificateUse.Client());
            SSLContext importer = site.tls(Site.IMPORTER, new CertificateUse.Client());
            progress.step("publishing both lists");
            publish(publisher, list.write(site.folder().resolve("list.csv")), "");
            Thread.sleep(PublishBench.folded(2L * rows));
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                progress.round(Math.max(round, 0) + 1, rounds, rows + " rows");
                publish(publisher, list.write(site.folder().resolve("delta.csv"), list.dearer(1)), ListStage.DELTA);
                Thread.sleep(PublishBench.folded(2));
                double without = snapshot(dealer, port, Site.PRICES);
                double with = snapshot(importer, port, Site.MARKED);
                if (round >= 0) {
                    plain.add(without);
                    marked.add(with);
                }
            }
            progress.step("comparing both with their roots");
            String probe = list.part(0);
            requireExact(site, Site.PRICES, Site.dealer(0), dealer, port, probe);
            requireExact(site, Site.MARKED, Site.IMPORTER, importer, port, probe);
        }
        String what = String.format(Locale.ROOT, "marked copy, %,d rows", rows);
        return List.of(
                Figure.of(what, "s", marked, "the copy without marks", plain).ratioAtMost(RATIO_GOAL));
    }

    private static void publish(Publisher publisher, Path file, String query) throws IOException {
        for (DatasetName list : LISTS) {
            publisher.publish(list, file, query);
        }
    }

    /// @return until the hub names the snapshot's digest, in s
    private static double snapshot(SSLContext recipient, int port, DatasetName list) throws IOException {
        byte[] request = ("GET /v1/datasets/" + list + "/versions?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (var caller = new Caller(recipient, port)) {
            long began = System.nanoTime();
            caller.call(request, OK);
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private static void requireExact(
            Site site, DatasetName list, PartyId recipient, SSLContext tls, int port, String probe) throws IOException {
        LedgerKey.Public key = LedgerKey.Public.ofText(Files.readString(site.ledgerKey()));
        Path folder = site.folder().resolve("replica-of-" + recipient);
        try (var replica = new FullReplica(list, folder, tls, port, key, probe)) {
            replica.catchUp();
            replica.fold();
        }
    }
}
