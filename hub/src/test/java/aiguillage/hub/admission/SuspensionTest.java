package aiguillage.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.Credential;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is suspended gets nothing and loses nothing.
class SuspensionTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final PartyId CENTRE = new PartyId("opel-centre");

    @TempDir
    private Path folder;

    private RunningHub hub() throws Exception {
        return new RunningHub(
                RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system()), InstantSource.system());
    }

    @Test
    void aSuspendedPartyIsRefusedInWordsAlsoAfterARestartAndWhatIsForItWaits() throws Exception {
        Credential centre;
        try (RunningHub hub = hub()) {
            centre = hub.credential("opel-centre");
            HttpResponse<String> standing = stand(hub, "suspend");
            assertThat(standing.body())
                    .contains("\"suspended\":true", "\"reason\":\"strange orders\"", "\"by\":\"operator\"");
            try (HttpClient dealer = hub.client("dealer-7")) {
                assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content")
                                .statusCode())
                        .isEqualTo(201);
            }
        }
        try (RunningHub hub = hub();
                HttpClient client = hub.client(centre)) {
            HttpResponse<String> refused = hub.get(client, "/v1/inbox");
            assertThat(refused.statusCode())
                    .as("what no gateway takes for the end of a document")
                    .isEqualTo(401);
            assertThat(refused.body())
                    .contains("\"code\":\"party-suspended\"", "goes on waiting")
                    .doesNotContain("strange");
            assertThat(stand(hub, "resume").body()).contains("\"suspended\":false");
            assertThat(hub.get(client, "/v1/inbox").body()).contains("\"claim-1\"");
        }
    }

    @Test
    void itsOpenStreamEndsAndOthersGoOn() throws Exception {
        try (RunningHub hub = hub();
                RawConnection theirs = stream(hub, "opel-centre");
                RawConnection others = stream(hub, "opel-audit")) {
            stand(hub, "suspend");
            assertThat(theirs.endsWithin(Duration.ofSeconds(10))).isTrue();
            assertThat(others.endsWithin(Duration.ofMillis(50))).isFalse();
        }
    }

    @Test
    void itsCodeGivesNoCertificateAndStaysGood() throws Exception {
        try (RunningHub hub = hub()) {
            stand(hub, "suspend");
            assertThatThrownBy(() -> hub.enrolled("opel-centre"))
                    .as("an answer without a certificate")
                    .isInstanceOf(ClassCastException.class);
            assertThat(hub.inside().admission().codes(CENTRE))
                    .singleElement()
                    .satisfies(code -> assertThat(code.isUsed()).isFalse());
        }
    }

    @Test
    void whatIsAlreadySoIsNoEntryAndNobodyUnknownIsSuspended() throws Exception {
        try (RunningHub hub = hub()) {
            Admission admission = hub.inside().admission();
            assertThat(admission.suspend(CENTRE, "one", "operator:ada")).isTrue();
            assertThat(admission.suspend(CENTRE, "two", "operator:bob")).isFalse();
            assertThat(admission.suspension(CENTRE).orElseThrow().by()).isEqualTo("operator:ada");
            assertThat(admission.resume(CENTRE, "one", "operator:ada")).isTrue();
            assertThat(admission.resume(CENTRE, "one", "operator:ada")).isFalse();
            String reason = "{\"reason\":\"r\"}";
            assertThat(hub.operator("/operator/parties/nobody/suspend", reason).statusCode())
                    .isEqualTo(404);
            assertThat(hub.operator("/operator/parties/nobody/resume", reason).statusCode())
                    .isEqualTo(404);
            assertThat(hub.operator("/operator/parties/opel-centre/suspend", "{}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private static RawConnection stream(RunningHub hub, String party) throws Exception {
        RawConnection connection = RawConnection.tls(hub.parties().context(hub.credential(party)), hub.mainPort());
        connection.send("GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(connection.until("retry: ")).startsWith("HTTP/1.1 200");
        return connection;
    }

    private static HttpResponse<String> stand(RunningHub hub, String word) throws Exception {
        HttpResponse<String> answer =
                hub.operator("/operator/parties/opel-centre/" + word, "{\"reason\":\"strange orders\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
