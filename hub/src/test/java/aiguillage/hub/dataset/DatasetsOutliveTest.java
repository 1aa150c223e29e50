package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.Check;
import aiguillage.hub.Progress;
import aiguillage.hub.Restore;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Versions outlive the rows made of them, the hub's process, and its disk.
@Timeout(120)
class DatasetsOutliveTest {

    private static final String FIRST = "part,country,price,contract\np1,FR,10.00,\np2,DE,20.00,\n";
    private static final String READ = "/v1/datasets/" + DatasetHub.PRICES + "/versions";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Path data;
    private String offers;

    @BeforeEach
    void live() throws Exception {
        data = folder.resolve("hub/data");
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "11.00"), "", 201);
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "99.00"), "", 202);
            offers = hub.get("dealer-7", READ, 200).toString();
            String wish = "{\"folder\":\"" + folder.resolve("backup") + "\"}";
            assertThat(hub.hub().operator("/operator/backups", wish).statusCode())
                    .isEqualTo(201);
        }
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private Path aLayer() throws IOException {
        try (Stream<Path> layers = Files.list(data.resolve("datasets/layers"))) {
            return layers.findFirst().orElseThrow();
        }
    }

    @Test
    void rowsAreMadeAgainFromTheLayers() throws Exception {
        remove(data.resolve("datasets/opel/parts-prices"));
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            assertThat(hub.get("dealer-7", READ, 200)).hasToString(offers);
        }
    }

    private static String delta(int price) {
        return "part,country,price,contract,action\np1,FR," + price + ".00,,put\n";
    }

    @Test
    void moreVersionsThanMayWaitAreMadeAgain() throws Exception {
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            for (int i = 0; i < 300; i++) {
                hub.publish("opel", DatasetHub.PRICES, delta(11 + (i + 1) % 2), "delta=true", 201);
            }
            offers = hub.get("dealer-7", READ, 200).toString();
        }
        remove(data.resolve("datasets/opel/parts-prices"));
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            assertThat(hub.get("dealer-7", READ, 200)).hasToString(offers);
            hub.publish("opel", DatasetHub.PRICES, delta(13), "delta=true", 201);
        }
    }

    @Test
    void noVersionIsRecordedThatFindsNoRoomToWait() throws Exception {
        String later = "delta=true&effective=" + clock.instant().plusSeconds(60);
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            int waiting = 0;
            while (waiting < 255) {
                hub.publish("opel", DatasetHub.PRICES, delta(11 + ++waiting % 2), later, 201);
            }
            JsonNode refused = hub.publish("opel", DatasetHub.PRICES, delta(13), later, 409);
            assertThat(refused.path("code").asString()).isEqualTo("version-overtaken");
            assertThat(refused.path("detail").asString()).contains("255 versions");
            hub.post("opel", READ + "/257/withdrawal", 200);
            hub.publish("opel", DatasetHub.PRICES, delta(13), later, 201);
            clock.advance(Duration.ofSeconds(60));
            hub.publish("opel", DatasetHub.PRICES, delta(14), "delta=true", 201);
        }
    }

    @Test
    void aRestoredHubServesTheSameVersions() throws Exception {
        Path to = folder.resolve("again/data");
        Files.createDirectories(to.getParent());
        String checkpoint = Files.readString(folder.resolve("backup/checkpoint"));
        new Restore(folder.resolve("backup"), to, data.resolve("ledger.key"), InstantSource.system(), Progress.none())
                .restore(checkpoint, false);
        remove(data);
        Files.move(to, data);
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            assertThat(hub.get("dealer-7", READ, 200)).hasToString(offers);
            assertThat(hub.get("opel", "/v1/datasets/" + DatasetHub.PRICES + "/held", 200))
                    .hasSize(1);
        }
    }

    @Test
    void aDamagedLayerIsNamedByTheCheckAndRefusedByARestore() throws Exception {
        assertThat(new Check(data, null, Progress.none()).run(null, folder).findings())
                .isEmpty();
        Path layer = aLayer();
        byte[] bytes = Files.readAllBytes(layer);
        bytes[bytes.length / 2] ^= 1;
        Files.write(layer, bytes);
        assertThat(new Check(data, null, Progress.none()).run(null, folder).findings())
                .singleElement()
                .asString()
                .contains(layer.getFileName().toString(), "damaged");
        Path copy = folder.resolve("backup/datasets/layers").resolve(layer.getFileName());
        Files.write(copy, bytes);
        Path to = folder.resolve("again/data");
        Files.createDirectories(to.getParent());
        assertThatThrownBy(() -> new Restore(
                                folder.resolve("backup"),
                                to,
                                data.resolve("ledger.key"),
                                InstantSource.system(),
                                Progress.none())
                        .restore(null, false))
                .isInstanceOf(Restore.NotProven.class)
                .hasMessageContaining("layer");
        Files.delete(layer);
        assertThat(new Check(data, null, Progress.none()).run(null, folder).findings())
                .singleElement()
                .asString()
                .contains("missing");
    }

    @Test
    void whatWasLeftWithoutAnEntryGoesAtTheNextStart() throws Exception {
        Path orphan = data.resolve("datasets/layers").resolve("0".repeat(64));
        Files.writeString(orphan, "a layer whose entry was never written");
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            assertThat(orphan).doesNotExist();
            assertThat(hub.get("dealer-7", READ, 200)).hasToString(offers);
        }
    }

    @Test
    void whatIsDiscardedTakesItsLayerAlongUnlessSomethingElseHasIt() throws Exception {
        String list = "/v1/datasets/" + DatasetHub.PRICES;
        Path layers = data.resolve("datasets/layers");
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "99.00"), "", 202);
            JsonNode held = hub.get("opel", list + "/held", 200);
            assertThat(held).hasSize(2);
            assertThat(layers.toFile().list())
                    .as("two versions, and what both have in common")
                    .hasSize(3);
            hub.post("opel-second", list + "/held/" + held.at("/0/held").asLong() + "/discard", 200);
            assertThat(layers.toFile().list()).hasSize(3);
            hub.post("opel-second", list + "/held/" + held.at("/1/held").asLong() + "/discard", 200);
            assertThat(layers.toFile().list()).hasSize(2);
            assertThat(hub.get("dealer-7", READ, 200)).hasToString(offers);
            assertThat(new Check(folder.resolve("backup"), data.resolve("ledger.key"), Progress.none())
                            .run(null, folder)
                            .findings())
                    .as("a backup has what was held then")
                    .isEmpty();
        }
    }

    @Test
    void noLayerGoesWhileEntriesAndTheirLayersAreCopied() throws Exception {
        var files = new Folder(folder.resolve("files"));
        Path unnamed = Files.createDirectories(files.layers()).resolve("0".repeat(64));
        Files.writeString(unnamed, "of an entry that another thread is about to record");
        try (var store = new MemoryStore()) {
            var layers = new Layers(files, new Versions(store));
            assertThat(layers.whileNoneGoes(layers::removeUnnamed)).isFalse();
            assertThat(unnamed).exists();
            assertThat(layers.removeUnnamed()).isTrue();
            assertThat(unnamed).doesNotExist();
        }
    }

    @Test
    void aDatasetThatCannotBeOpenedIsNoOthersTrouble() throws Exception {
        Path rows = data.resolve("datasets/" + DatasetHub.PRICES + "/rows");
        Files.writeString(rows.resolve("CURRENT"), "nothing that names a file");
        String marked = "part,description,price\n1001,Joint de porte avant gauche,10.50\n";
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            String path = "/v1/datasets/" + DatasetHub.PRICES;
            JsonNode refused = hub.get("dealer-7", READ, 503);
            assertThat(refused.path("code").asString()).isEqualTo("dataset-unusable");
            assertThat(refused.toString()).doesNotContain(folder.toString());
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), "", 503);
            hub.post("opel", path + "/versions/1/restoration", 503);
            assertThat(hub.get("dealer-7", "/v1/datasets", 200).path("datasets"))
                    .hasSize(2);
            hub.publish("opel", DatasetHub.MARKED, marked, "", 201);
            assertThat(hub.get("dealer-7", "/v1/datasets/" + DatasetHub.MARKED + "/versions", 200)
                            .path("versions"))
                    .hasSize(1);
            for (String health : List.of("/health/ready", "/operator/status")) {
                var said = hub.hub().operator(health, null);
                assertThat(said.statusCode()).as("documents are accepted").isEqualTo(200);
                assertThat(DatasetHub.JSON
                                .readTree(said.body())
                                .at("/unusable/0")
                                .asString())
                        .contains(DatasetHub.PRICES, "is not served", rows.toString(), "Stop the hub");
            }
        }
        remove(rows);
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            assertThat(hub.get("dealer-7", READ, 200)).hasToString(offers);
        }
    }

    @Test
    void aDatasetWhoseLayerIsGoneIsNoOthersTrouble() throws Exception {
        remove(data.resolve("datasets/" + DatasetHub.PRICES));
        remove(data.resolve("datasets/layers"));
        try (var hub = new DatasetHub(folder.resolve("hub"), clock)) {
            hub.get("dealer-7", READ, 503);
            hub.publish("opel", DatasetHub.MARKED, "part,description,price\n1001,Joint avant,1.50\n", "", 201);
        }
    }

    @Test
    void aChangedCharacterOfTheSecretIsNoOtherSecret() throws Exception {
        Path key = data.resolve("datasets.key");
        String text = Files.readString(key);
        Files.writeString(key, (text.charAt(0) == 'a' ? 'b' : 'a') + text.substring(1));
        assertThatThrownBy(() -> new DatasetHub(folder.resolve("hub"), clock)).hasMessageContaining("damaged");
        assertThat(new Check(data, null, Progress.none()).run(null, folder).findings())
                .singleElement()
                .asString()
                .contains("datasets.key", "damaged");
    }

    @Test
    void withoutTheSecretNoHubStartsThatHasMadeMarksWithIt() throws Exception {
        Files.delete(data.resolve("datasets.key"));
        assertThatThrownBy(() -> new DatasetHub(folder.resolve("hub"), clock)).hasMessageContaining("datasets.key");
    }
}
