package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.proof.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is published is what each reader gets, and nothing else.
class PublishedOverTheWireTest {

    private static final String FIRST = """
            part,country,price,contract
            p1,FR,10.00,
            p2,DE,20.00,
            p3,,30.00,
            p4,DE,40.00,gold
            p5,FR,50.00,gold
            """;

    @TempDir
    Path folder;

    private Instant time = Instant.parse("2026-03-01T12:00:00Z");
    private DatasetHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new DatasetHub(folder.resolve("hub"), () -> time);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private DatasetHub.Reader reader(String party, String dataset) throws Exception {
        return hub.new Reader(party, dataset, folder.resolve(party));
    }

    @Test
    void eachReaderGetsTheRowsItMaySeeAndTheRootOfTheseAlone() throws Exception {
        JsonNode published = hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        assertThat(published.path("version").asLong()).isEqualTo(1);
        assertThat(published.path("added").asLong()).isEqualTo(5);
        assertThat(Receipt.verify(
                                published.path("receipt").toString().getBytes(StandardCharsets.UTF_8),
                                hub.hub().ledgerKey())
                        .facts())
                .containsEntry("dataset", DatasetHub.PRICES)
                .containsEntry("version", "1")
                .containsEntry("by", "opel");
        try (var french = reader("dealer-7", DatasetHub.PRICES);
                var german = reader("dealer-8", DatasetHub.PRICES)) {
            assertThat(french.catchUp()).containsExactly(1L);
            assertThat(german.catchUp()).containsExactly(1L);
            assertThat(french.rows(1)).containsOnlyKeys("p1", "p3");
            assertThat(german.rows(1)).containsOnlyKeys("p2", "p3", "p4");
            assertThat(french.replica().fold(time))
                    .as("equal to the signed root")
                    .isNull();
            assertThat(german.replica().fold(time))
                    .as("equal to the signed root")
                    .isNull();
        }
    }

