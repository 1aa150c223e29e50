package aiguillage.hub.door.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.DescribedHub;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.EcKeys;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstMessages;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Codes that do not hold, over the wire: the same refusal for all of them, and nothing issued.
@Timeout(60)
class EnrolmentOverTheWireTest {

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    private RunningHub hub;
    private DescribedHub wire;
    private HttpClient nobody;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(RunningHub.config(folder, RunningHub.FLOWS, clock), clock);
        nobody = HttpClient.newBuilder()
                .sslContext(MutualTls.context(null, new PartyTrustManager(hub.anchors(), clock)))
                .sslParameters(MutualTls.parameters(true))
                .build();
        try (HttpClient dealer = hub.client("dealer-7")) {
            wire = new DescribedHub(hub, dealer);
        }
    }

    @AfterEach
    void stop() {
        nobody.close();
        hub.close();
    }

    @Test
    void aCodeHoldsOnce() throws Exception {
        String code = code("dealer-7", 72);
        assertThat(enrol("dealer-7", code).statusCode()).isEqualTo(200);
        requireRefused("dealer-7", code, 1);
    }

    @Test
    void aCodePastItsTimeIsRefused() throws Exception {
        String code = code("dealer-7", 1);
        clock.advance(Duration.ofMinutes(61));
        requireRefused("dealer-7", code, 0);
    }

    @Test
    void aCodeHoldsToItsLastMoment() throws Exception {
        String code = code("dealer-7", 1);
        clock.advance(Duration.ofMinutes(59));
        assertThat(enrol("dealer-7", code).statusCode()).isEqualTo(200);
    }

    @Test
    void aCodeNobodyIssuedIsRefused() throws Exception {
        requireRefused("dealer-7", EnrolmentCode.random(new SecureRandom()).printed(), 0);
        requireRefused("dealer-7", "nonsense", 0);
        requireRefused("NO PARTY", EnrolmentCode.random(new SecureRandom()).printed(), 0);
    }

    @Test
    void anotherPartysCodeIsRefusedAndStaysGood() throws Exception {
        String code = code("dealer-8", 72);
        requireRefused("dealer-7", code, 0);
        assertThat(enrol("dealer-8", code).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestThatIsNoneDoesNotCostTheCode() throws Exception {
        String code = code("dealer-7", 72);
        HttpResponse<String> answer =
                wire.send(nobody, request("dealer-7", code, "no request".getBytes(StandardCharsets.US_ASCII)));
        assertThat(answer.body()).contains("bad-request");
        assertThat(enrol("dealer-7", code).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyLargerThanAnyRequestIsRefusedAndDoesNotCostTheCode() throws Exception {
        String code = code("dealer-7", 72);
        HttpResponse<String> answer =
                wire.send(nobody, request("dealer-7", code, new byte[EstMessages.REQUEST_BODY_BYTES_MAX + 1]));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(enrol("dealer-7", code).statusCode()).isEqualTo(200);
    }

    @Test
    void whoseAnswerWasLostAsksAgainWithTheSameKey() throws Exception {
        String code = code("dealer-7", 72);
        byte[] body = EstMessages.body(CertificateRequest.create(EcKeys.generate(), new PartyId("dealer-7")));
        assertThat(wire.send(nobody, request("dealer-7", code, body)).statusCode())
                .isEqualTo(200);
        assertThat(wire.send(nobody, request("dealer-7", code, body)).statusCode())
                .isEqualTo(200);
        requireRefused("dealer-7", code, 2);
    }

    @Test
    void aRevokedPartysCodesAreVoid() throws Exception {
        String used = code("dealer-7", 72);
        String unused = code("dealer-7", 72);
        String others = code("dealer-8", 72);
        byte[] body = EstMessages.body(CertificateRequest.create(EcKeys.generate(), new PartyId("dealer-7")));
        assertThat(wire.send(nobody, request("dealer-7", used, body)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> revoked =
                wire.operator("/operator/revocations", "{\"party\":\"dealer-7\",\"reason\":\"PC stolen\"}");
        assertThat(Call.JSON.readTree(revoked.body())).hasSize(1);
        requireRefused("dealer-7", unused, 1);
        assertThat(wire.send(nobody, request("dealer-7", used, body)).statusCode())
                .isEqualTo(401);
        assertThat(enrol("dealer-8", others).statusCode()).isEqualTo(200);
        assertThat(enrol("dealer-7", code("dealer-7", 72)).statusCode())
                .as("a new code lets the dealer enrol again")
                .isEqualTo(200);
    }

    @Test
    void revokingAPartyThisHubGaveNothingSaysWhoCan() throws Exception {
        HttpResponse<String> answer =
                wire.operator("/operator/revocations", "{\"party\":\"dealer-9\",\"reason\":\"stolen\"}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Nothing was revoked", "corporate authority", "suspend it");
    }

    private String code(String party, int hours) throws Exception {
        String wish = "{\"party\":\"" + party + "\",\"hours\":" + hours + "}";
        return Call.JSON
                .readTree(wire.operator("/operator/enrolments", wish).body())
                .path("code")
                .asString();
    }

    private HttpResponse<String> enrol(String party, String code) throws Exception {
        String named = party.startsWith("dealer-") ? party : "dealer-7";
        byte[] body = EstMessages.body(CertificateRequest.create(EcKeys.generate(), new PartyId(named)));
        return wire.send(nobody, request(party, code, body));
    }

    private HttpRequest request(String party, String code, byte[] body) {
        String basic = Base64.getEncoder().encodeToString((party + ":" + code).getBytes(StandardCharsets.US_ASCII));
        return HttpRequest.newBuilder(hub.enrolmentUri("/.well-known/est/simpleenroll"))
                .header("Content-Type", EstMessages.REQUEST_TYPE)
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private void requireRefused(String party, String code, int issuedBefore) throws Exception {
        HttpResponse<String> answer = enrol(party, code);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"code-refused\"").doesNotContain(code);
        assertThat(Call.JSON.readTree(
                        wire.operator("/operator/certificates", null).body()))
                .as("nothing is issued")
                .hasSize(issuedBefore);
    }
}
