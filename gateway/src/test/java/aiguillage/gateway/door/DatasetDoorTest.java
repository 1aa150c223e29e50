package aiguillage.gateway.door;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.gateway.disk.RealDisk;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.replica.Confirmation;
import aiguillage.gateway.replica.DatasetNews;
import aiguillage.gateway.replica.HubClock;
import aiguillage.gateway.replica.Replicas;
import aiguillage.gateway.replica.Shelf;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.BreakableRows;
import aiguillage.gateway.testing.TestDatasets;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/v1/datasets` at the local door: what it answers, how long that may be kept, and what it says when it cannot tell.
final class DatasetDoorTest {

    private static final Brand OPEL = new Brand("opel");
    private static final String PATH = "/v1/datasets/opel/parts-prices";

    @TempDir
    private Path root;

    private final TestDatasets hub = new TestDatasets();
    private final Troubles troubles = new Troubles(hub::now);
    private final BreakableRows rows = new BreakableRows();
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Crew crew = new Crew(failed -> {
        throw new AssertionError(failed);
    });
    private volatile Instant steady = Instant.parse("2001-01-01T00:00:00Z");
    private Replicas replicas;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        var settings = new Replicas.Settings(
                0,
                Duration.ofDays(400),
                () -> new Backoff(Duration.ofMillis(1), Duration.ofMillis(10), new Random(1)),
                () -> new Confirmation(Duration.ZERO, new Random(1)),
                rows);
        replicas = new Replicas(
                "main",
                root,
                Set.of(OPEL),
                settings,
                hub,
                new HubClock(hub::now, () -> steady),
                new RealDisk(),
                crew,
                duration -> {
                    if (duration.compareTo(Duration.ofMinutes(1)) > 0) {
                        never.await(); // the hourly look
                    }
                },
                troubles);
        replicas.start();
        var datasets = new Datasets(new Shelf(List.of(replicas)), json);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", http -> serve(datasets, http));
        server.start();
    }

    private void serve(Datasets datasets, HttpExchange http) throws IOException {
        try (http) {
            var exchange = new Exchange(http, json);
            List<String> path = exchange.path();
            try {
                datasets.answer(OPEL, path.subList(2, path.size()), exchange);
            } catch (DoorProblem problem) {
                exchange.answer(problem);
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(0);
        http.close();
        assertThat(crew.stop(Duration.ofSeconds(10))).isEmpty();
        replicas.close();
    }

    private void passes(Duration time) {
        steady = steady.plus(time);
        hub.now(hub.now().plus(time));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> lookups(String question) throws IOException, InterruptedException {
        return http.send(
                request(PATH + "/lookups")
                        .POST(BodyPublishers.ofString(question))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private static String kept(HttpResponse<String> answer) {
        return answer.headers().firstValue("Cache-Control").orElse("");
    }

    @Test
    void anAnswerNamesItsVersionAndItsColumns() throws Exception {
        hub.publish("p1=10.00", "p2=20.00");
        hub.stands(replicas, 1);
        JsonNode answer = read(get(PATH + "/rows/p1"));
        assertThat(answer.path("version").asLong()).isEqualTo(1);
        assertThat(answer.path("effective").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(answer.path("clock").asString()).isEqualTo("hub");
        assertThat(answer.path("ageSeconds").asLong()).isZero();
        assertThat(answer.path("stale").asBoolean()).isFalse();
        assertThat(answer.path("rows").toString())
                .isEqualTo("[{\"part\":\"p1\",\"from\":null,\"to\":null,\"price\":\"10.00\"}]");
        assertThat(read(get(PATH + "/rows/none")).path("rows").size()).isZero();
        JsonNode all = json.readTree(get("/v1/datasets").body());
        assertThat(all.get(0).path("dataset").asString()).isEqualTo("opel/parts-prices");
        JsonNode one = read(get(PATH));
        assertThat(one.path("columns").get(3).path("currency").asString()).isEqualTo("EUR");
        assertThat(one.path("health").asString()).isIn("exact", "proven");
    }

    @Test
    void anAnswerMayBeKeptUntilTheNextChangeThatIsKnown() throws Exception {
        SortedMap<Key, Rows> rows = TestDatasets.prices("p2=20.00");
        Instant change = hub.now().plusSeconds(100);
        rows.put(
                Key.of(List.of("p1")),
                Rows.of(List.of(new Row(null, change, List.of("10.00")), new Row(change, null, List.of("11.00")))));
        hub.publish(rows, hub.now(), false);
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plusSeconds(300), false);
        hub.stands(replicas, 2);
        assertThat(kept(get(PATH + "/rows/p1"))).as("the row ends").isEqualTo("private, max-age=100");
        assertThat(kept(get(PATH + "/rows/p2"))).as("the version ends").isEqualTo("private, max-age=300");
        passes(Duration.ofSeconds(90));
        replicas.heard();
        assertThat(kept(get(PATH + "/rows/p1"))).isEqualTo("private, max-age=10");
        passes(Duration.ofSeconds(10));
        assertThat(read(get(PATH + "/rows/p1")).path("rows").toString()).contains("11.00");
        assertThat(read(get(PATH + "/rows/p1?at=2026-03-01T12:05:00Z"))
                        .path("rows")
                        .toString())
                .contains("12.00");
    }

    @Test
    void noAnswerIsKeptLongerThanItIsFresh() throws Exception {
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        assertThat(kept(get(PATH + "/rows/p1"))).isEqualTo("private, max-age=900");
        passes(Duration.ofMinutes(10));
        var fresh = get(PATH + "/rows/p1");
        assertThat(kept(fresh)).isEqualTo("private, max-age=300");
        String tag = fresh.headers().firstValue("ETag").orElseThrow();
        var unchanged = get(PATH + "/rows/p1", "If-None-Match", tag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(kept(unchanged)).isEqualTo("private, max-age=300");
        passes(Duration.ofMinutes(5));
        var stale = get(PATH + "/rows/p1", "If-None-Match", tag);
        assertThat(kept(stale)).isEqualTo("no-store");
        assertThat(stale.headers().firstValue("ETag")).isEmpty();
        assertThat(read(stale).path("stale").asBoolean()).isTrue();
        assertThat(read(stale).path("reason").asString()).isEqualTo("not-heard");
    }

    @Test
    void aNewStreamFreshensNothingBeforeItHasToldWhereAllStands() throws Exception {
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        passes(Duration.ofMinutes(15));
        replicas.begins();
        replicas.heard();
        assertThat(read(get(PATH + "/rows/p1")).path("reason").asString()).isEqualTo("not-heard");
        replicas.told(hub.standing());
        until("compared", () -> !read(get(PATH + "/rows/p1")).path("stale").asBoolean());
    }

    @Test
    void oneDatasetThatCannotBeReadLeavesTheOthersAsTheyAre() throws Exception {
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        hub.publish("p1=11.00");
        replicas.told(new DatasetNews.Standing(
                hub.now(),
                List.of(),
                Map.of(TestDatasets.NAME, "a column of type x", DatasetName.of("opel/others"), "a column of type y")));
        until("asked for", () -> get(PATH + "/rows/p1").body().contains("11.00"));
        assertThat(read(get(PATH + "/rows/p1")).path("stale").asBoolean()).isFalse();
        assertThat(troubles.open())
                .extracting(trouble -> trouble.where() + trouble.detail())
                .singleElement()
                .asString()
                .contains("opel/others", "a column of type y");
    }

    @Test
    void anotherVersionOrRowHasAnotherTag() throws Exception {
        hub.publish("p1=10.00", "p2=20.00");
        hub.stands(replicas, 1);
        String tag = get(PATH + "/rows/p1").headers().firstValue("ETag").orElseThrow();
        hub.publish("p1=11.00", "p2=20.00");
        hub.stands(replicas, 2);
        assertThat(get(PATH + "/rows/p1", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void anEndThatBecameKnownHasAnotherTag() throws Exception {
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        String open = get(PATH + "/rows/p1").headers().firstValue("ETag").orElseThrow();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plusSeconds(300), false);
        hub.stands(replicas, 2);
        var ends = get(PATH + "/rows/p1", "If-None-Match", open);
        assertThat(ends.statusCode()).isEqualTo(200);
        assertThat(read(ends).path("until").asString()).isNotEmpty();
    }

    /// A damaged row is answered until it is found; whoever kept it must not be told that nothing changed.
    @Test
    void aRowThatWasPutRightHasAnotherTag() {
        var version = new Version(7, 6, hub.now(), null, hub.now(), "sha-256=:x:", 1, "sha-256=:y:", "*");
        Key key = Key.of(List.of("p1"));
        String right = DatasetText.tag(new Found(key, version, new Row(null, null, List.of("10.00")), null, true));
        String wrong = DatasetText.tag(new Found(key, version, new Row(null, null, List.of("1.23")), null, true));
        assertThat(right).isNotEqualTo(wrong);
    }

    @Test
    void aRowThatBeganToHoldMeanwhileHasAnotherTag() throws Exception {
        SortedMap<Key, Rows> rows = TestDatasets.prices("p2=20.00");
        Instant change = hub.now().plusSeconds(100);
        rows.put(
                Key.of(List.of("p1")),
                Rows.of(List.of(new Row(null, change, List.of("10.00")), new Row(change, null, List.of("11.00")))));
        hub.publish(rows, hub.now(), false);
        hub.stands(replicas, 1);
        String first = get(PATH + "/rows/p1").headers().firstValue("ETag").orElseThrow();
        String none = get(PATH + "/rows/none").headers().firstValue("ETag").orElseThrow();
        passes(Duration.ofSeconds(100));
        replicas.heard();
        var second = get(PATH + "/rows/p1", "If-None-Match", first);
        assertThat(second.statusCode()).as("the same version, the next row").isEqualTo(200);
        String next = second.headers().firstValue("ETag").orElseThrow();
        assertThat(List.of(first, none)).doesNotContain(next);
        assertThat(get(PATH + "/rows/p1", "If-None-Match", next).statusCode()).isEqualTo(304);
        hub.scope("others"); // the same number, other rows
        hub.withdraw();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now(), false);
        hub.stands(replicas, 2);
        assertThat(get(PATH + "/rows/p1", "If-None-Match", next).statusCode()).isEqualTo(200);
    }

    @Test
    void manyKeysAreAnsweredInOneCallFromOneVersion() throws Exception {
        hub.publish("p1=10.00", "p2=20.00");
        hub.stands(replicas, 1);
        JsonNode answer = read(lookups("{\"keys\":[[\"p2\"],[\"none\"],[\"p1\"]]}"));
        assertThat(answer.path("rows").get(0).path("price").asString()).isEqualTo("20.00");
        assertThat(answer.path("rows").get(1).isNull()).isTrue();
        assertThat(answer.path("rows").get(2).path("price").asString()).isEqualTo("10.00");
        assertThat(lookups("{\"keys\":[" + "[\"p\"],".repeat(1_000) + "[\"p\"]]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(lookups("{\"keys\":[[\"p\",\"too\"]]}").body()).contains("[part]");
        assertThat(json.readTree(lookups("{\"keys\":[\"p1\"]}").body())
                        .path("detail")
                        .asString())
                .startsWith("each key is a list of its cells");
        assertThat(lookups("{}").statusCode()).isEqualTo(400);
        assertThat(lookups("{\"keys\":[[{}]]}").statusCode()).isEqualTo(400);
        assertThat(lookups("{\"at\":7,\"keys\":[[\"p1\"]]}").statusCode()).isEqualTo(400);
        assertThat(lookups("[]").statusCode()).isEqualTo(400);
        assertThat(lookups("nonsense").statusCode()).isEqualTo(400);
        assertThat(lookups("{\"at\":\"2026-03-01T11:00:00Z\",\"keys\":[[\"p1\"]]}")
                        .statusCode())
                .as("before the replica began")
                .isEqualTo(404);
    }

    @Test
    void keysThatBeginAlikeComePageByPage() throws Exception {
        hub.publish("a/1=1.00", "a/2=2.00", "a/3=3.00", "b=4.00");
        hub.stands(replicas, 1);
        assertThat(read(get(PATH + "/rows/a%2F2")).path("rows").toString()).contains("2.00");
        JsonNode first = read(get(PATH + "/rows?prefix=a&limit=2"));
        assertThat(first.path("rows").size()).isEqualTo(2);
        JsonNode second = read(
                get(PATH + "/rows?prefix=a&limit=2&after=" + first.path("next").asString()));
        assertThat(second.path("rows").toString()).contains("3.00").doesNotContain("4.00");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(get(PATH + "/rows?limit=1001").statusCode()).isEqualTo(400);
        assertThat(get(PATH + "/rows?at=yesterday").statusCode()).isEqualTo(400);
        assertThat(get(PATH + "/rows?at=%2B10000-01-01T00:00:00Z").statusCode()).isEqualTo(400);
    }

    @Test
    void whoHasAVersionGetsWhatChangedSince() throws Exception {
        hub.publish("p1=10.00", "p2=20.00");
        hub.stands(replicas, 1);
        hub.publish("p1=11.00", "p3=30.00");
        hub.stands(replicas, 2);
        JsonNode changes = read(get(PATH + "/changes?since=1"));
        assertThat(changes.path("changed").size()).isEqualTo(3);
        assertThat(changes.path("changed").get(1).path("key").toString()).isEqualTo("[\"p2\"]");
        assertThat(changes.path("changed").get(1).path("after").size()).isZero();
        assertThat(get(PATH + "/changes?since=7").statusCode()).isEqualTo(410);
        assertThat(get(PATH + "/changes").statusCode()).isEqualTo(400);
        JsonNode history = read(get(PATH + "/history/p1")).path("history");
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.get(1).path("version").asLong()).isEqualTo(2);
        assertThat(history.get(0).path("rows").get(0).path("price").asString()).isEqualTo("10.00");
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatCannotBeToldSaysSo() throws Exception {
        replicas.heard();
        replicas.told(hub.standing());
        until("opened", () -> get(PATH).statusCode() == 200);
        until("nothing is known", () -> get(PATH + "/rows/p1").body().contains("no version has come yet"));
        assertThat(get(PATH + "/rows/p1").statusCode()).isEqualTo(503);
        assertThat(get(PATH + "/unknown").statusCode()).isEqualTo(404);
        assertThat(get("/v1/datasets/fiat/parts-prices").statusCode()).isEqualTo(404);
        assertThat(get("/v1/datasets/opel/Nonsense").statusCode()).isEqualTo(404);
        HttpRequest delete = request(PATH).DELETE().build();
        assertThat(http.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    /// The request is answered, and the keeper is told.
    @Test
    void rowsThatCannotBeReadAreSaidAndLookedThrough() throws Exception {
        hub.publish("p1=10.00", "p2=20.00");
        hub.stands(replicas, 1);
        hub.publish("p1=11.00", "p2=20.00");
        hub.stands(replicas, 2);
        TestDatasets.untilFolded(replicas, 2);
        for (String question : List.of("/rows/p2", "/rows?prefix=p", "/changes?since=1", "/history/p2", "/lookups")) {
            passes(Duration.ofMinutes(1)); // it looks through them no more often
            int before = rows.wholeReads();
            rows.breakKeys(true);
            var answer = question.equals("/lookups") ? lookups("{\"keys\":[[\"p2\"]]}") : get(PATH + question);
            rows.breakKeys(false);
            assertThat(answer.statusCode()).as(question).isEqualTo(503);
            assertThat(answer.body()).contains("cannot be read: a block of the disk is damaged");
            until("all is looked through", () -> rows.wholeReads() > before);
        }
        assertThat(read(get(PATH + "/rows/p2")).path("rows").toString()).contains("20.00");
    }

    @Test
    void whatComesLaterIsNotSaidToBeForgotten() throws Exception {
        hub.publish("p1=10.00");
        Instant opens = hub.now().plusSeconds(60);
        hub.publish(TestDatasets.prices("p1=11.00"), opens, true);
        hub.stands(replicas, 2);
        String then = "at=" + opens;
        assertThat(get(PATH + "/rows/p1?" + then).statusCode()).as("sealed").isEqualTo(503);
        assertThat(get(PATH + "/rows?" + then).statusCode()).isEqualTo(503);
        assertThat(get(PATH + "/changes?since=1&" + then).statusCode()).isEqualTo(503);
        assertThat(get(PATH + "/rows/p1?at=2025-01-01T00:00:00Z").statusCode())
                .as("before it began")
                .isEqualTo(404);
    }
}
