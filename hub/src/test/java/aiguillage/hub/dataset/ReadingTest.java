package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.replica.Buckets;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.testing.TestClock;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Who reads how much: lookups at the hub, limits of a day, and what is unusual.
class ReadingTest {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private DatasetHub hub;

    @BeforeEach
    void start() throws Exception {
        String flows = DatasetHub.FLOWS.replace("whole-lists-each-day: 1000", "whole-lists-each-day: 2");
        hub = new DatasetHub(folder.resolve("hub"), flows, clock);
        var list = new StringBuilder("part,country,price,contract\n");
        for (int i = 100; i < 400; i++) {
            list.append('p')
                    .append(i)
                    .append(i % 2 == 0 ? ",FR," : ",DE,")
                    .append(i)
                    .append(".00,\n");
        }
        hub.publish("opel", DatasetHub.PRICES, list.toString(), "", 201);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static List<String> parts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "p" + i).toList();
    }

    private JsonNode reading(String party) throws Exception {
        String path = "/operator/datasets/" + DatasetHub.PRICES + "/reading";
        for (JsonNode one :
                DatasetHub.JSON.readTree(hub.hub().operator(path, null).body())) {
            if (one.path("party").asString().equals(party)) {
                return one;
            }
        }
        throw new AssertionError("nothing was read by " + party);
    }

    @Test
    void whoHasNoReplicaLooksUpTheRowsItMaySee() throws Exception {
        JsonNode looked = hub.lookUp("repairer", List.of("p100", "p101"), 200);
        assertThat(looked.at("/found/0/row/price").asString()).isEqualTo("100.00");
        assertThat(looked.at("/found/1").has("row")).as("a German row").isFalse();
        hub.lookUp("bank", List.of("p100"), 404);
        hub.get("repairer", "/v1/datasets/" + DatasetHub.PRICES + "/versions", 404);
    }

    @Test
    void anInstantIsToldToThoseAloneWhoMayKnowIt() throws Exception {
        String later = DatasetHub.FLOWS
                .replace(
                        "{ name: contract }",
                        "{ name: contract }\n      - { name: begins, type: date }\n      - { name: ends, type: date }")
                .replace("    rows: {", "    effective-from: begins\n    effective-to: ends\n    rows: {");
        try (var dated = new DatasetHub(folder.resolve("dated"), later, clock)) {
            String list = """
                    part,country,price,contract,begins,ends
                    p1,FR,10.00,,2026-01-01,2026-05-31
                    p2,DE,20.00,,2026-01-01,2026-05-31
                    """;
            dated.publish("opel", DatasetHub.PRICES, list, "", 201);
            JsonNode looked = dated.lookUp("dealer-7", List.of("p1", "p2"), 200);
            assertThat(looked.path("effective").asString())
                    .isEqualTo(clock.instant().toString());
            assertThat(looked.at("/found/0/until").asString()).startsWith("2026-0");
            assertThat(looked.at("/found/1").has("until")).as("a German row").isFalse();
            Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
            String sealed = "sealed=true&effective=" + tomorrow;
            dated.publish("opel", DatasetHub.PRICES, list.replace("20.00", "21.00"), sealed, 201);
            assertThat(dated.lookUp("dealer-7", List.of("p2"), 200)
                            .at("/found/0/until")
                            .asString())
                    .as("a replica has the sealed version")
                    .isEqualTo(tomorrow.toString());
            assertThat(dated.lookUp("repairer", List.of("p2"), 200)
                            .at("/found/0")
                            .has("until"))
                    .isFalse();
        }
    }

    @Test
    void aDayHasItsShareAndTheNextOneItsOwn() throws Exception {
        hub.lookUp("repairer", parts(100, 200), 200);
        JsonNode refused = hub.lookUp("repairer", parts(200, 300), 429);
        assertThat(refused.path("retryAfter").asLong()).isBetween(1L, 86_401L);
        hub.lookUp("repairer", parts(200, 250), 200);
        clock.advance(Duration.ofDays(1));
        hub.lookUp("repairer", parts(200, 300), 200);
    }

    @Test
    void aCrawlInTheOrderOfKeysIsNoticedAndOrdinaryAskingIsNot() throws Exception {
        List<String> shuffled = new ArrayList<>(parts(100, 180));
        Collections.shuffle(shuffled, new Random(7));
        for (String part : shuffled) {
            hub.lookUp("dealer-7", List.of(part), 200);
        }
        assertThat(reading("dealer-7").path("crawl").asBoolean()).isFalse();
        for (String part : parts(100, 100 + Reading.CRAWL_KEYS)) {
            hub.lookUp("repairer", List.of(part), 200);
        }
        assertThat(reading("repairer").path("crawl").asBoolean()).isTrue();
        assertThat(hub.hub().figures()).contains("aiguillage_datasets_readers_unusual 1.0");
    }

    @Test
    void tenTimesTheUsualIsNoticed() throws Exception {
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 8; i++) {
                hub.lookUp("repairer", List.of("p" + (300 - i)), 200);
            }
            clock.advance(Duration.ofDays(1));
        }
        List<String> backwards = parts(100, 200).reversed();
        hub.lookUp("repairer", backwards, 200);
        JsonNode told = reading("repairer");
        assertThat(told.path("usual").asDouble()).isEqualTo(8.0);
        assertThat(told.path("unusual").asBoolean()).isTrue();
        assertThat(told.path("crawl").asBoolean()).isFalse();
    }

    @Test
    void allRowsAreTakenSoOftenInADayAndNoMore() throws Exception {
        String layer = "/v1/datasets/" + DatasetHub.PRICES + "/versions/1/layer";
        hub.bytes("dealer-7", layer);
        hub.bytes("dealer-7", layer);
        hub.get("dealer-7", layer, 429);
        clock.advance(Duration.ofDays(1));
        hub.bytes("dealer-7", layer);
    }

    private int part(String party, String range) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        hub.hub().uri("/v1/datasets/" + DatasetHub.PRICES + "/versions/1/layer"))
                .header("Range", range)
                .build();
        return hub.client(party)
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aPartOfAListThatWasNotBegunCountsAsTheWhole() throws Exception {
        assertThat(part("dealer-7", "bytes=1-")).isEqualTo(206);
        assertThat(part("dealer-7", "bytes=2-")).as("goes on").isEqualTo(206);
        assertThat(part("dealer-7", "bytes=00-")).as("begins again").isEqualTo(206);
        assertThat(part("dealer-7", "bytes=0-")).isEqualTo(429);
        assertThat(part("dealer-7", "bytes=-100")).isEqualTo(429);
        assertThat(part("dealer-7", "bytes=3-")).as("goes on").isEqualTo(206);
        assertThat(reading("dealer-7").path("wholeLists").asLong()).isEqualTo(2);
    }

    @Test
    void oneReaderDoesNotTakeTheTurnsOfAll() throws Exception {
        var list = new StringBuilder("part,country,price,contract\n");
        for (int i = 0; i < 30_000; i++) {
            list.append('p').append(100_000 + i).append(",,1.00,\n");
        }
        String versions = "/v1/datasets/" + DatasetHub.PRICES + "/versions";
        try (var large = new DatasetHub(folder.resolve("large"), clock)) {
            large.publish("opel", DatasetHub.PRICES, list.toString(), "", 201);
            HttpClient greedy = large.client("dealer-8");
            List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                URI bucket = large.hub().uri(versions + "/1/buckets/" + i);
                asked.add(greedy.sendAsync(
                        HttpRequest.newBuilder(bucket).build(), HttpResponse.BodyHandlers.ofByteArray()));
            }
            large.get("dealer-7", versions + "?after=0", 200); // behind one of them, and not behind all
            int served = 0;
            for (CompletableFuture<HttpResponse<byte[]>> one : asked) {
                HttpResponse<byte[]> answer = one.join();
                served += answer.statusCode() == 200 ? 1 : 0;
                if (answer.statusCode() != 200) {
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(answer.headers().firstValue("Retry-After")).hasValue("" + Turns.AGAIN_SECONDS);
                }
            }
            assertThat(served).isBetween(1, asked.size() - 1);
        }
    }

    @Test
    void theHashesOfAllBucketsAreMadeOnceForAllWhoSeeTheSame() throws Exception {
        String buckets = "/v1/datasets/" + DatasetHub.PRICES + "/versions/1/buckets";
        byte[] french = hub.bytes("dealer-7", buckets);
        Path kept = folder.resolve("hub/data/datasets/" + DatasetHub.PRICES + "/hashes");
        assertThat(kept).isDirectoryContaining(file -> file.endsWith("1"));
        assertThat(hub.bytes("dealer-9", buckets)).isEqualTo(french);
        assertThat(hub.bytes("dealer-7", buckets)).isEqualTo(french);
        assertThat(kept.toFile().list()).hasSize(1);
        assertThat(hub.bytes("dealer-8", buckets)).isNotEqualTo(french);
        assertThat(kept.toFile().list()).hasSize(2);
    }

    @Test
    void aListDoesNotGoOnForEverAndBucketsAddUpToOne() {
        var reading = new Reading();
        DatasetName list = DatasetName.of(DatasetHub.PRICES);
        var dealer = new PartyId("dealer-7");
        Instant now = clock.instant();
        reading.takeAll(list, dealer, new Reading.Taken(1, "*", false), 3, now);
        var part = new Reading.Taken(1, "*", true);
        for (int i = 0; i < Reading.PARTS_MAX; i++) {
            reading.takeAll(list, dealer, part, 3, now);
        }
        assertThat(reading.of(list, now).getFirst().wholeLists()).isEqualTo(1);
        reading.takeAll(list, dealer, part, 3, now);
        assertThat(reading.of(list, now).getFirst().wholeLists()).isEqualTo(2);
        for (int i = 0; i < 2 * Buckets.COUNT - 1; i++) {
            reading.takeBucket(list, dealer, 3, now);
        }
        assertThat(reading.of(list, now).getFirst().wholeLists()).isEqualTo(3);
        assertThatThrownBy(() -> reading.takeBucket(list, dealer, 3, now)).isInstanceOf(Refused.class);
        reading.takeBucket(list, dealer, 3, now.plus(Duration.ofDays(1)));
    }
}
