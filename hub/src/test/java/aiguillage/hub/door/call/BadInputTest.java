package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.payload.Payloads;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad input: a clear problem each, nothing kept, and the hub goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BadInputTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final int HALF_OPEN = 2_000;

    private RunningHub hub;
    private HttpClient dealer;
    private SSLContext context;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder);
        dealer = hub.client("dealer-7");
        context = hub.parties().context(hub.credential("dealer-7"));
    }

    @AfterAll
    void stop() {
        dealer.close();
        hub.close();
    }

    @AfterEach
    void theHubGoesOnAndKeptNothing() throws Exception {
        assertThat(hub.get(dealer, "/v1/documents/bad").statusCode()).isEqualTo(404);
        assertThat(hub.failure()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce-specversion | 0.3                        | bad-envelope",
                "ce-specversion | ''                         | bad-envelope",
                "ce-id          | -starts-with-a-dash        | bad-envelope",
                "ce-id          | with/slash                 | bad-envelope",
                "ce-source      | dealer-7                   | bad-envelope",
                "ce-source      | urn:aiguillage:party:UPPER | bad-envelope",
                "ce-source      | urn:aiguillage:party:dealer-8 | sender-mismatch",
                "ce-type        | no-slash                   | bad-envelope",
                "ce-type        | opel/unknown               | not-authorised",
                "ce-type        | opel/warranty-decision     | not-authorised",
                "ce-type        | citroen/none               | not-authorised",
                "ce-type        | opel/signed                | signature-required",
                "ce-time        | yesterday                  | bad-envelope",
                "ce-subject     | %zz                        | bad-envelope",
                "ce-subject     | %ff                        | bad-envelope",
                "ce-datacontenttype | text/plain             | bad-envelope",
                "content-digest | md5=:abc:                  | digest-mismatch",
                "content-digest | sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=: | digest-mismatch"
            })
    void aWrongHeaderIsNamed(String name, String value, String code) throws Exception {
        var headers = new java.util.TreeMap<String, String>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", "bad",
                "ce-source", "urn:aiguillage:party:dealer-7",
                "ce-type", CLAIMS));
        headers.put(name, value);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.uri("/v1/documents")).POST(HttpRequest.BodyPublishers.ofString("content"));
        headers.forEach(request::header);
        HttpResponse<String> answer = dealer.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-specversion", "ce-id", "ce-source", "ce-type"})
    void aMissingAttributeIsNamed(String missing) throws Exception {
        String head = RawConnection.submission("dealer-7", CLAIMS, "bad").replaceAll(missing + ": [^\r]*\r\n", "");
        assertThat(said(head + "Content-Length: 4\r\n\r\nbody"))
                .startsWith("http/1.1 400")
                .contains("bad-envelope", missing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /nowhere                            | 404",
                "GET    | /v1/documents/bad/nothing           | 404",
                "GET    | /v1/documents/%2e%2e/x              | 400,404",
                "GET    | /v1/../v1/inbox/../../etc/passwd    | 400,404",
                "GET    | /v1/documents/a%2fb                 | 400,404",
                "GET    | /v1/documents/bad;x=y               | 400,404",
                "GET    | /v1/documents/bad%00                | 400,404",
                "GET    | /v1/documents//payload              | 400,404",
                "DELETE | /v1/documents/bad                   | 405",
                "PUT    | /v1/documents                       | 405",
                "GET    | /v1/inbox?after=x                   | 400",
                "GET    | /v1/inbox?limit=0                   | 400",
                "GET    | /v1/inbox?wait=61                   | 400",
                "GET    | /v1/inbox?flow=nothing              | 400",
                "GET    | /v1/documents?key=%zz               | 400",
                "GET    | /v1/documents                       | 400",
                "GET    | /v1/inbox/0/payload                 | 404",
                "GET    | /v1/inbox/999999999999/payload      | 404",
                "GET    | /v1/ledger/proof                    | 400",
                "GET    | /v1/ledger/proof?position=99999999  | 404",
                "GET    | /v1/ledger/consistency?from=9&to=2  | 404",
                "GET    | /operator/status                    | 404",
                "GET    | /health/live                        | 404"
            })
    void aWrongAddressIsRefused(String method, String target, String statuses) throws Exception {
        String answer = said(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer.substring(9, 12)).as(answer).isIn((Object[]) statuses.split(","));
        assertThat(answer).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"acknowledge\":7}",
                "{\"acknowledge\":{\"a\":7}}",
                "{\"acknowledge\":[\"7\"]}",
                "{\"acknowledge\":[0]}",
                "{\"acknowledge\":[1.5]}",
                "{\"acknowledge\":[99999999999999999999]}",
                "{\"reject\":[{\"position\":1}]}",
                "{\"reject\":[1]}",
                "{\"reject\":\"1\"}",
                "{\"acknowledgeUpTo\":5}",
                "{\"acknowledgeUpTo\":{\"position\":5,\"flow\":\"x\"}}"
            })
    void aMalformedAcknowledgementIsRefused(String json) throws Exception {
        HttpResponse<String> answer = hub.post(dealer, "/v1/inbox/acknowledgements", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrolments", "revocations", "backups", "flows"})
    void malformedOperatorsBodiesAreRefused(String address) throws Exception {
        for (String body : List.of("", "{", "[]", "{\"folder\":\"relative\",\"party\":\"NO\"}", "\u0000")) {
            HttpResponse<String> answer = hub.operator("/operator/" + address, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
    }

    @Test
    void headersTooLargeAreRefused() throws Exception {
        assertThat(said(RawConnection.submission("dealer-7", CLAIMS, "bad") + "x-large: " + "x".repeat(20_000)
                        + "\r\nContent-Length: 4\r\n\r\nbody"))
                .startsWith("http/1.1 431")
                .contains("headers-too-large");
    }

    @Test
    void aBodyTooLargeIsRefusedWhetherItsLengthIsKnownOrNot() throws Exception {
        String head = RawConnection.submission("dealer-7", "opel/note", "bad");
        assertThat(said(head + "Content-Length: 1001\r\n\r\n"))
                .startsWith("http/1.1 413")
                .contains("payload-too-large");
        assertThat(said(head + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + "x".repeat(1_001) + "\r\n0\r\n\r\n"))
                .startsWith("http/1.1 413");
    }

    /// Bodies of any number are announced and do not come: those beyond their party's share are refused before they
    /// are read, and other parties notice nothing.
    @Test
    void bodiesThatArriveHoldABoundedShareOfTheMemory() throws Exception {
        String head = RawConnection.submission("dealer-7", CLAIMS, "held");
        String large = "Expect: 100-continue\r\nContent-Length: " + Payloads.INLINE_BYTES_MAX + "\r\n\r\n";
        int half = (int) (Uploads.HELD_BYTES_MAX / 2 / Payloads.INLINE_BYTES_MAX);
        var held = new ArrayList<RawConnection>();
        try (HttpClient dealer = hub.client("dealer-7");
                HttpClient other = hub.client("dealer-8");
                RawConnection beyond = RawConnection.tls(context, hub.mainPort())) {
            for (int i = 0; i < half; i++) {
                RawConnection one = RawConnection.tls(context, hub.mainPort());
                held.add(one);
                one.send(head + large);
                assertThat(one.head()).startsWith("http/1.1 100");
            }
            assertThat(beyond.send(head + large).answer())
                    .startsWith("http/1.1 503")
                    .contains("retry-after: ", "journal-busy");
            HttpRequest unaware = hub.submission("dealer-8", CLAIMS, "unaware", new byte[Payloads.INLINE_BYTES_MAX])
                    .build();
            assertThat(other.send(unaware, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
            for (RawConnection one : held) {
                one.close();
            }
            int status = 503;
            for (int tries = 0; status == 503 && tries < 2_000; tries++) {
                HttpRequest again = hub.submission("dealer-7", CLAIMS, "beyond", new byte[Payloads.INLINE_BYTES_MAX])
                        .build();
                status =
                        dealer.send(again, HttpResponse.BodyHandlers.ofString()).statusCode();
            }
            assertThat(status).isEqualTo(201);
        } finally {
            for (RawConnection one : held) {
                one.close();
            }
        }
    }

    /// Bodies that are no documents have their share too: neither another party nor the operator waits for them.
    @Test
    void acknowledgementsThatArriveHoldABoundedShareOfTheMemory() throws Exception {
        String head = "POST /v1/inbox/acknowledgements HTTP/1.1\r\nHost: localhost\r\n"
                + "Expect: 100-continue\r\nContent-Length: " + Wire.BODY_BYTES_MAX + "\r\n\r\n";
        int half = (int) (Uploads.HELD_BYTES_MAX / 2 / Wire.BODY_BYTES_MAX);
        var held = new ArrayList<RawConnection>();
        try (HttpClient other = hub.client("dealer-8");
                RawConnection beyond = RawConnection.tls(context, hub.mainPort())) {
            for (int i = 0; i < half; i++) {
                RawConnection one = RawConnection.tls(context, hub.mainPort());
                held.add(one);
                assertThat(one.send(head).head()).startsWith("http/1.1 100");
            }
            assertThat(beyond.send(head).answer()).startsWith("http/1.1 503").contains("journal-busy");
            assertThat(hub.post(other, "/v1/inbox/acknowledgements", "{\"acknowledge\":[1]}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(hub.operator("/operator/enrolments", "{\"party\":\"dealer-9\"}")
                            .statusCode())
                    .isLessThan(300);
        } finally {
            for (RawConnection one : held) {
                one.close();
            }
        }
    }

    @Test
    void aQueryThatIsNoTextOrNoNumberIsABadRequest() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7")) {
            for (String query : List.of("flow=%ff", "%c0%80", "after=%D9%A1", "after=+1", "after=1e3", "wait=0x1")) {
                HttpResponse<String> answer = hub.get(dealer, "/v1/inbox?" + query);
                assertThat(answer.statusCode()).as(query + answer.body()).isEqualTo(400);
            }
        }
    }

    @Test
    void whatAnOperatorAsksIsNotGuessed() throws Exception {
        for (String hours : List.of("\"x\"", "1.5", "1e99", "99999999999999999999", "null")) {
            assertThat(hub.operator("/operator/enrolments", "{\"party\":\"dealer-7\",\"hours\":" + hours + "}")
                            .statusCode())
                    .as(hours)
                    .isEqualTo(400);
        }
        for (String serial : List.of("-5", "xyz", "f".repeat(41))) {
            assertThat(hub.operator("/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"x\"}")
                            .statusCode())
                    .as(serial)
                    .isEqualTo(400);
        }
        HttpResponse<String> inside = hub.operator(
                "/operator/backups", "{\"folder\":\"" + hub.data().store().resolve("b") + "\"}");
        assertThat(inside.statusCode()).isEqualTo(400);
        assertThat(inside.body()).contains("another place");
    }

    @Test
    void twoLengthsAreRefused() throws Exception {
        String head = RawConnection.submission("dealer-7", CLAIMS, "bad");
        String smuggled = "GET /v1/inbox HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (String lengths : List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Transfer-Encoding: gzip, chunked, identity\r\n",
                "Content-Length: +5\r\n")) {
            try (RawConnection connection = RawConnection.tls(context, hub.mainPort())) {
                connection.send(head + lengths + "\r\n0\r\n\r\n" + smuggled);
                assertThat(connection.answer()).as(lengths).startsWith("http/1.1 4");
                assertThat(connection.answer())
                        .as("a second answer to %s", lengths)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 400_000})
    void aBodyThatBreaksOffLeavesNothingAndItsIdFree(int bytes) throws Exception {
        String id = "broken-" + bytes;
        try (RawConnection connection = RawConnection.tls(context, hub.mainPort())) {
            connection.send(RawConnection.submission("dealer-7", CLAIMS, id) + "Content-Length: " + bytes + "\r\n\r\n"
                    + "x".repeat(bytes - 1));
        }
        awaitNoFiles();
        assertThat(hub.get(dealer, "/v1/documents/" + id).statusCode()).isEqualTo(404);
        assertThat(hub.submit(dealer, "dealer-7", CLAIMS, id, "whole").statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255_999, 256_000, 256_001, 1_000_000})
    void payloadsAroundTheLimitComeBackAsTheyWere(int bytes) throws Exception {
        var payload = new byte[bytes];
        new java.util.Random(bytes).nextBytes(payload);
        for (boolean chunked : List.of(false, true)) {
            String id = "size-" + bytes + chunked;
            HttpRequest request = hub.submission("dealer-7", "opel/film", id, new byte[0])
                    .POST(
                            chunked
                                    ? HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new java.io.ByteArrayInputStream(payload))
                                    : HttpRequest.BodyPublishers.ofByteArray(payload))
                    .build();
            assertThat(dealer.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(201);
            HttpResponse<byte[]> whole = payload(id, null);
            assertThat(whole.body()).isEqualTo(payload);
            assertThat(whole.headers().firstValue("Content-Digest"))
                    .hasValue(aiguillage.protocol.Digest.of(payload).toString());
            if (bytes > 10) {
                HttpResponse<byte[]> part = payload(id, "bytes=5-9");
                assertThat(part.statusCode()).isEqualTo(206);
                assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(payload, 5, 10));
                assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 5-9/" + bytes);
                assertThat(part.headers().firstValue("Content-Digest")).isEmpty();
                assertThat(payload(id, "bytes=-3").body())
                        .isEqualTo(java.util.Arrays.copyOfRange(payload, bytes - 3, bytes));
                String huge = "9".repeat(20);
                assertThat(payload(id, "bytes=5-" + huge).headers().firstValue("Content-Range"))
                        .hasValue("bytes 5-" + (bytes - 1) + "/" + bytes);
                assertThat(payload(id, "bytes=-" + huge).body()).isEqualTo(payload);
                assertThat(payload(id, "bytes=" + huge + "-").statusCode()).isEqualTo(416);
                assertThat(payload(id, "bytes=--9").statusCode()).isEqualTo(200);
            }
            assertThat(payload(id, "bytes=" + bytes + "-").statusCode()).isEqualTo(416);
        }
    }

    @Test
    void slowBodiesAndHeadersAreGivenUp() throws Exception {
        String head = RawConnection.submission("dealer-7", CLAIMS, "bad");
        try (RawConnection small = RawConnection.tls(context, hub.mainPort());
                RawConnection large = RawConnection.tls(context, hub.mainPort());
                RawConnection header = RawConnection.tls(context, hub.mainPort())) {
            small.send(head + "Content-Length: 100\r\n\r\nx");
            large.send(head + "Content-Length: 400000\r\n\r\n" + "x".repeat(300_000));
            header.send("GET /v1/inbox HTT");
            assertThat(header.endsWithin(Duration.ofSeconds(60))).isTrue();
            assertThat(small.answer()).startsWith("http/1.1 408").contains("too-slow");
            assertThat(small.endsWithin(Duration.ofSeconds(60))).isTrue();
            large.send("x");
            assertThat(large.endsWithin(Duration.ofSeconds(60))).isTrue();
        }
        awaitNoFiles();
    }

    @Test
    void halfOpenConnectionsAndGarbageHoldNobodyBack() throws Exception {
        var open = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < HALF_OPEN; i++) {
                RawConnection connection = RawConnection.plain(hub.mainPort());
                open.add(connection);
                if (i % 4 == 0) {
                    connection.send("GET / HTTP/1.1\r\n\r\n"); // garbage, for TLS
                } else if (i % 4 == 1) {
                    connection.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1}); // a handshake that goes no further
                }
                if (i % 200 == 0) {
                    assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "busy-" + i, "content")
                                    .statusCode())
                            .isEqualTo(201);
                }
            }
            try (HttpClient fresh = hub.client("dealer-8")) {
                assertThat(hub.submit(fresh, "dealer-8", CLAIMS, "fresh", "content")
                                .statusCode())
                        .isEqualTo(201);
            }
            for (RawConnection connection : open) {
                assertThat(connection.endsWithin(Duration.ofSeconds(30))).isTrue();
            }
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    private HttpResponse<byte[]> payload(String id, @org.jspecify.annotations.Nullable String range) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.uri("/v1/documents/" + id + "/payload"));
        if (range != null) {
            request.header("Range", range);
        }
        return dealer.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private String said(String request) throws IOException {
        try (RawConnection connection = RawConnection.tls(context, hub.mainPort())) {
            return connection.send(request).answer();
        }
    }

    /// Nothing unfinished is left in the folder of payloads.
    private void awaitNoFiles() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (var files = Files.list(hub.data().payloads())) {
                if (files.noneMatch(file -> file.toString().endsWith(".part"))) {
                    return;
                }
            }
            hub.get(dealer, "/v1/inbox?wait=1&after=999999"); // gives it time
        }
        throw new AssertionError("an unfinished payload stayed");
    }
}
