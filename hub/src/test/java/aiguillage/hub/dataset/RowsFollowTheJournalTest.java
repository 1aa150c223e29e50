package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.RocksRowStore;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.testing.TestClock;
import aiguillage.hub.testing.Until;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An entry is durable before the rows have its version: whatever fails or happens in between, they follow, and no
/// reader and no later version gets anything wrong.
@Timeout(120)
class RowsFollowTheJournalTest {

    private static final String FIRST = "part,country,price,contract\np1,FR,10.00,\np2,DE,20.00,\n";
    private static final String PRICES = "/v1/datasets/" + DatasetHub.PRICES + "/versions";
    private static final String MARKED = "/v1/datasets/" + DatasetHub.MARKED + "/versions";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));

    private DatasetHub start() throws Exception {
        return new DatasetHub(folder.resolve("hub"), clock);
    }

    private Path data() {
        return folder.resolve("hub/data");
    }

    private Path own(String dataset) {
        return data().resolve("datasets").resolve(dataset);
    }

    /// What keeps a layer from coming to the rows, as a full disk would.
    private Path obstacle(String dataset) throws IOException {
        return Files.createDirectories(own(dataset).resolve("coming/in-the-way"));
    }

    private static String with(String price) {
        return FIRST.replace("10.00", price);
    }

    /// Brings a reader to where the dataset stands, and requires the signed root.
    private void requireExact(DatasetHub hub, String party, String dataset, long newest) throws Exception {
        try (var reader = hub.new Reader(party, dataset, folder.resolve(party + newest))) {
            reader.catchUp();
            assertThat(reader.replica().versions().getLast().number()).isEqualTo(newest);
            assertThat(reader.replica().fold(clock.instant()))
                    .as("equal to the signed root")
                    .isNull();
        }
    }

    @Test
    void whatFailedBehindItsEntryIsTakenInWithoutAnybodyAsking() throws Exception {
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
            Path obstacle = obstacle(DatasetHub.PRICES);
            hub.publish("opel", DatasetHub.PRICES, with("11.00"), "", 500);
            assertThat(hub.get("dealer-7", PRICES, 503).path("code").asString())
                    .as("nobody is told that the version before is the newest")
                    .isEqualTo("journal-busy");
            hub.publish("opel", DatasetHub.PRICES, with("12.00"), "", 500);
            Files.delete(obstacle);
            Until.holds(
                    "what failed was taken in",
                    () -> hub.hub().get(hub.client("dealer-7"), PRICES).statusCode() == 200);
            requireExact(hub, "dealer-7", DatasetHub.PRICES, 2);
            hub.publish("opel", DatasetHub.PRICES, with("12.00"), "", 201);
            requireExact(hub, "dealer-7", DatasetHub.PRICES, 3);
        }
    }

    @Test
    void noWrongRootComesIntoTheJournalAfterSuchAFailure() throws Exception {
        Path obstacle;
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
            obstacle = obstacle(DatasetHub.PRICES);
            hub.publish("opel", DatasetHub.PRICES, with("11.00"), "", 500);
            hub.publish("opel", DatasetHub.PRICES, with("12.00"), "", 500);
            hub.publish("opel", DatasetHub.PRICES, with("11.00"), "", 500);
        }
        Files.delete(obstacle);
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.PRICES, with("12.00"), "", 201);
            requireExact(hub, "dealer-7", DatasetHub.PRICES, 3);
        }
        requireFolds(DatasetHub.PRICES);
    }

    @Test
    void noReaderSpoilsTheSumOfAVersionThatTheRowsDoNotHaveYet() throws Exception {
        String list = "part,description,price\n1001,Joint de porte avant gauche,10.50\n1008,Filtre,12.00\n";
        Path obstacle;
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.MARKED, list, "", 201);
            obstacle = obstacle(DatasetHub.MARKED);
            hub.publish("opel", DatasetHub.MARKED, list.replace("10.50", "11.00"), "", 500);
            hub.get("dealer-7", MARKED + "/2/layer", 404);
            hub.get("dealer-7", MARKED + "/2/buckets", 404);
        }
        Files.delete(obstacle);
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.MARKED, list.replace("10.50", "11.50"), "", 201);
            requireExact(hub, "dealer-7", DatasetHub.MARKED, 3);
        }
        requireFolds(DatasetHub.MARKED);
    }

    /// The rows of a hub that has stopped are those of the roots in its journal.
    private void requireFolds(String dataset) throws IOException {
        try (Replica rows = rows(own(dataset))) {
            assertThat(rows.fold(clock.instant())).isNull();
        }
    }

    private static Replica rows(Path own) throws IOException {
        return new Replica(RocksRowStore.open(own.resolve("rows")), new LayerFiles(own.resolve("stack")));
    }

    @Test
    void aWithdrawnVersionThatWasFoldedGoesAtTheNextStart() throws Exception {
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
            String later = "effective=" + clock.instant().plus(Duration.ofHours(1));
            hub.publish("opel", DatasetHub.PRICES, with("11.00"), later, 201);
        }
        try (Replica rows = rows(own(DatasetHub.PRICES))) { // as it was before the clock was set back
            assertThat(rows.fold(clock.instant().plus(Duration.ofHours(2)))).isNull();
        }
        try (var hub = start()) {
            hub.post("opel", PRICES + "/2/withdrawal", 500);
            assertThat(hub.get("dealer-7", PRICES, 503).path("code").asString()).isEqualTo("dataset-unusable");
            hub.publish("opel", DatasetHub.PRICES, with("12.00"), "", 503);
            assertThat(hub.hub().operator("/operator/status", null).body())
                    .contains("Version 2", "Start the hub again");
            hub.publish("opel", DatasetHub.MARKED, "part,description,price\n1001,Joint avant,1.50\n", "", 201);
        }
        try (var hub = start()) {
            requireExact(hub, "dealer-7", DatasetHub.PRICES, 1);
            hub.publish("opel", DatasetHub.PRICES, with("12.00"), "", 201);
            requireExact(hub, "dealer-7", DatasetHub.PRICES, 3);
        }
    }

    @Test
    void rowsBesideAnotherJournalAreMadeAgain() throws Exception {
        try (var other = new DatasetHub(folder.resolve("other"), clock)) {
            other.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
            other.publish("opel", DatasetHub.PRICES, with("12.00"), "", 201);
            requireExact(other, "dealer-7", DatasetHub.PRICES, 2);
        }
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
            hub.publish("opel", DatasetHub.PRICES, with("11.00"), "", 201);
        }
        Folder.remove(own(DatasetHub.PRICES));
        Files.move(folder.resolve("other/data/datasets").resolve(DatasetHub.PRICES), own(DatasetHub.PRICES));
        try (var hub = start()) {
            requireExact(hub, "dealer-9", DatasetHub.PRICES, 2);
            hub.publish("opel", DatasetHub.PRICES, with("12.00"), "", 201);
            requireExact(hub, "dealer-9", DatasetHub.PRICES, 3);
        }
        requireFolds(DatasetHub.PRICES);
    }

    @Test
    void nothingIsFoldedWhileSomebodyHasTheTurn() throws Exception {
        try (var hub = start()) {
            hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
            String later = "effective=" + clock.instant().plus(Duration.ofHours(1));
            hub.publish("opel", DatasetHub.PRICES, with("11.00"), later, 201);
        }
        try (var store = RocksStore.open(data().resolve("store"));
                var timer = Executors.newSingleThreadScheduledExecutor();
                var datasets = new Datasets(
                        data().resolve("datasets"),
                        data().resolve("datasets.key"),
                        new Versions(store),
                        () -> {
                            throw new AssertionError("no table is needed");
                        },
                        clock,
                        timer,
                        new SecureRandom(),
                        reader -> {})) {
            Master master = datasets.served(DatasetName.of(DatasetHub.PRICES)).master();
            datasets.fold();
            assertThat(master.replica().base()).extracting("number").isEqualTo(1L);
            var withdrawn = new CountDownLatch(1);
            var hasTheTurn = new CompletableFuture<Boolean>();
            Thread withdrawal = Thread.startVirtualThread(() -> {
                master.turn().lock();
                try {
                    hasTheTurn.complete(true);
                    withdrawn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    master.turn().unlock();
                }
            });
            hasTheTurn.join();
            clock.advance(Duration.ofHours(1)); // between the entry and the rows
            datasets.fold();
            assertThat(master.replica().base()).extracting("number").isEqualTo(1L);
            withdrawn.countDown();
            withdrawal.join();
            datasets.fold();
            assertThat(master.replica().base()).extracting("number").isEqualTo(2L);
            timer.shutdownNow();
        }
    }

    @Test
    void whatAShareOrAnUploadLeavesHalfWrittenGoes() throws Exception {
        Path upload = own(DatasetHub.PRICES).resolve("work/upload-1.part");
        try (var hub = start()) {
            String later = "effective=" + clock.instant().plus(Duration.ofHours(1));
            hub.publish("opel", DatasetHub.PRICES, FIRST, later, 201);
            try (Stream<Path> layers = Files.list(data().resolve("datasets/layers"))) {
                Path layer = layers.findFirst().orElseThrow();
                byte[] bytes = Files.readAllBytes(layer);
                bytes[bytes.length / 3] ^= 1;
                Files.write(layer, bytes); // in the stack it is the same file
            }
            hub.get("dealer-7", PRICES + "/1/layer", 500);
            try (Stream<Path> shares = Files.list(own(DatasetHub.PRICES).resolve("shares"))) {
                assertThat(shares).isEmpty();
            }
            Files.writeString(upload, FIRST);
        }
        try (Stream<Path> layers = Files.list(data().resolve("datasets/layers"))) {
            Path layer = layers.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(layer);
            bytes[bytes.length / 3] ^= 1;
            Files.write(layer, bytes);
        }
        try (var hub = start()) {
            assertThat(upload).doesNotExist();
            requireExact(hub, "dealer-7", DatasetHub.PRICES, 1);
        }
    }
}
