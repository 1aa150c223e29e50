package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Bytes;
import aiguillage.hub.HubConfig;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While the disk is nearly full, new documents are told to come later, and what is there goes on its way.
class DiskFullTest {

    private static final String CLAIMS = "opel/warranty-claim";

    @Test
    void newDocumentsWaitWhileDeliveriesAndAcknowledgementsGoOn(@TempDir Path folder) throws Exception {
        HubConfig config = RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        try (var hub = new RunningHub(config, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content")
                            .statusCode())
                    .isEqualTo(201);
        }
        try (var hub = new RunningHub(RunningHub.reserving(Bytes.of("900000GB"), config), InstantSource.system());
                HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            HttpResponse<String> refused = hub.submit(dealer, "dealer-7", CLAIMS, "claim-2", "content");
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains("disk-full");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(hub.get(centre, "/v1/inbox").body()).contains("claim-1");
            assertThat(hub.post(centre, "/v1/inbox/acknowledgements", "{\"acknowledge\":[2]}")
                            .body())
                    .contains("\"acknowledged\":1");
            assertReady(hub, 503, "The disk is nearly full");
        }
        try (var hub = new RunningHub(config, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-2", "content")
                            .statusCode())
                    .isEqualTo(201);
            assertReady(hub, 200, "\"ready\":true");
        }
    }

    private static void assertReady(RunningHub hub, int status, String says) throws Exception {
        try (HttpClient anybody = HttpClient.newHttpClient()) {
            HttpResponse<String> ready = anybody.send(
                    HttpRequest.newBuilder(hub.operationsUri("/health/ready")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(ready.statusCode()).isEqualTo(status);
            assertThat(ready.body()).contains(says);
        }
    }
}
