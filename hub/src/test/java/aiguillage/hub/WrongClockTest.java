package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.hub.testing.Until;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.signature.KeyId;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignatureHeaders;
import aiguillage.protocol.signature.SignedMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Clocks that are wrong lose no document, and whoever is told so is told both times.
@Timeout(120)
class WrongClockTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration OFFERED = Duration.ofDays(14);

    @TempDir
    Path folder;

    private final Instant right = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final TestClock clock = new TestClock(right.minus(DAY.multipliedBy(5)));
    private RunningHub hub;
    private Credential credential;
    private HttpClient dealer;
    private HttpClient centre;

    @BeforeEach
    void start() throws Exception {
        hub = new RunningHub(folder, RunningHub.FLOWS, clock); // its authority is older than all that follows
        clock.advance(DAY.multipliedBy(5));
        credential = longLived("dealer-7");
        dealer = hub.client(credential);
        centre = hub.client(longLived("opel-centre"));
    }

    @AfterEach
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    /// Valid on every day this test visits.
    private Credential longLived(String party) throws Exception {
        return hub.parties()
                .credential(party, new CertificateUse.Client(), right.minus(DAY.multipliedBy(5)), DAY.multipliedBy(60));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void aSignatureOfADayOffIsRefusedWithBothTimesAndTakenWhenTheClockIsSetRight(int days) throws Exception {
        clock.advance(DAY.multipliedBy(days)); // the hub's: the dealer's is right
        HttpResponse<String> refused = submitSigned("claim-1");
        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode problem = JsonMapper.shared().readTree(refused.body());
        assertThat(problem.path("code").asString()).isEqualTo("signature-not-fresh");
        assertThat(problem.path("detail").asString())
                .contains("created at " + right, clock.instant().toString(), "clock");
        clock.advance(DAY.multipliedBy(-days));
        assertThat(submitSigned("claim-1").statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> submitSigned(String id) throws Exception {
        byte[] payload = Documents.payload("content");
        Map<String, String> headers = new HashMap<>(Map.of(
                "ce-specversion",
                "1.0",
                "ce-id",
                id,
                "ce-source",
                PartyId.URN_PREFIX + "dealer-7",
                "ce-type",
                "opel/signed",
                "content-digest",
                Digest.of(payload).toString()));
        SignatureHeaders signed = MessageSignature.sign(
                new SignedMessage("POST", "/v1/documents", headers),
                credential.key(),
                KeyId.of(credential.chain().leaf()),
                right);
        headers.put(SignatureHeaders.INPUT_NAME, signed.signatureInput());
        headers.put(SignatureHeaders.SIGNATURE_NAME, signed.signature());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.uri("/v1/documents")).POST(HttpRequest.BodyPublishers.ofByteArray(payload));
        headers.forEach(request::header);
        return dealer.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "2016-12-31T23:59:59Z",
                "2099-01-01T00:00:00+14:00",
                "9999-12-31T23:59:59.999999999Z"
            })
    void whatTimeADocumentSaysChangesNothingButWhatItsReaderIsTold(String time) throws Exception {
        assertThat(submit("claim-1", time).statusCode()).isEqualTo(201);
        JsonNode offered =
                JsonMapper.shared().readTree(hub.get(centre, "/v1/inbox").body());
        assertThat(offered).hasSize(1);
        assertThat(Instant.parse(offered.get(0).path("time").asString()))
                .isEqualTo(java.time.OffsetDateTime.parse(time).toInstant());
        assertThat(state("claim-1")).isEqualTo("pending");
        clock.advance(OFFERED.plusMillis(1));
        await("claim-1", "expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-02-30T00:00:00Z",
                "2026-03-01",
                "+999999999-12-31T23:59:59Z",
                "9999-12-31T23:59:59-01:00"
            })
    void aTimeThatIsNoneIsRefusedAndNothingElse(String time) throws Exception {
        HttpResponse<String> refused = submit("claim-1", time);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("bad-envelope", "ce-time");
        assertThat(submit("claim-1", "2026-03-01T12:00:00Z").statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> submit(String id, String time) throws Exception {
        return dealer.send(
                hub.submission("dealer-7", CLAIMS, id, Documents.payload("content"))
                        .header("ce-time", time)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aClockThatJumpsBackChangesNeitherOrderNorReceiptsAndNothingExpiresEarly() throws Exception {
        HttpResponse<String> first = submit("claim-1");
        clock.advance(DAY.negated());
        HttpResponse<String> second = submit("claim-2");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(position(second)).isGreaterThan(position(first));
        assertThat(ids()).containsExactly("claim-1", "claim-2");
        HttpResponse<String> retry = submit("claim-1");
        assertThat(retry.statusCode()).isEqualTo(200);
        assertThat(retry.body()).isEqualTo(first.body());

        clock.advance(OFFERED); // the second was offered a day earlier: only its offer is over
        await("claim-2", "expired");
        assertThat(ids()).containsExactly("claim-1");
        clock.advance(DAY.multipliedBy(3).negated());
        HttpResponse<String> third = submit("claim-3");
        assertThat(position(third)).isGreaterThan(position(second) + 1);
        assertThat(state("claim-2")).isEqualTo("expired");
        assertThat(ids()).containsExactly("claim-1", "claim-3");
        assertThat(hub.post(centre, "/v1/inbox/acknowledgements", "{\"acknowledge\":[" + position(first) + "]}")
                        .body())
                .contains("\"acknowledged\":1");
        assertThat(state("claim-1")).isEqualTo("delivered");
        clock.advance(DAY.multipliedBy(3));
        assertThat(state("claim-3")).isEqualTo("pending");
    }

    private HttpResponse<String> submit(String id) throws Exception {
        return hub.submit(dealer, "dealer-7", CLAIMS, id, "content");
    }

    private long position(HttpResponse<String> receipt) throws Exception {
        return Receipt.verify(receipt.body().getBytes(StandardCharsets.UTF_8), hub.ledgerKey())
                .position()
                .value();
    }

    private List<String> ids() throws Exception {
        JsonNode offered =
                JsonMapper.shared().readTree(hub.get(centre, "/v1/inbox").body());
        return offered.valueStream().map(event -> event.path("id").asString()).toList();
    }

    private String state(String id) throws Exception {
        return JsonMapper.shared()
                .readTree(hub.get(dealer, "/v1/documents/" + id).body())
                .at("/deliveries/0/state")
                .asString();
    }

    private void await(String id, String state) throws Exception {
        Until.holds(id + " is " + state, () -> state(id).equals(state));
    }
}