    @Test
    void aRowThatChangesItsCountryComesToOneReaderAndLeavesTheOther() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var french = reader("dealer-7", DatasetHub.PRICES);
                var german = reader("dealer-8", DatasetHub.PRICES)) {
            french.catchUp();
            german.catchUp();
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("p1,FR", "p1,DE"), "", 201);
            assertThat(french.catchUp()).containsExactly(2L);
            assertThat(german.catchUp()).containsExactly(2L);
            assertThat(french.rows(2)).containsOnlyKeys("p3");
            assertThat(german.rows(2)).containsOnlyKeys("p1", "p2", "p3", "p4");
            assertThat(french.replica().fold(time)).isNull();
            assertThat(german.replica().fold(time)).isNull();
        }
    }

    @Test
    void aDeltaIsPublishedAndTravelsAsOne() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var french = reader("dealer-7", DatasetHub.PRICES)) {
            french.catchUp();
            String delta = "part,country,price,contract,action\np1,FR,11.00,,put\np3,,30.00,,remove\n";
            JsonNode published = hub.publish("opel", DatasetHub.PRICES, delta, "delta=true", 201);
            assertThat(published.path("changed").asLong()).isEqualTo(1);
            assertThat(published.path("removed").asLong()).isEqualTo(1);
            assertThat(french.catchUp()).containsExactly(2L);
            assertThat(french.rows(2)).hasToString("{p1=[FR, 11.00, null]}");
            assertThat(french.replica().fold(time)).isNull();
        }
    }

    @Test
    void whatIsAbsurdIsRefusedWithAReportAndTheOldVersionStays() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        JsonNode refused = hub.publish("opel", DatasetHub.PRICES, FIRST + "p6,FR,-1.00,\n", "", 422);
        assertThat(refused.path("code").asString()).isEqualTo("publication-refused");
        assertThat(refused.path("text").asString()).contains("price").doesNotContain("-1.00");
        String lines = new String(
                hub.bytes(
                        "opel",
                        "/v1/datasets/" + DatasetHub.PRICES + "/reports/"
                                + refused.path("report").asString() + "/lines"),
                StandardCharsets.UTF_8);
        assertThat(lines).contains("p6,FR,-1.00");
        hub.get(
                "dealer-7",
                "/v1/datasets/" + DatasetHub.PRICES + "/reports/"
                        + refused.path("report").asString(),
                404);
        assertThat(hub.get("opel", "/v1/datasets/" + DatasetHub.PRICES + "/history", 200))
                .hasSize(1);
    }

    @Test
    void whatIsUnusualIsHeldUntilASecondPersonReleasesIt() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        JsonNode held = hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "99.00"), "", 202);
        String path = "/v1/datasets/" + DatasetHub.PRICES + "/held";
        assertThat(hub.get("opel-second", path, 200)).hasSize(1);
        String release = path + "/" + held.path("held").asLong() + "/release";
        assertThat(hub.post("opel", release, 409).path("code").asString()).isEqualTo("second-person-needed");
        assertThat(hub.post("opel-second", release, 201).path("version").asLong())
                .isEqualTo(2);
        assertThat(hub.get("opel-second", path, 200)).isEmpty();
        try (var french = reader("dealer-7", DatasetHub.PRICES)) {
            french.catchUp();
            assertThat(french.rows(2)).containsEntry("p1", "[FR, 99.00, null]");
        }
    }

    @Test
    void aPriceIsComparedWithItsLastOneAndWithWhatHoldsNow() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        String head = "part,country,price,contract,action\n";
        hub.publish("opel", DatasetHub.PRICES, head + "p1,FR,10.00,,remove\n", "delta=true", 201);
        JsonNode back = hub.publish("opel", DatasetHub.PRICES, head + "p1,FR,1000.00,,put\n", "delta=true", 202);
        assertThat(back.path("text").asString()).contains("changes by more than 50 %");
        String t = "delta=true&effective=" + time.plus(Duration.ofDays(1));
        hub.publish("opel", DatasetHub.PRICES, head + "p3,,40.00,,put\n", t, 201);
        JsonNode step = hub.publish("opel", DatasetHub.PRICES, head + "p3,,55.00,,put\n", t, 202);
        assertThat(step.path("text").asString()).contains("of what holds now");
    }

    @Test
    void aSealedVersionIsReadByNobodyBeforeItsTimeAndByAllFromThenOn() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        Instant tomorrow = time.plus(Duration.ofDays(1));
        String query = "sealed=true&effective=" + tomorrow;
        hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), query, 201);
        try (var french = reader("dealer-7", DatasetHub.PRICES)) {
            assertThat(french.catchUp()).containsExactly(1L, 2L);
            String seal = "/v1/datasets/" + DatasetHub.PRICES + "/versions/2/seal?from=1";
            assertThat(hub.get("dealer-7", seal, 409).path("code").asString()).isEqualTo("still-sealed");
            hub.get("dealer-7", "/v1/datasets/" + DatasetHub.PRICES + "/versions/2/buckets", 409);
            time = tomorrow;
            french.unseal(2, 1);
            assertThat(french.rows(2)).containsEntry("p1", "[FR, 12.00, null]");
            assertThat(french.replica().fold(time)).isNull();
        }
    }

    @Test
    void aWithdrawnVersionGoesFromReplicasAndItsNumberNeverComesAgain() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        String later = "effective=" + time.plus(Duration.ofDays(1));
        hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), later, 201);
        try (var french = reader("dealer-7", DatasetHub.PRICES)) {
            assertThat(french.catchUp()).containsExactly(1L, 2L);
            hub.post("opel", "/v1/datasets/" + DatasetHub.PRICES + "/versions/1/withdrawal", 409);
            hub.post("opel", "/v1/datasets/" + DatasetHub.PRICES + "/versions/2/withdrawal", 200);
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "13.00"), "", 201);
            assertThat(french.catchUp()).containsExactly(3L);
            assertThat(french.replica().versions()).extracting("number").containsExactly(1L, 3L);
            assertThat(french.rows(3)).containsEntry("p1", "[FR, 13.00, null]");
        }
    }

    @Test
    void anEarlierVersionIsPublishedAgainInOneCall() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), "", 201);
        JsonNode restored = hub.post("opel", "/v1/datasets/" + DatasetHub.PRICES + "/versions/1/restoration", 201);
        assertThat(restored.path("version").asLong()).isEqualTo(3);
        assertThat(restored.path("changed").asLong()).isEqualTo(1);
        try (var french = reader("dealer-7", DatasetHub.PRICES)) {
            french.catchUp();
            assertThat(french.rows(3)).containsEntry("p1", "[FR, 10.00, null]");
        }
    }

    @Test
    void whoMayNotReadOrPublishSeesNothingThere() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        hub.get("bank", "/v1/datasets/" + DatasetHub.PRICES + "/versions", 404);
        hub.get("bank", "/v1/datasets/" + DatasetHub.PRICES + "/versions/1/layer", 404);
        assertThat(hub.get("bank", "/v1/datasets", 200).path("datasets")).isEmpty();
        hub.publish("dealer-7", DatasetHub.PRICES, FIRST, "", 404);
        hub.get("dealer-7", "/v1/datasets/" + DatasetHub.PRICES + "/held", 404);
        hub.get("dealer-7", "/v1/datasets/opel/others/versions", 404);
    }

    @Test
    void aHubThatStartsAgainServesWhatItServed() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var french = reader("dealer-7", DatasetHub.PRICES)) {
            french.catchUp();
            hub.close();
            hub = new DatasetHub(folder.resolve("hub"), () -> time);
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), "", 201);
            JsonNode after = hub.get(
                    "dealer-7",
                    "/v1/datasets/" + DatasetHub.PRICES + "/versions?after=1&scope=contract%3D%3Bcountry%3Dfr",
                    200);
            assertThat(after.path("versions")).hasSize(1);
            assertThat(Files.exists(folder.resolve("hub/data/datasets.key"))).isTrue();
        }
    }

    @Test
    void marksMakeEachCopyItsOwnAndPricesTheSameForAll() throws Exception {
        var list = new StringBuilder("part,description,price\n");
        for (int i = 0; i < 4_000; i++) {
            list.append(100_000 + 7 * i)
                    .append(",Joint de porte avant gauche no ")
                    .append(i)
                    .append(',');
            list.append(10 + i).append(".50\n");
        }
        hub.publish("opel", DatasetHub.MARKED, list.toString(), "", 201);
        try (var one = reader("dealer-7", DatasetHub.MARKED);
                var other = reader("dealer-9", DatasetHub.MARKED)) {
            one.catchUp();
            other.catchUp();
            assertThat(one.replica().fold(time)).isNull();
            assertThat(other.replica().fold(time)).isNull();
            assertThat(one.rows(1)).isNotEqualTo(other.rows(1));
            hub.publish("opel", DatasetHub.MARKED, list.toString().replace("10.50", "11.25"), "", 201);
            assertThat(List.of(one.catchUp(), other.catchUp())).containsOnly(List.of(2L));
            assertThat(one.replica().fold(time)).isNull();
            assertThat(other.replica().fold(time)).isNull();
        }
    }
}
