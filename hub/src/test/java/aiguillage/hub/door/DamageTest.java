package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.testing.Damage;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored is not what was written: it is never served, and the hub stops.
class DamageTest {

    private static final String CLAIMS = "opel/warranty-claim";

    @TempDir
    Path folder;

    @Test
    void aDamagedEntryIsNotServedAndStopsTheHub() throws Exception {
        flipAfterOneSubmission("entries");
        assertStopped("/v1/documents/claim-1");
    }

    @Test
    void aDamagedPayloadIsNotServedAndStopsTheHub() throws Exception {
        flipAfterOneSubmission("payloads");
        assertStopped("/v1/documents/claim-1/payload");
    }

    @Test
    void aDamagedDeliveryStopsTheHubFromALongPollAndAStream() throws Exception {
        flipAfterOneSubmission("pending");
        var hub = new RunningHub(folder);
        try (HttpClient centre = hub.client("opel-centre")) {
            HttpResponse<java.io.InputStream> stream = centre.send(
                    java.net.http.HttpRequest.newBuilder(hub.uri("/v1/inbox/stream"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            String said;
            try {
                said = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.io.IOException cut) {
                said = "";
            }
            assertThat(said).doesNotContain("claim-1");
            assertThat(hub.awaitFailure()).isInstanceOf(CorruptRecord.class);
        }
        hub.closeFailed();
    }

    /// A refusal is final for its sender, so it is told only when the journal has it.
    @Test
    void aRefusalThatCannotBeRecordedIsNotTold() throws Exception {
        String flows = RunningHub.FLOWS + "  opel/keyed: { from: dealer, to: opel-centre, keys: { vin: /vin } }\n";
        try (var hub = new RunningHub(folder, flows, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        }
        Damage.flipLast(folder, "documents");
        var hub = new RunningHub(folder, flows, InstantSource.system());
        try (HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
            assertThat(hub.awaitFailure()).isInstanceOf(CorruptRecord.class);
            HttpResponse<String> answer = dealer.send(
                    hub.submission("dealer-7", "opel/keyed", "keyed-1", new byte[] {'{'})
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        }
        hub.closeFailed();
    }

    private void assertStopped(String path) throws Exception {
        var hub = new RunningHub(folder);
        try (HttpClient dealer = hub.client("dealer-7")) {
            HttpResponse<String> answer = hub.get(dealer, path);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("\"code\":\"failed\"").doesNotContain("content");
            assertThat(hub.awaitFailure())
                    .isInstanceOf(CorruptRecord.class)
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining("restore the last backup");
        }
        hub.closeFailed();
    }

    private void flipAfterOneSubmission(String table) throws Exception {
        try (var hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content")
                            .statusCode())
                    .isEqualTo(201);
        }
        Damage.flipLast(folder, table);
    }
}
