package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.SmallDisk;
import aiguillage.hub.testing.Until;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A hub whose disk becomes really full. Skipped where the system does not let a user mount a small one.
@Timeout(180)
class FullDiskTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final long RESERVE_BYTES = 20_000_000;
    private static final int LARGE_BYTES = 200_000;
    private static final int DOCUMENTS_MAX = 3_000;

    @TempDir
    Path folder;

    private SmallDisk disk;
    private HttpClient dealer;
    private HttpClient centre;

    @BeforeEach
    void mount() throws Exception {
        RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        Path data = Files.createDirectory(folder.resolve("data"));
        SmallDisk mounted = SmallDisk.mount(data, "400m").orElse(null);
        Assumptions.assumeTrue(mounted != null, "this user may not mount a tmpfs (unshare -rm)");
        disk = mounted;
        var parties = new Parties(folder.resolve("ca"), InstantSource.system());
        dealer = parties.client("dealer-7");
        centre = parties.client("opel-centre");
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            dealer.shutdownNow();
            centre.shutdownNow();
            disk.close();
        }
    }

    private HubProcess start(long reserveBytes) throws IOException {
        return HubProcess.start(
                disk.within(),
                System.getProperty("java.class.path"),
                folder,
                "-D" + HubProcess.RESERVE + "=" + reserveBytes);
    }

    @Test
    void deliveriesGoOnAndWhenThereIsRoomAgainDocumentsAreTakenWithoutARestart() throws Exception {
        try (HubProcess hub = start(RESERVE_BYTES)) {
            hub.awaitReady();
            assertThat(submit(hub, "claim-1", 1_000).statusCode()).isEqualTo(201);
            awaitReady(hub, 200);

            disk.fill(RESERVE_BYTES / 2);
            awaitReady(hub, 503);
            HttpResponse<String> refused = submit(hub, "claim-2", 1_000);
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains("disk-full");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(get(hub, "/v1/inbox").body()).contains("claim-1");
            assertThat(acknowledge(hub, "[2]").body()).contains("\"acknowledged\":1");

            disk.empty();
            awaitReady(hub, 200);
            assertThat(submit(hub, "claim-2", 1_000).statusCode()).isEqualTo(201);
            assertThat(hub.stop()).isZero();
        }
    }

    @Test
    void aHubThatCannotWriteItsJournalStopsAndLosesNothingItGaveAReceiptFor() throws Exception {
        Map<String, String> receipts;
        try (HubProcess hub = start(1_000_000)) {
            hub.awaitReady();
            disk.fill(1_000_000 + 2 * LARGE_BYTES);
            receipts = submitUntilItStops(hub);
            assertThat(hub.awaitEnd(Duration.ofSeconds(30))).isEqualTo(70);
            assertThat(hub.said()).contains("the hub failed", "No space left on device");
        }
        assertThat(receipts).isNotEmpty();
        disk.fill(0);
        try (HubProcess full = start(1_000_000)) {
            assertThatThrownBy(full::awaitReady)
                    .hasMessageContaining("the hub did not start")
                    .hasMessageContaining("No space left on device");
        }
        disk.empty();
        try (HubProcess hub = start(1_000_000)) {
            hub.awaitReady();
            LedgerKey.Public key = LedgerKey.Public.ofText(Files.readString(disk.outside("ledger.vkey")));
            for (Map.Entry<String, String> one : receipts.entrySet()) {
                Receipt.verify(one.getValue().getBytes(StandardCharsets.UTF_8), key);
                HttpResponse<String> again = submit(hub, one.getKey(), LARGE_BYTES);
                assertThat(again.statusCode()).isEqualTo(200);
                assertThat(again.body()).isEqualTo(one.getValue());
            }
            assertThat(submit(hub, "new", LARGE_BYTES).statusCode()).isEqualTo(201);
            assertThat(hub.stop()).isZero();
        }
    }

    /// Documents until the journal's file cannot grow. Should the hub notice the short disk first, it refuses
    /// documents; then the rest of the disk is taken, too, and acknowledgements go on until it stops.
    private Map<String, String> submitUntilItStops(HubProcess hub) throws Exception {
        var receipts = new LinkedHashMap<String, String>();
        for (int i = 0; i < DOCUMENTS_MAX && hub.isAlive(); i++) {
            try {
                HttpResponse<String> answer = submit(hub, "claim-" + i, LARGE_BYTES);
                if (answer.statusCode() == 201) {
                    receipts.put("claim-" + i, answer.body());
                } else if (answer.statusCode() == 507) {
                    disk.fill(0);
                    acknowledge(hub, "[" + (2 + i % receipts.size()) + "]");
                } else {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                }
            } catch (IOException gone) {
                return receipts;
            }
        }
        return receipts;
    }

    private HttpResponse<String> submit(HubProcess hub, String id, int bytes) throws Exception {
        var payload = new byte[bytes];
        new Random(id.hashCode()).nextBytes(payload);
        return dealer.send(
                request(hub, "/v1/documents")
                        .header("ce-specversion", "1.0")
                        .header("ce-id", id)
                        .header("ce-source", PartyId.URN_PREFIX + "dealer-7")
                        .header("ce-type", CLAIMS)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(HubProcess hub, String path) throws Exception {
        return centre.send(request(hub, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> acknowledge(HubProcess hub, String positions) throws Exception {
        return centre.send(
                request(hub, "/v1/inbox/acknowledgements")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"acknowledge\":" + positions + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(HubProcess hub, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + hub.mainPort() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private void awaitReady(HubProcess hub, int status) throws Exception {
        HttpRequest ready = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + hub.operationsPort() + "/health/ready"))
                .build();
        Until.holds(
                "ready is " + status,
                () -> centre.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == status);
    }
}
