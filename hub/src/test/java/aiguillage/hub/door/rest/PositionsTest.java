package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A position the journal never reached: of another hub, or from before a restore. Without a word its reader would
/// get nothing.
@Timeout(60)
class PositionsTest {

    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder);
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
        hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-1", "content");
    }

    @AfterEach
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    private static void requireRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("Position 3 was never reached", "journal ends at 2", "begin again");
    }

    @Test
    void aPullBehindTheJournalsEndIsRefused() throws Exception {
        assertThat(hub.get(centre, "/v1/inbox?after=2").statusCode()).isEqualTo(200);
        requireRefused(hub.get(centre, "/v1/inbox?after=3"));
    }

    @Test
    void aStreamBehindTheJournalsEndIsRefused() throws Exception {
        HttpRequest stream = HttpRequest.newBuilder(hub.uri("/v1/inbox/stream"))
                .header("Last-Event-ID", "3")
                .build();
        requireRefused(centre.send(stream, HttpResponse.BodyHandlers.ofString()));
    }
}
