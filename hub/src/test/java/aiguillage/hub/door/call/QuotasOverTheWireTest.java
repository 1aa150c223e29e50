package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Bytes;
import aiguillage.hub.HubConfig;
import aiguillage.hub.directory.Role;
import aiguillage.hub.quota.Allowance;
import aiguillage.hub.quota.Multiple;
import aiguillage.hub.testing.FlatFormats;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One party at its limits: it is refused, and nobody else.
@Timeout(60)
class QuotasOverTheWireTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final String GREETING = "GET /v1/ledger/key HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    Path folder;

    private RunningHub hub;

    @BeforeEach
    void start() throws Exception {
        FlatFormats.copy(folder, "prices-csv");
        String flows = RunningHub.FLOWS
                + "  opel/prices: { from: dealer, to: opel-centre, flat: prices-csv }\n"
                + "  opel/strict: { from: dealer, to: opel-centre, flat: prices-csv, bad-records: refuse-file }\n";
        HubConfig plain = RunningHub.config(folder, flows, InstantSource.system());
        var small = new Allowance(6, 20, 600, 100, Bytes.of("1MB"), 2, 8, 4);
        var limits = new HubConfig.Limits(
                Bytes.of("1MB"), 20_000, small, Map.of(new Role("centre"), new Multiple(10)), Map.of());
        hub = new RunningHub(RunningHub.limitedTo(limits, plain), InstantSource.system());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private RawConnection connected(String party) throws Exception {
        return RawConnection.tls(hub.parties().context(hub.credential(party)), hub.mainPort());
    }

    private void assertOthersAreServed(String id) throws Exception {
        try (HttpClient other = hub.client("dealer-8")) {
            assertThat(hub.submit(other, "dealer-8", CLAIMS, id, "x").statusCode())
                    .isEqualTo(201);
        }
    }

    /// 20 documents at once.
    @ParameterizedTest
    @ValueSource(strings = {"opel/prices", "opel/strict"})
    void eachDocumentOfAFlatFileCounts(String flow) throws Exception {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 25; i++) {
            lines.add(FlatFormats.price("A" + i));
        }
        byte[] file = FlatFormats.prices(lines).getBytes(StandardCharsets.UTF_8);
        try (HttpClient dealer = hub.client("dealer-7")) {
            HttpRequest.Builder request =
                    hub.submission("dealer-7", flow, "list", file).header("Content-Type", "text/csv");
            HttpResponse<String> taken = dealer.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
            assertThat(taken.body()).contains("\"accepted\":25");
            HttpResponse<String> next = hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "x");
            assertThat(next.statusCode()).isEqualTo(429);
            assertThat(next.headers().firstValue("Retry-After").map(Integer::parseInt))
                    .as("5 too many and one more, 6 a minute")
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(50, 60));
        }
        assertOthersAreServed("claim-2");
    }

    @Test
    void everyAnswerToASubmissionSaysWhatIsLeft() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            HttpResponse<String> first = hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "12345");
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(first.headers().firstValue("RateLimit-Policy"))
                    .contains("\"documents\";q=20;w=200, \"bytes\";q=1000000;w=60;qu=\"content-bytes\"");
            assertThat(first.headers().firstValue("RateLimit").orElseThrow())
                    .matches("\"documents\";r=19;t=(9|10), \"bytes\";r=999995;t=1");
            HttpResponse<String> refused = hub.submit(dealer, "dealer-7", "opel/none", "claim-2", "x");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"documents\";r=18;");
            HttpResponse<String> more = hub.submit(centre, "opel-centre", CLAIMS, "d", "x");
            assertThat(more.headers().firstValue("RateLimit-Policy").orElseThrow())
                    .as("ten times as much for centres")
                    .startsWith("\"documents\";q=200;");
        }
    }

    @Test
    void oneDocumentTooManyIsRefusedBeforeItsBody() throws Exception {
        try (RawConnection dealer = connected("dealer-7")) {
            for (int i = 0; i < 20; i++) {
                dealer.send(RawConnection.submission("dealer-7", CLAIMS, "claim-" + i) + "Content-Length: 1\r\n\r\nx");
                assertThat(dealer.answer()).startsWith("http/1.1 201");
            }
            dealer.send(RawConnection.submission("dealer-7", CLAIMS, "claim-20") + "Content-Length: 200\r\n\r\n");
            assertThat(dealer.answer())
                    .startsWith("http/1.1 429")
                    .contains("\r\nretry-after: ")
                    .contains("\r\nratelimit: \"documents\";r=0;")
                    .contains("\"code\":\"too-many-requests\"");
        }
        assertOthersAreServed("claim-1");
    }

    /// Nothing of it was read, so it costs its sender nothing.
    @Test
    void whatIsRefusedForItsLengthIsNotCounted() throws Exception {
        for (String length : List.of("60000000000", "9000000000000000000")) {
            try (RawConnection dealer = connected("dealer-7")) {
                dealer.send(RawConnection.submission("dealer-7", "opel/note", "backup")
                        + "Expect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n");
                assertThat(dealer.answer()).startsWith("http/1.1 413");
            }
            try (RawConnection dealer = connected("dealer-7")) {
                dealer.send(
                        RawConnection.submission("dealer-7", CLAIMS, "claim-" + length) + "Content-Length: 1\r\n\r\nx");
                assertThat(dealer.answer()).startsWith("http/1.1 201");
            }
        }
    }

    @Test
    void openUploadsAreCountedAndFreedAgain() throws Exception {
        String head = RawConnection.submission("dealer-7", CLAIMS, "begun-1") + "Content-Length: 4\r\n\r\nbo";
        try (RawConnection first = connected("dealer-7");
                RawConnection second = connected("dealer-7");
                RawConnection third = connected("dealer-7")) {
            first.send(GREETING).answer();
            second.send(GREETING).answer();
            first.send(head);
            second.send(head.replace("begun-1", "begun-2"));
            String answer = "";
            for (int i = 0; i < 15 && !answer.startsWith("http/1.1 429"); i++) { // until both have arrived
                answer = third.send(head.replace("begun-1", "third") + "dy").answer();
            }
            assertThat(answer).startsWith("http/1.1 429");
            assertOthersAreServed("claim-2");
            assertThat(first.send("dy").answer()).startsWith("http/1.1 201");
        }
        assertOthersAreServed("claim-3");
    }

    @Test
    void aConnectionTooManyIsClosedAndOthersAreNot() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                RawConnection one = connected("dealer-7");
                open.add(one);
                assertThat(one.send(GREETING).answer()).startsWith("http/1.1 200");
            }
            try (RawConnection fifth = connected("dealer-7")) {
                assertThat(answer(fifth)).isEmpty();
            }
            assertOthersAreServed("claim-1");
            open.removeFirst().close();
            String answer = "";
            while (answer.isEmpty()) { // the hub learns of the end a moment later; the test's own limit ends this
                try (RawConnection again = connected("dealer-7")) {
                    answer = answer(again);
                }
            }
            assertThat(answer).startsWith("http/1.1 200");
        } finally {
            for (RawConnection one : open) {
                one.close();
            }
        }
    }

    /// What a greeting is answered with; empty when the connection is closed instead.
    private static String answer(RawConnection connection) {
        try {
            return connection.send(GREETING).answer();
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    void whoHammersOnIsAnsweredLater() throws Exception {
        try (RawConnection dealer = connected("dealer-7")) {
            String call = RawConnection.submission("dealer-7", CLAIMS, "claim") + "Content-Length: 1\r\n\r\nx";
            Duration longest = Duration.ZERO;
            for (int tries = 0; tries < 300 && longest.toSeconds() < Visitor.Slowness.SECONDS; tries++) {
                long began = System.nanoTime();
                String answer = dealer.send(call).answer();
                if (answer.startsWith("http/1.1 429")) {
                    longest = Duration.ofNanos(System.nanoTime() - began);
                }
            }
            assertThat(longest)
                    .as("60 refusals are told at once")
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(Visitor.Slowness.SECONDS));
        }
        assertOthersAreServed("claim-1");
    }
}
