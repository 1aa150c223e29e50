package aiguillage.faults;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.client.Answer;
import aiguillage.gateway.client.PriceBook;
import aiguillage.gateway.testing.GatewayScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From the manufacturer's list to the answer at the dealer, with a real hub and a real gateway: what was published is
/// what the dealer is told, with its version, and nothing else (I7).
@Timeout(120)
class DatasetsAtTheDealerTest {

    private static final String FIRST = """
            part,price,contract
            p1,10.00,
            p2,20.00,
            p3,30.00,gold
            """;

    @TempDir
    private Path folder;

    private static final int ROWS = 20_000;

    private PriceScene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new PriceScene(folder, InstantSource.system(), """
                exports: [{ dataset: opel/parts-prices, separator: ";", decimal-comma: true, delta: true }]
                """);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private Answer answered(String part, long version) throws Exception {
        try (PriceBook book = scene.book()) {
            until("version " + version + " answers, and the hub is heard", () -> {
                try {
                    Answer answer = book.lookup(List.of(part));
                    return answer.version() == version && answer.stale() == null;
                } catch (PriceBook.Refused notYet) {
                    return false;
                }
            });
            return book.lookup(List.of(part));
        }
    }

    private static String price(Answer answer) {
        return answer.rows().isEmpty()
                ? "-"
                : String.valueOf(answer.rows().getFirst().get("price"));
    }

    @Test
    void whatIsPublishedIsAnsweredByItself() throws Exception {
        scene.publish(FIRST, "");
        assertThat(answered("p1", 1).rows()).hasSize(1);
        scene.publish(FIRST.replace("p1,10.00", "p1,12.50"), "");
        assertThat(price(answered("p1", 2))).isEqualTo("12.50");
        until(
                "folded and proven",
                () -> scene.dataset().path("health").asString().equals("proven"));
        try (PriceBook book = scene.book()) {
            Answer many = book.lookupAll(List.of(List.of("p2"), List.of("p3"), List.of("none")));
            assertThat(many.rows().getFirst()).containsEntry("price", "20.00").containsEntry("part", "p2");
            assertThat(many.rows().subList(1, 3)).as("gold is another contract").containsOnlyNulls();
            assertThat(book.list("p", null).rows())
                    .extracting(row -> row.get("part"))
                    .containsExactly("p1", "p2");
            assertThat(book.changes(1, null).path("changed"))
                    .singleElement()
                    .satisfies(one -> assertThat(one.path("after").toString()).contains("12.50"));
            assertThat(scene.get("/v1/datasets/opel/parts-prices/history/p1").body())
                    .contains("\"10.00\"", "\"12.50\"");
        }
    }

    @Test
    void anAnswerIsKeptNoLongerThanItIsFresh() throws Exception {
        scene.publish(FIRST, "");
        answered("p1", 1);
        String path = "/v1/datasets/opel/parts-prices/rows/p1";
        var first = scene.get(path);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).startsWith("private, max-age=");
        assertThat(scene.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        scene.publish(
                FIRST.replace("p1,10.00", "p1,12.50"),
                "?effective=" + Instant.now().plusSeconds(60));
        until("the change to come is known", () -> scene.get(path).body().contains("\"until\":\""));
        String keep = scene.get(path).headers().firstValue("Cache-Control").orElseThrow();
        assertThat(Long.parseLong(keep.substring(keep.indexOf('=') + 1))).isLessThanOrEqualTo(60);
    }

    @Test
    void aDealerWhoWasAwayGetsAllThatHappenedMeanwhile() throws Exception {
        scene.publish(FIRST, "");
        answered("p1", 1);
        scene.stopGateway();
        scene.publish(FIRST.replace("p1,10.00", "p1,11.00"), "");
        scene.publish(FIRST.replace("p1,10.00", "p1,12.00") + "p4,40.00,\n", "");
        scene.startGateway();
        assertThat(price(answered("p1", 3))).isEqualTo("12.00");
        assertThat(price(answered("p4", 3))).isEqualTo("40.00");
        until(
                "folded and proven",
                () -> scene.dataset().path("health").asString().equals("proven"));
    }

    @Test
    void withoutTheHubOldAnswersSayThatTheyAreStale() throws Exception {
        scene.publish(FIRST, "");
        answered("p1", 1);
        scene.stopGateway();
        scene.stopHub();
        scene.startGateway();
        try (PriceBook book = scene.book()) {
            Answer answer = book.lookup(List.of("p1"));
            assertThat(price(answer)).isEqualTo("10.00");
            assertThat(answer.stale()).contains("has not been heard");
        }
        assertThat(scene.get("/v1/datasets/opel/parts-prices/rows/p1").headers().firstValue("Cache-Control"))
                .hasValue("no-store");
    }

    @Test
    void aSealedListHoldsWithinMomentsOfItsTime() throws Exception {
        scene.publish(FIRST, "");
        answered("p1", 1);
        Instant due = Instant.now().plus(Duration.ofSeconds(2));
        scene.publish(FIRST.replace("p1,10.00", "p1,14.00"), "?sealed=true&effective=" + due);
        until("it is here, sealed", () -> scene.dataset().path("coming").size() == 1);
        assertThat(price(answered("p1", 1))).isEqualTo("10.00");
        assertThat(price(answered("p1", 2))).isEqualTo("14.00");
        until(
                "folded and proven",
                () -> scene.dataset().path("health").asString().equals("proven"));
    }

