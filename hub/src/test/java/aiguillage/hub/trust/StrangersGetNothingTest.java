package aiguillage.hub.trust;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// I8: without a valid certificate no byte of a request body is read; and who loses it loses the connection.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it holds the hub to a second")
class StrangersGetNothingTest {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private final Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final String CLAIMS = "opel/warranty-claim";

    private final TestClock clock = new TestClock(began);
    private RunningHub hub;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(RunningHub.config(folder, RunningHub.FLOWS, clock), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void whoHasNoCertificateGetsNoAnswer() throws Exception {
        assertNothing(MutualTls.context(null, new PartyTrustManager(hub.anchors(), clock)));
    }

    @Test
    void anExpiredCertificateGetsNoAnswer() throws Exception {
        Credential credential = hub.parties()
                .credential("dealer-7", new CertificateUse.Client(), clock.instant(), Duration.ofMinutes(30));
        clock.advance(Duration.ofMinutes(31));
        assertNothing(hub.parties().context(credential));
    }

    @Test
    void aCertificateThatDoesNotHoldYetGetsNoAnswer() throws Exception {
        Credential credential = hub.parties()
                .credential(
                        "dealer-7",
                        new CertificateUse.Client(),
                        clock.instant().plus(Duration.ofDays(10)),
                        Duration.ofDays(1));
        assertNothing(hub.parties().context(credential));
    }

    @Test
    void aCertificateOfAnotherAuthorityGetsNoAnswer(@TempDir Path other) throws Exception {
        CertificateAuthority.init(other.resolve("ca"), "Test", null, began);
        Credential theirs = new Parties(other.resolve("ca"), clock).credential("dealer-7");
        assertNothing(MutualTls.context(new PartyKeyManager(theirs), new PartyTrustManager(hub.anchors(), clock)));
    }

    @Test
    void aPartyTheTableDoesNotKnowIsToldSoAndGetsNothingElse() throws Exception {
        try (HttpClient stranger = hub.client("stranger-1")) {
            HttpResponse<String> submitted = hub.submit(stranger, "stranger-1", CLAIMS, "claim-1", "content");
            assertThat(submitted.statusCode()).isEqualTo(403);
            assertThat(submitted.body()).contains("\"code\":\"party-unknown\"");
            for (String path :
                    List.of("/v1/inbox", "/v1/inbox/stream", "/v1/documents/claim-1", "/v1/ledger/checkpoint")) {
                assertThat(hub.get(stranger, path).body()).contains("party-unknown");
            }
        }
    }

    @Test
    void aRevokedCertificateIsRefusedAndItsSuccessorIsNot() throws Exception {
        Credential old = hub.credential("dealer-8");
        try (HttpClient before = hub.client(old);
                HttpClient after = hub.client(hub.credential("dealer-8"))) {
            assertThat(hub.get(before, "/v1/inbox").statusCode()).isEqualTo(200);
            assertThat(hub.get(after, "/v1/inbox").statusCode()).isEqualTo(200); // both hold at once
            revoke(old);
            try (HttpClient again = hub.client(old)) {
                HttpResponse<String> refused = hub.get(again, "/v1/inbox");
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.body()).contains("certificate-revoked");
            }
            assertThat(hub.get(after, "/v1/inbox").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRevocationClosesOpenConnectionsStreamsAndUploadsWithinASecond() throws Exception {
        Credential credential = hub.credential("dealer-7");
        SSLContext context = hub.parties().context(credential);
        try (RawConnection idle = used(context);
                RawConnection stream = stream(context);
                RawConnection upload = RawConnection.tls(context, hub.mainPort())) {
            upload.send(RawConnection.submission("dealer-7", CLAIMS, "broken-1") + "Content-Length: 1000\r\n\r\nhalf");
            upload.send("more");
            revoke(credential);
            assertEndWithinASecond(idle, stream, upload);
        }
        try (HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.get(dealer, "/v1/documents/broken-1").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aCertificateThatExpiresClosesItsConnections() throws Exception {
        Credential shortLived =
                hub.parties().credential("dealer-9", new CertificateUse.Client(), clock.instant(), Duration.ofHours(1));
        SSLContext context = hub.parties().context(shortLived);
        try (RawConnection idle = used(context);
                RawConnection stream = stream(context)) {
            clock.advance(Duration.ofHours(1).plusSeconds(1));
            assertEndWithinASecond(idle, stream);
        }
    }

    @Test
    void aPartyThatLeavesTheTableLosesItsConnections() throws Exception {
        SSLContext context = hub.parties().context(hub.credential("dealer-9"));
        try (RawConnection stream = stream(context)) {
            String without = RunningHub.FLOWS.replaceAll("(?m)^ *dealer-9:.*\\n", "");
            assertThat(hub.operator("/operator/flows", without).statusCode()).isEqualTo(200);
            assertEndWithinASecond(stream);
        } finally {
            assertThat(hub.operator("/operator/flows", RunningHub.FLOWS).statusCode())
                    .isEqualTo(200);
        }
    }

    /// Sends a whole submission, and requires that the hub says nothing at all and keeps nothing.
    private void assertNothing(SSLContext context) throws Exception {
        try (RawConnection connection = RawConnection.tls(context, hub.mainPort())) {
            String answer = "";
            try {
                connection.send(
                        RawConnection.submission("dealer-7", CLAIMS, "stranger") + "Content-Length: 4\r\n\r\nbody");
                answer = connection.answer();
            } catch (IOException refused) {
                assertThat(refused).isNotInstanceOf(java.net.SocketTimeoutException.class);
            }
            assertThat(answer).isEmpty();
        }
        try (HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.get(dealer, "/v1/documents/stranger").statusCode()).isEqualTo(404);
        }
    }

    private RawConnection used(SSLContext context) throws IOException {
        RawConnection connection = RawConnection.tls(context, hub.mainPort());
        connection.send("GET /v1/inbox HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(connection.answer()).startsWith("http/1.1 200");
        return connection;
    }

    private RawConnection stream(SSLContext context) throws IOException {
        RawConnection connection = RawConnection.tls(context, hub.mainPort());
        connection.send("GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(connection.until("retry: ")).startsWith("HTTP/1.1 200");
        return connection;
    }

    private static void assertEndWithinASecond(RawConnection... connections) throws IOException {
        long until = System.nanoTime() + ONE_SECOND.toNanos();
        for (RawConnection connection : connections) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()));
            assertThat(connection.endsWithin(left)).isTrue();
        }
    }

    private void revoke(Credential credential) throws Exception {
        String serial = credential.chain().leaf().getSerialNumber().toString(16);
        assertThat(hub.operator("/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"lost\"}")
                        .body())
                .isEqualTo("[\"" + serial + "\"]");
    }
}
