package aiguillage.bench.ledger;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import java.io.IOException;
import java.util.List;

/// Entries integrated, durable, signed and provable per second, beside a published figure; and the tree in memory.
public final class LedgerBench {

    /// Tessera's authors: about 10,000 adds a second with best-effort deduplication, on 7 cores.
    private static final double TESSERA_PER_SECOND = 10_000;

    private static final String TESSERA = "Tessera (published)";
    private static final double GOAL = 25_000;

    private LedgerBench() {}

    /// Runs all rounds.
    ///
    /// @throws IOException when an entry was recorded twice, or a proof did not hold
    public static List<Figure> measure(Settings settings, Progress progress) throws IOException {
        try (var children = new Children()) {
            Figure durable = durable(settings, progress, children);
            progress.step("the tree in memory, under JMH");
            return List.of(durable, inMemory(settings, children));
        }
    }

    private static Figure durable(Settings settings, Progress progress, Children children) throws IOException {
        Child ledger = children.start(
                LedgerProcess.class, settings.serverOptions(), settings.folder().resolve("ledger"));
        ledger.answer();
        progress.step("warm-up");
        round(ledger, settings.warmUpMillis() / 2);
        var rates = new Series();
        long again = 0;
        long verified = 0;
        for (int round = 0; round < settings.rounds(); round++) {
            progress.round(round + 1, settings.rounds(), LedgerProcess.CALLERS + " waiting");
            String[] counted = round(ledger, settings.millis());
            rates.add(Double.parseDouble(counted[0]));
            again += Long.parseLong(counted[1]);
            verified += Long.parseLong(counted[2]);
        }
        ledger.close();
        progress.say(String.format(
                "%,d entries were offered twice and recorded once; %,d proofs were verified.", again, verified));
        return Figure.published("ledger, durable, once-only", "1/s", rates, TESSERA, TESSERA_PER_SECOND)
                .atLeast(GOAL);
    }

    private static String[] round(Child ledger, long millis) throws IOException {
        ledger.order(Long.toString(millis));
        return ledger.answer().split(" ", 3);
    }

    private static Figure inMemory(Settings settings, Children children) throws IOException {
        Child jmh = children.startPeer(
                JmhProcess.class,
                settings.serverOptions(),
                settings.folder().resolve("jmh.txt"),
                settings.millis() / 2,
                settings.rounds());
        var tree = new Series();
        var hashes = new Series();
        for (int round = 0; round < settings.rounds(); round++) {
            String[] rates = jmh.answer().split(" ", 2);
            tree.add(Double.parseDouble(rates[0]));
            hashes.add(Double.parseDouble(rates[1]));
        }
        return Figure.of("ledger, in memory, 1 thread", "1/s", tree, "SHA-256 of each entry", hashes);
    }
}
