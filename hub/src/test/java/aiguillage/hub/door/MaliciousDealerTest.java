package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Bytes;
import aiguillage.hub.HubConfig;
import aiguillage.hub.quota.Allowance;
import aiguillage.hub.quota.Multiple;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RawHttp2;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A dealer with a good certificate and bad intentions, against a hub with limits. The long form, with
/// figures: `./aiguillage test --hostile`.
@Timeout(600)
class MaliciousDealerTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final boolean LONG = Boolean.getBoolean("hostile.long");

    @TempDir
    Path folder;

    private RunningHub hub;
    private HttpClient honest;
    private HttpClient centre;
    private HttpClient malicious;
    private SSLContext context;
    private final AtomicInteger ids = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        HubConfig plain = RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        hub = new RunningHub(
                RunningHub.limitedTo(limits(plain.limits().freeSpaceMin()), plain), InstantSource.system());
        honest = hub.client("dealer-7");
        centre = hub.client("opel-centre");
        malicious = hub.client("dealer-8");
        context = hub.parties().context(hub.credential("dealer-8"));
    }

    /// The usual limits in the long form; in the short one a flood meets them soon on a slow machine, too. The honest
    /// dealer, which submits here as fast as it can, has a multiple.
    private static HubConfig.Limits limits(Bytes freeSpaceMin) {
        Allowance usual = Allowance.USUAL;
        var small = new Allowance(
                600,
                200,
                usual.requestsPerMinute(),
                usual.requestsAtOnce(),
                usual.bytesPerMinute(),
                usual.uploadsOpen(),
                usual.requestsOpen(),
                usual.connectionsOpen());
        return new HubConfig.Limits(
                freeSpaceMin,
                20_000,
                LONG ? usual : small,
                Map.of(),
                Map.of(new PartyId("dealer-7"), new Multiple(100)));
    }

    @AfterEach
    void stop() {
        Stream.of(honest, centre, malicious).forEach(HttpClient::close);
        hub.close();
    }

    private HttpResponse<String> asked(String path) throws IOException, InterruptedException {
        return hub.get(malicious, path);
    }

    private void submitted(String id) throws IOException, InterruptedException {
        assertThat(hub.submit(honest, "dealer-7", CLAIMS, id, "secret").statusCode())
                .isEqualTo(201);
    }

    @Test
    void nothingOfOthersIsVisibleByIdOrPosition() throws Exception {
        submitted("claim-1");
        submitted("claim-2");
        String rejected = "{\"reject\":[{\"position\":3,\"reason\":\"unreadable\"}]}";
        assertThat(hub.post(centre, "/v1/inbox/acknowledgements", rejected).statusCode())
                .isEqualTo(200);
        for (String part : List.of("", "/payload", "/receipts", "/signature")) {
            for (String sender : List.of("", "?sender=dealer-7", "?sender=opel-centre")) {
                HttpResponse<String> there = asked("/v1/documents/claim-1" + part + sender);
                HttpResponse<String> nowhere = asked("/v1/documents/none" + part + sender);
                assertThat(there.statusCode()).isEqualTo(404);
                assertThat(there.body()).as("as if it did not exist").isEqualTo(nowhere.body());
            }
        }
        for (int position = 1; position <= 6; position++) {
            assertThat(asked("/v1/inbox/" + position + "/payload").statusCode()).isEqualTo(404);
            for (String word : List.of("release", "return")) {
                String path = "/v1/inbox/quarantine/" + position + "/" + word;
                assertThat(hub.post(malicious, path, "").statusCode()).isEqualTo(404);
            }
        }
        String all = "{\"acknowledge\":[1,2,3,4,5],\"acknowledgeUpTo\":{\"position\":9223372036854775807}}";
        assertThat(hub.post(malicious, "/v1/inbox/acknowledgements", all).body())
                .contains("\"acknowledged\":0");
        assertThat(asked("/v1/inbox").body()).isEqualTo("[]");
        assertThat(asked("/v1/inbox/quarantine").body()).doesNotContain("claim-2");
        assertThat(hub.submit(malicious, "dealer-7", CLAIMS, "forged", "x").statusCode())
                .isEqualTo(403);
        assertThat(hub.get(centre, "/v1/inbox").body()).contains("claim-1").doesNotContain("forged");
    }

    @Test
    void pathTricksLeadNowhere() throws Exception {
        submitted("claim-1");
        List<String> before = files();
        for (String trick : List.of(
                "..",
                ".",
                "%2e%2e",
                "%2e%2e%2f%2e%2e",
                "..%2f..%2fhub.yaml",
                "..%5c..%5chub.yaml",
                "a%00b",
                "%252e%252e",
                "claim-1%2f..%2fclaim-1",
                "claim-1;x=y",
                ";",
                "%ff%fe",
                "claim-1%20",
                "%2fclaim-1",
                "a".repeat(2_000))) {
            for (String around : List.of("/v1/documents/%s", "/v1/documents/%s/payload", "/v1/inbox/%s/payload")) {
                try (RawConnection raw = RawConnection.tls(context, hub.mainPort())) {
                    String path = around.formatted(trick);
                    String answer = raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer();
                    assertThat(answer)
                            .as(path)
                            .matches("(?s)http/1.1 4\\d\\d .*")
                            .doesNotContain("secret");
                }
            }
            HttpRequest.Builder request = hub.submission("dealer-8", CLAIMS, trick, Documents.payload("x"));
            assertThat(malicious
                            .send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as("as an id: " + trick)
                    .isEqualTo(400);
        }
        assertThat(files()).isEqualTo(before);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(name -> !name.contains("/store") && !name.endsWith("/data/head"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noSecondRequestIsSmuggledInAFirst() throws Exception {
        String inner = RawConnection.submission("dealer-8", CLAIMS, "smuggled") + "Content-Length: 0\r\n\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n";
        String chunks = "0\r\n\r\n" + inner;
        Map<String, String> tricks = new TreeMap<>(Map.of(
                "length and chunks", "Content-Length: 4\r\n" + chunked + "\r\n" + chunks,
                "two lengths", "Content-Length: 0\r\nContent-Length: " + inner.length() + "\r\n\r\n" + inner,
                "lengths in a list", "Content-Length: 0, " + inner.length() + "\r\n\r\n" + inner,
                "space before the colon", "Transfer-Encoding : chunked\r\nContent-Length: 4\r\n\r\n" + chunks,
                "folded line", "Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n" + chunks,
                "coding in a list", "Transfer-Encoding: chunked, identity\r\n\r\n" + chunks,
                "coding misspelt", "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + inner,
                "length with a sign", "Content-Length: +0\r\n\r\n" + inner,
                "chunk of negative size", chunked + "\r\n-1\r\nx\r\n" + chunks,
                "chunk of huge size", chunked + "\r\nfffffffffffffffff\r\nx\r\n" + chunks));
        tricks.put("zero byte in a header", "X-A: b\u0000c\r\nContent-Length: 0\r\n\r\n");
        tricks.put("id named twice", "ce-id: other\r\nContent-Length: 0\r\n\r\n");
        tricks.put("sender named twice", "ce-source: urn:aiguillage:party:dealer-7\r\nContent-Length: 0\r\n\r\n");
        for (Map.Entry<String, String> trick : tricks.entrySet()) {
            try (RawConnection raw = RawConnection.tls(context, hub.mainPort())) {
                raw.send(RawConnection.submission("dealer-8", CLAIMS, "outer-" + ids.incrementAndGet())
                        + trick.getValue());
                String answer = raw.answer();
                assertThat(answer.isEmpty() || answer.startsWith("http/1.1 4") || answer.startsWith("http/1.1 501"))
                        .as(trick.getKey() + ": " + answer)
                        .isTrue();
            }
            assertThat(asked("/v1/documents/smuggled").statusCode())
                    .as(trick.getKey())
                    .isEqualTo(404);
        }
        assertThat(hub.get(centre, "/v1/inbox").body()).isEqualTo("[]");
    }

    private static String[] fields(String id, String... more) {
        String[] usual = {
            ":method",
            "POST",
            ":scheme",
            "https",
            ":authority",
            "localhost",
            ":path",
            "/v1/documents",
            "ce-specversion",
            "1.0",
            "ce-id",
            id,
            "ce-source",
            "urn:aiguillage:party:dealer-8",
            "ce-type",
            CLAIMS
        };
        return Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void http2HasNoSideEntrance() throws Exception {
        Map<String, String[]> tricks = new TreeMap<>(Map.of(
                "two paths", fields("h2-1", ":path", "/v1/ledger/key"),
                "method behind headers", fields("h2-2", ":method", "GET"),
                "upper case", fields("h2-3", "X-Upper", "a"),
                "hop by hop", fields("h2-4", "transfer-encoding", "chunked"),
                "connection", fields("h2-5", "connection", "close"),
                "line end in a value", fields("h2-6", "x-a", "b\r\nce-id: other"),
                "unknown pseudo header", fields("h2-7", ":party", "dealer-7"),
                "length that does not fit", fields("h2-8", "content-length", "5"),
                "two ids", fields("h2-9", "ce-id", "other"),
                "two hosts", fields("h2-10", "host", "elsewhere\r\nx: y")));
        for (Map.Entry<String, String[]> trick : tricks.entrySet()) {
            try (RawHttp2 raw = RawHttp2.connected(context, hub.mainPort())) {
                raw.headers(1, false, trick.getValue())
                        .data(1, true, new byte[] {'x'})
                        .send();
                assertThat(raw.outcome(1)).as(trick.getKey()).isNotEmpty();
            }
        }
        assertThat(hub.get(centre, "/v1/inbox").body()).isEqualTo("[]");
        try (RawHttp2 raw = RawHttp2.connected(context, hub.mainPort())) {
            raw.headers(1, false, fields("h2-good"))
                    .data(1, true, new byte[] {'x'})
                    .send();
            assertThat(raw.outcome(1)).isEqualTo("answered");
        }
        assertThat(hub.get(centre, "/v1/inbox").body()).contains("h2-good");
    }

    @Test
    void aBombStaysPacked() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 200; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        byte[] bomb = packed.toByteArray();
        HttpRequest request = hub.submission("dealer-8", CLAIMS, "bomb", bomb)
                .header("Content-Encoding", "gzip")
                .build();
        assertThat(malicious.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(201);
        byte[] given = centre.send(
                        HttpRequest.newBuilder(URI.create(
                                        hub.uri("/v1/inbox/2/payload").toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        assertThat(given).as("kept and given as it came").isEqualTo(bomb);
    }

    @Test
    void aFloodOfTinyDocumentsHoldsUpNobody() throws Exception {
        int[] quiet = honestMicros(LONG ? 3_000 : 100);
        var over = new AtomicBoolean();
        Map<String, AtomicInteger> told = new ConcurrentHashMap<>();
        int tries = LONG ? 1_000_000 : 8_000;
        long until = System.nanoTime() + Duration.ofSeconds(LONG ? 120 : 20).toNanos();
        var left = new AtomicInteger(tries);
        List<Thread> flood = IntStream.range(0, 24)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    while (!over.get() && System.nanoTime() < until && left.get() > 0) {
                        flood(over, until, left, told);
                    }
                }))
                .toList();
        int[] during = honestMicros(LONG ? 3_000 : 200);
        while (!LONG && !told.containsKey("429") && System.nanoTime() < until) {
            honestMicros(1);
        }
        over.set(!LONG);
        for (Thread thread : flood) {
            thread.join();
        }
        int[] later = honestMicros(50);
        System.out.printf(
                "flood of tiny documents: %,d tries, answered %s; honest p50/p99 quiet %.1f/%.1f ms, meanwhile"
                        + " %.1f/%.1f ms (%d documents, all accepted)%n",
                tries - left.get(), told, p(quiet, 50), p(quiet, 99), p(during, 50), p(during, 99), during.length);
        assertThat(later).hasSize(50);
        assertThat(told.getOrDefault("429", new AtomicInteger()).get()).isPositive();
        assertThat(told.keySet()).isSubsetOf("201", "429", "closed");
    }

    private void flood(AtomicBoolean over, long until, AtomicInteger left, Map<String, AtomicInteger> told) {
        try (RawConnection raw = RawConnection.tls(context, hub.mainPort())) {
            while (!over.get() && System.nanoTime() < until && left.decrementAndGet() >= 0) {
                raw.send(RawConnection.submission("dealer-8", CLAIMS, "tiny-" + ids.incrementAndGet())
                        + "Content-Length: 1\r\n\r\nx");
                String answer = raw.answer();
                String status = answer.isEmpty() ? "closed" : answer.substring(9, 12);
                told.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
                if (answer.isEmpty()) {
                    return;
                }
            }
        } catch (IOException e) {
            told.computeIfAbsent("closed", _ -> new AtomicInteger()).incrementAndGet();
        }
    }

    /// Submits documents one after the other; every one must be accepted.
    private int[] honestMicros(int documents) throws Exception {
        int[] micros = new int[documents];
        for (int i = 0; i < documents; i++) {
            long began = System.nanoTime();
            submitted("honest-" + ids.incrementAndGet());
            micros[i] = (int) ((System.nanoTime() - began) / 1_000);
        }
        return micros;
    }

    private static double p(int[] micros, int percent) {
        int[] sorted = Arrays.stream(micros).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1_000.0;
    }

    @Test
    void openUploadsWithoutEndHoldUpNobody() throws Exception {
        int[] quiet = honestMicros(LONG ? 2_000 : 50);
        int connections = LONG ? 4_000 : 4;
        int threads = Thread.getAllStackTraces().size();
        int opened = 0;
        int accepted = 0;
        List<RawHttp2> open = new ArrayList<>();
        List<Integer> during = new ArrayList<>();
        for (int c = 0; c < connections; c++) {
            try {
                RawHttp2 raw = RawHttp2.connected(context, hub.mainPort());
                open.add(raw);
                for (int stream = 0; stream < 250; stream++) {
                    raw.headers(2 * stream + 1, false, fields("open-" + opened++));
                    raw.data(2 * stream + 1, false, new byte[] {'x'});
                }
                raw.send();
            } catch (IOException closed) {
                assertThat(c).as("the first connections are taken").isPositive();
            }
            if (c % 20 == 3) {
                during.addAll(Arrays.stream(honestMicros(20)).boxed().toList());
                accepted += 20;
            }
            if (open.size() > 100) {
                open.removeFirst().close();
            }
        }
        assertThat(parts()).as("files begun by one party").isLessThanOrEqualTo(128);
        int more = Thread.getAllStackTraces().size() - threads;
        assertThat(more).as("threads").isLessThan(80);
        for (RawHttp2 raw : open) {
            raw.close();
        }
        int[] meanwhile = during.stream().mapToInt(Integer::intValue).toArray();
        System.out.printf(
                "open uploads: %,d begun; %d honest documents meanwhile, all accepted; threads %+d; honest p50/p99"
                        + " quiet %.1f/%.1f ms, meanwhile %.1f/%.1f ms%n",
                opened, accepted, more, p(quiet, 50), p(quiet, 99), p(meanwhile, 50), p(meanwhile, 99));
    }

    private long parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }
}
