package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.journal.Callers;
import aiguillage.bench.journal.JournalProcess;
import aiguillage.bench.peer.KafkaClientProcess;
import aiguillage.bench.peer.KafkaProcess;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The journal beside a one-node Kafka, the same records, as many callers that wait.
///
/// The promises differ. The journal's record is on the disk, applied to the views, in the ledger, signed and provable
/// when its caller goes on; ids are taken once. Kafka's is in the topic: on the disk with a flush for each message, in
/// the page cache, lost with the power, with its default flush. Kafka's goes over a loopback connection, ours does not.
final class KafkaBench {

    private static final int PAYLOAD_BYTES = 2_048;
    private static final double FLUSHED_GOAL = 3;
    private static final double UNFLUSHED_GOAL = 1;
    private static final int BATCH_BYTES = 16 << 10;
    private static final int BATCH_BYTES_LARGE = 512 << 10;
    private static final String OURS = "journal";
    private static final String LARGE = "flushed, large batches";

    private KafkaBench() {}

    static List<Figure> measure(Settings settings, Progress progress) throws IOException {
        try (var children = new Children()) {
            Child journal = children.start(
                    JournalProcess.class,
                    settings.serverOptions(),
                    settings.folder().resolve(OURS));
            progress.step("starting Kafka");
            Path folder = Files.createDirectories(settings.folder().resolve("kafka"));
            String port = children.startPeer(KafkaProcess.class, settings.serverOptions(), folder)
                    .answer();
            Child client = children.startPeer(KafkaClientProcess.class, List.of(), port, BATCH_BYTES);
            Child large = children.startPeer(KafkaClientProcess.class, List.of(), port, BATCH_BYTES_LARGE);
            Map<String, Series> series = new LinkedHashMap<>();
            for (Child child : List.of(journal, client, large)) {
                child.answer();
            }
            progress.step("warm-up");
            round(settings.warmUpMillis() / 4, journal, client, large);
            for (int round = 0; round < settings.rounds(); round++) {
                progress.round(round + 1, settings.rounds(), Callers.COUNT + " waiting");
                round(settings.millis(), journal, client, large)
                        .forEach((what, rate) ->
                                series.computeIfAbsent(what, _ -> new Series()).add(rate));
            }
            return List.of(
                    figure(series, KafkaProcess.FLUSHED, "Kafka, flush each").ratioAtLeast(FLUSHED_GOAL),
                    figure(series, KafkaProcess.UNFLUSHED, "Kafka, not flushed").ratioAtLeast(UNFLUSHED_GOAL),
                    figure(series, LARGE, "Kafka, flush each 512 kB"));
        }
    }

    private static Map<String, Double> round(long millis, Child journal, Child client, Child large) throws IOException {
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put(OURS, perSecond(journal, OURS, millis));
        rates.put(KafkaProcess.FLUSHED, perSecond(client, KafkaProcess.FLUSHED, millis));
        rates.put(KafkaProcess.UNFLUSHED, perSecond(client, KafkaProcess.UNFLUSHED, millis));
        rates.put(LARGE, perSecond(large, KafkaProcess.FLUSHED, millis));
        return rates;
    }

    private static double perSecond(Child process, String what, long millis) throws IOException {
        process.order(what + " " + PAYLOAD_BYTES + " " + millis);
        return Double.parseDouble(process.answer());
    }

    private static Figure figure(Map<String, Series> series, String kafka, String label) {
        Series ours = series.getOrDefault(OURS, new Series());
        return Figure.of("journal, 2 kB, 256 waiting", "docs/s", ours, label, series.getOrDefault(kafka, new Series()));
    }
}
