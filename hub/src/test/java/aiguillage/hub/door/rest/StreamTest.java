package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The permanent flow: all that waits, in order, once per connection, and again on the next.
@Timeout(60)
class StreamTest {

    private static final String CLAIMS = "opel/warranty-claim";

    @TempDir
    Path folder;

    private RunningHub hub;
    private HttpClient dealer;
    private SSLContext centre;

    @BeforeEach
    void start() throws Exception {
        hub = new RunningHub(folder);
        dealer = hub.client("dealer-7");
        centre = hub.parties().context(hub.credential("opel-centre"));
    }

    @AfterEach
    void stop() {
        dealer.close();
        hub.close();
    }

    @Test
    void whatWaitsIsOfferedOldestFirstAndThenWhatComes() throws Exception {
        submit("claim-1", "claim-2");
        try (RawConnection stream = open("")) {
            assertThat(ids(stream, 2)).containsExactly("claim-1", "claim-2");
            submit("claim-3");
            assertThat(ids(stream, 1)).containsExactly("claim-3");
        }
        try (RawConnection again = open("")) {
            assertThat(ids(again, 3)).containsExactly("claim-1", "claim-2", "claim-3");
        }
    }

    @Test
    void withTheLastIdTheStreamGoesOnBehindIt() throws Exception {
        submit("claim-1", "claim-2", "claim-3");
        String second;
        try (RawConnection stream = open("")) {
            stream.until("id: ");
            stream.until("\n\n");
            stream.until("id: ");
            second = stream.until("\n").strip();
        }
        try (RawConnection stream = open("Last-Event-ID: " + second + "\r\n")) {
            assertThat(ids(stream, 1)).containsExactly("claim-3");
        }
        for (String wrong : List.of("-5", "0", "x", "99999999999999999999")) {
            try (RawConnection stream = RawConnection.tls(centre, hub.mainPort())) {
                stream.send("GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: " + wrong + "\r\n\r\n");
                assertThat(stream.answer()).startsWith("http/1.1 400");
            }
        }
    }

    @Test
    void aFifthStreamReplacesTheFirst() throws Exception {
        var streams = new ArrayList<RawConnection>();
        for (int i = 0; i < 5; i++) {
            streams.add(open(""));
        }
        assertThat(streams.getFirst().until("data: replaced\n\n")).contains("event: goodbye", "retry: ");
        submit("claim-1");
        for (RawConnection stream : streams.subList(1, 5)) {
            assertThat(ids(stream, 1)).containsExactly("claim-1");
        }
        for (RawConnection stream : streams) {
            stream.close();
        }
    }

    @Test
    void aStalledReaderHoldsBackNobodyAndGetsEverythingWhenItReads() throws Exception {
        var large = "x".repeat(60_000);
        try (RawConnection stalled = open("");
                RawConnection reading = open("")) {
            for (int i = 0; i < 300; i++) { // 24 MB on the wire: more than any buffer on the way holds
                assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-" + i, large)
                                .statusCode())
                        .isEqualTo(201);
                assertThat(ids(reading, 1)).containsExactly("claim-" + i);
            }
            for (int i = 0; i < 300; i++) {
                assertThat(ids(stalled, 1)).containsExactly("claim-" + i);
            }
        }
    }

    @Test
    void aStopSaysGoodbyeToStreamsAndAnswersLongPolls() throws Exception {
        try (var other = new RunningHub(folder.resolve("other"));
                HttpClient party = other.client("opel-centre");
                RawConnection stream =
                        RawConnection.tls(other.parties().context(other.credential("opel-centre")), other.mainPort())) {
            stream.send("GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            stream.until("retry: ");
            var poll = party.sendAsync(
                    java.net.http.HttpRequest.newBuilder(other.uri("/v1/inbox?wait=60"))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            other.requirePullsWaiting(1);
            long began = System.nanoTime();
            stopNow(other);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
            assertThat(stream.until("data: stopping\n\n")).contains("event: goodbye");
            assertThat(poll.join().body()).isEqualTo("[]");
            assertThat(poll.join().headers().firstValue("Retry-After")).isPresent();
        }
    }

    /// Closing twice is harmless, so the block around may do it again.
    @SuppressWarnings("try")
    private static void stopNow(RunningHub hub) {
        hub.close();
    }

    @Test
    void theHubShowsASignOfLife() throws Exception {
        try (RawConnection stream = open("")) {
            assertThat(stream.until(": beat\n\n")).isNotEmpty();
        }
    }

    private void submit(String... ids) throws Exception {
        for (String id : ids) {
            assertThat(hub.submit(dealer, "dealer-7", CLAIMS, id, "content").statusCode())
                    .isEqualTo(201);
        }
    }

    private RawConnection open(String headers) throws IOException {
        RawConnection stream = RawConnection.tls(centre, hub.mainPort());
        stream.send("GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
        assertThat(stream.until("retry: ")).startsWith("HTTP/1.1 200").contains("text/event-stream");
        stream.until("\n\n");
        return stream;
    }

    private static List<String> ids(RawConnection stream, int count) throws IOException {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            stream.until("\"id\":\"");
            ids.add(stream.until("\"").replace("\"", ""));
            stream.until("\n\n");
        }
        return ids;
    }
}
