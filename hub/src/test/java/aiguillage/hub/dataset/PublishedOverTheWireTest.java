package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.Version;
import aiguillage.protocol.proof.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    void aValueWithACommaIsNoScopeOfTwoValues() throws Exception {
        String flows = DatasetHub.FLOWS
                .replace("[gold] }", "[gold, fleet] }")
                .replace(
                        "dealer-9: { roles: [dealer], brands: [opel], country: fr, region: eu",
                        "dealer-9: { roles: [dealer], brands: [opel], country: de, region: eu,"
                                + " attributes: { contract: [\"fleet,gold\"] }");
        assertThat(hub.hub().operator("/operator/flows", flows).statusCode()).isEqualTo(200);
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var two = reader("dealer-8", DatasetHub.PRICES);
                var one = reader("dealer-9", DatasetHub.PRICES)) {
            two.catchUp();
            one.catchUp();
            assertThat(two.rows(1)).containsOnlyKeys("p2", "p3", "p4");
            assertThat(one.rows(1)).containsOnlyKeys("p2", "p3");
            assertThat(one.scope()).isNotEqualTo(two.scope());
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
            String delta =
                    "part,country,price,contract,action\np1,FR,11.00,,put\np3,,30.00,,remove\np9,,1.00,,remove\n";
            JsonNode published = hub.publish("opel", DatasetHub.PRICES, delta, "delta=true", 201);
            assertThat(published.path("changed").asLong()).isEqualTo(1);
            assertThat(published.path("removed").asLong()).isEqualTo(1);
            assertThat(published.path("absent").asLong()).as("p9 was not there").isEqualTo(1);
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
    void whatIsPublishedBehindASealedVersionIsSealedTooAndSaysSo() throws Exception {
        String list = "/v1/datasets/" + DatasetHub.PRICES;
        hub.publish("opel", DatasetHub.PRICES, FIRST + "p9,FR,1.00,\n", "", 201);
        Instant tomorrow = time.plus(Duration.ofDays(1));
        String april = FIRST.replace("10.00", "12.34");
        hub.publish("opel", DatasetHub.PRICES, april + "p9,FR,1.00,\n", "sealed=true&effective=" + tomorrow, 201);
        String later = "effective=" + tomorrow.plus(Duration.ofHours(1));
        JsonNode behind = hub.publish("opel", DatasetHub.PRICES, april + "p9,FR,1.01,\n", later, 201);
        assertThat(behind.path("sealed").asBoolean()).isTrue();
        hub.publish("opel", DatasetHub.PRICES, april + "p9,FR,9.00,\n", later, 202);
        JsonNode held = hub.get("opel-second", list + "/held", 200).path(0);
        assertThat(held.path("sealed").asBoolean()).isTrue();
        String release = list + "/held/" + held.path("held").asLong() + "/release";
        assertThat(hub.post("opel-second", release, 201).path("sealed").asBoolean())
                .isTrue();
        JsonNode restored = hub.post("opel", list + "/versions/2/restoration?" + later, 201);
        assertThat(restored.path("sealed").asBoolean()).isTrue();
        for (int version = 2; version <= 5; version++) {
            Path file = folder.resolve("layer-" + version);
            Files.write(file, hub.bytes("dealer-7", list + "/versions/" + version + "/layer?from=0"));
            assertThat(Layer.isSealed(file)).as("version %s", version).isTrue();
        }
        time = tomorrow;
        String open = "effective=" + tomorrow.plus(Duration.ofHours(2));
        hub.post("opel", list + "/versions/3/withdrawal", 200);
        JsonNode next = hub.publish("opel", DatasetHub.PRICES, april + "p9,FR,1.01,\n", open, 201);
        assertThat(next.path("sealed").asBoolean())
                .as("nothing below is a secret any more")
                .isFalse();
    }

    @Test
    void anInstantThatHasPassedMeansAtOnce() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        time = time.plus(Duration.ofHours(1));
        String past = "effective=" + time.minus(Duration.ofDays(1));
        JsonNode published = hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), past, 201);
        assertThat(published.path("effective").asString()).isEqualTo(time.toString());
    }

    @Test
    void noInstantOfAYearWithMoreThanFourDigitsIsTaken() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        String list = "/v1/datasets/" + DatasetHub.PRICES;
        for (String year : List.of("%2B999999999", "%2B292278993", "%2B10000", "-0001")) {
            String effective = "effective=" + year + "-12-31T23:59:59Z";
            JsonNode refused = hub.publish(
                    "opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), "sealed=true&" + effective, 400);
            assertThat(refused.path("detail").asString()).contains("four digits");
            hub.post("opel", list + "/versions/1/restoration?" + effective, 400);
            String at = "{\"keys\":[[\"p1\"]],\"at\":\"" + year.replace("%2B", "+") + "-12-31T23:59:59Z\"}";
            assertThat(hub.hub()
                            .post(hub.client("repairer"), list + "/lookups", at)
                            .statusCode())
                    .isEqualTo(400);
        }
        String last = "effective=9999-12-31T23:59:59.999Z";
        JsonNode taken = hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), last, 201);
        assertThat(taken.path("effective").asString()).isEqualTo("9999-12-31T23:59:59.999Z");
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
    void whatASealedVersionTellsBeforeItsTimeIsNoHashOfItsRows() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        Instant tomorrow = time.plus(Duration.ofDays(1));
        hub.publish(
                "opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), "sealed=true&effective=" + tomorrow, 201);
        try (var dealer = reader("dealer-7", DatasetHub.PRICES)) {
            assertThat(dealer.catchUp()).containsExactly(1L, 2L);
            Version sealed = dealer.replica().versions().getLast();
            assertThat(sealed.root()).isNull();
            assertThat(sealed.rows()).isZero();
            time = tomorrow;
            dealer.unseal(2, 1);
            Version open = dealer.replica().versions().getLast();
            assertThat(open.rows()).isEqualTo(2);
            assertThat(dealer.replica().fold(time)).isNull();
            assertThat(dealer.replica().health(time)).isEqualTo(new Health.Exact(open, true));
            assertThat(dealer.replica().base()).isEqualTo(open);
        }
    }

    @Test
    void whoMaySeeOtherRowsForgetsWhatIsWithdrawnAndHasNotHeld() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "effective=" + time.plus(Duration.ofHours(1)), 201);
        try (var dealer = reader("dealer-7", DatasetHub.PRICES)) {
            assertThat(dealer.catchUp()).containsExactly(1L);
            hub.post("opel", "/v1/datasets/" + DatasetHub.PRICES + "/versions/1/withdrawal", 200);
            String moved = DatasetHub.FLOWS.replace(
                    "dealer-7: { roles: [dealer], brands: [opel], country: fr",
                    "dealer-7: { roles: [dealer], brands: [opel], country: de");
            assertThat(hub.hub().operator("/operator/flows", moved).statusCode())
                    .isEqualTo(200);
            assertThat(dealer.catchUp()).isEmpty();
            assertThat(dealer.replica().versions()).isEmpty();
            hub.publish("opel", DatasetHub.PRICES, FIRST, "effective=" + time.plus(Duration.ofHours(2)), 201);
            assertThat(dealer.catchUp()).containsExactly(2L);
        }
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
    void whenOtherTextsAreMarkedEachCopyIsMadeAnewAndExact() throws Exception {
        var list = new StringBuilder("part,description,price\n");
        for (int i = 0; i < 1_000; i++) {
            list.append(100_000 + 7 * i).append(",Joint avant,").append(10 + i).append(".50\n");
        }
        hub.publish("opel", DatasetHub.MARKED, list.toString(), "", 201);
        try (var one = reader("dealer-7", DatasetHub.MARKED)) {
            one.catchUp();
            assertThat(one.replica().fold(time)).isNull();
            assertThat(one.rows(1).values()).anyMatch(cells -> !cells.startsWith("[Joint avant,"));
            String other = DatasetHub.FLOWS.replace("texts: [description]", "texts: []");
            assertThat(hub.hub().operator("/operator/flows", other).statusCode())
                    .isEqualTo(200);
            hub.publish("opel", DatasetHub.MARKED, list.toString().replace("10.50", "11.25"), "", 201);
            assertThat(one.catchUp()).containsExactly(2L);
            assertThat(one.replica().fold(time)).as("equal to the signed root").isNull();
            assertThat(one.rows(2).values()).allMatch(cells -> cells.startsWith("[Joint avant,"));
        }
    }

    @Test
    void copiesOfVersionsFromBeforeTheFirstCopyAreMarkedToo() throws Exception {
        var csv = new StringBuilder("part,description,price\n");
        for (int i = 0; i < 2_000; i++) {
            csv.append("p")
                    .append(10_000 + 7 * i)
                    .append(",Joint avant,")
                    .append(1 + i % 90)
                    .append(".25\n");
        }
        String secret = "p99999,Joint avant,777.77\n";
        String sealed = "sealed=true&effective=" + time.plus(Duration.ofDays(1));
        hub.publish("opel", DatasetHub.MARKED, csv.toString(), "", 201);
        hub.publish("opel", DatasetHub.MARKED, csv.toString().replace(",1.25\n", ",1.26\n"), "", 201);
        hub.publish("opel", DatasetHub.MARKED, csv + secret, sealed, 201);
        String versions = "/v1/datasets/" + DatasetHub.MARKED + "/versions/";
        hub.bytes("dealer-7", versions + "3/layer?from=0"); // before anybody asked for the others
        for (int version = 1; version <= 2; version++) {
            Path file = folder.resolve("layer-" + version);
            Files.write(file, hub.bytes("dealer-7", versions + version + "/layer?from=0"));
            List<String> texts = new ArrayList<>();
            try (Layer layer = Layer.open(file, null)) {
                layer.all()
                        .forEachRemaining(change -> texts.add(
                                change.rows().list().getFirst().cells().getFirst()));
            }
            assertThat(texts).as("decoys in version %s", version).hasSizeGreaterThan(2_000);
            assertThat(texts.stream().filter(text -> !text.equals("Joint avant")))
                    .as("respelled in version %s", version)
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void aCopyIsTracedToAReaderThatIsNoneAnyMore() throws Exception {
        var list = new StringBuilder("part,description,price\n");
        for (int i = 0; i < 4_000; i++) {
            list.append(100_000 + 7 * i).append(",Joint avant,").append(10 + i).append(".50\n");
        }
        hub.publish("opel", DatasetHub.MARKED, list.toString(), "", 201);
        try (var one = reader("dealer-9", DatasetHub.MARKED)) {
            one.catchUp();
            String gone = DatasetHub.FLOWS.replace("dealer-9: { roles: [dealer]", "dealer-9: { roles: [bank]");
            assertThat(hub.hub().operator("/operator/flows", gone).statusCode()).isEqualTo(200);
            hub.close();
            hub = new DatasetHub(folder.resolve("hub"), () -> time);
            var leaked = new StringBuilder();
            one.rows(1)
                    .forEach((part, cells) -> leaked.append(part)
                            .append(';')
                            .append(cells.replace(", ", ";"))
                            .append('\n'));
            String path = "/operator/datasets/" + DatasetHub.MARKED + "/trace?version=1";
            assertThat(hub.hub().operator(path, leaked.toString()).body()).contains("dealer-9");
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