    @Test
    void aListThatIsWithdrawnNeverHolds() throws Exception {
        scene.publish(FIRST, "");
        answered("p1", 1);
        scene.publish(
                FIRST.replace("p1,10.00", "p1,14.00"),
                "?effective=" + Instant.now().plusSeconds(600));
        until("it is here", () -> scene.dataset().path("coming").size() == 1);
        scene.withdraw(2);
        until("it is gone", () -> scene.dataset().path("coming").isEmpty());
        scene.publish(FIRST.replace("p1,10.00", "p1,15.00"), "");
        assertThat(price(answered("p1", 3))).isEqualTo("15.00");
    }

    @Test
    void withItsContractADealersRowsComeAndGo() throws Exception {
        scene.publish(FIRST, "");
        answered("p1", 1);
        scene.apply(PriceScene.FLOWS.replace(
                "country: fr, region: eu }", "country: fr, region: eu, attributes: { contract: [gold] } }"));
        try (PriceBook book = scene.book()) {
            until("gold is seen", () -> book.lookup(List.of("p3")).rows().size() == 1);
            scene.apply(PriceScene.FLOWS);
            until("gold is gone", () -> book.lookup(List.of("p3")).rows().isEmpty());
        }
        until(
                "folded and proven",
                () -> scene.dataset().path("health").asString().equals("proven"));
    }

    @Test
    void whatIsNotTheDealersAnyMoreGoes() throws Exception {
        scene.publish(FIRST, "");
        answered("p1", 1);
        Path replica = scene.data().resolve("datasets/main/opel/parts-prices");
        assertThat(replica).exists();
        scene.apply(PriceScene.FLOWS.replace("dealer-7: { roles: [dealer]", "dealer-7: { roles: [bank]"));
        until("the replica went", () -> Files.notExists(replica));
        try (PriceBook book = scene.book()) {
            assertThatThrownBy(() -> book.lookup(List.of("p1")))
                    .isInstanceOfSatisfying(
                            PriceBook.Refused.class,
                            no -> assertThat(no.status()).isEqualTo(404));
        }
        scene.apply(PriceScene.FLOWS);
        assertThat(price(answered("p1", 1))).isEqualTo("10.00");
    }

    @Test
    void aKillAtAnyMomentLeavesAReplicaThatGoesOn() throws Exception {
        scene.stopGateway();
        Path replica = scene.data().resolve("datasets/main/opel/parts-prices");
        var random = new Random(8_127_364);
        Set<String> seen = new HashSet<>();
        for (int version = 1; version <= 3; version++) {
            scene.publish(list(version), "");
            Process process = scene.startProcess();
            until("it takes the version in", () -> seen.addAll(layers(replica)));
            LockSupport.parkNanos(random.nextInt(200_000_000)); // a moment of any kind: fetching, adopting, folding
            process.destroyForcibly().waitFor();
        }
        scene.startGateway();
        assertThat(price(answered("part-0", 3))).isEqualTo("3.00");
        until("folded and proven", () -> scene.dataset().path("health").asString().equals("proven"));
        assertThat(scene.dataset().path("rows").asLong()).isEqualTo(ROWS);
    }

    private static String list(int version) {
        var list = new StringBuilder("part,price,contract\n");
        for (int i = 0; i < ROWS; i++) {
            list.append("part-").append(i * 7919L % 1_000_003).append(',').append(i + version).append(".00,\n");
        }
        return list.toString();
    }

    /// The layers that are here or half here, by digest.
    private static Set<String> layers(Path replica) throws IOException {
        Set<String> layers = new HashSet<>();
        for (String place : List.of("coming", "stack")) {
            layers.addAll(GatewayScene.names(replica.resolve(place)));
        }
        return layers;
    }

    @Test
    void aLargeListComesWholeAndItsDeltaAsAFile() throws Exception {
        scene.publish(list(1), "");
        answered("part-0", 1);
        until("the first file is whole", () -> lines("parts-prices-v1.csv") == ROWS + 1);
        scene.publish(list(1).replace("part-0,1.00", "part-0,1.45"), "");
        assertThat(price(answered("part-0", 2))).isEqualTo("1.45");
        until("the next has the change", () -> lines("parts-prices-v2-since-v1.csv") == 2);
        assertThat(Files.readString(scene.prices().resolve("parts-prices-v2-since-v1.csv")))
                .isEqualTo("action;part;price;contract\r\nput;part-0;1,45;\r\n");
    }

    private long lines(String file) throws IOException {
        Path path = scene.prices().resolve(file);
        if (!Files.exists(path)) {
            return 0;
        }
        try (var lines = Files.lines(path)) {
            return lines.count();
        }
    }

    @Test
    void anotherBrandsTokenFindsNothing() throws Exception {
        assertThat(scene.get("/v1/datasets/fiat/parts-prices").statusCode()).isEqualTo(404);
        assertThat(scene.get("/v1/datasets/opel/unknown").statusCode()).isEqualTo(404);
    }
}
