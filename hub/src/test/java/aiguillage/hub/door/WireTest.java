package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.proof.Receipt;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The wire as the JDK's own HTTP client sees it.
class WireTest {

    private static final String CLAIMS = "opel/warranty-claim";

    @TempDir
    Path folder;

    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;

    @BeforeEach
    void start() throws Exception {
        hub = new RunningHub(folder);
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
    }

    @AfterEach
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    @Test
    void aDocumentIsAcceptedWithAReceiptThatVerifiesOffline() throws Exception {
        HttpResponse<String> answer = hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        byte[] receipt = answer.body().getBytes(StandardCharsets.UTF_8);
        assertThat(Receipt.verify(receipt, hub.ledgerKey()).facts())
                .containsEntry("sender", "dealer-7")
                .containsEntry("id", "claim-1");
    }

    @Test
    void aRetryGetsTheSameReceipt() throws Exception {
        String first =
                hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content").body();
        HttpResponse<String> retry = hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        assertThat(retry.statusCode()).isEqualTo(200);
        assertThat(retry.body()).isEqualTo(first);
    }

    @Test
    void anotherContentUnderTheSameIdIsAConflictThatNamesBothDigests() throws Exception {
        hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        HttpResponse<String> answer = hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "other");
        assertThat(answer.statusCode()).isEqualTo(409);
        JsonNode problem = Call.JSON.readTree(answer.body());
        assertThat(problem.at("/code").asString()).isEqualTo("id-taken");
        assertThat(problem.at("/accepted/payload").asString())
                .startsWith("sha-256=:")
                .isNotEqualTo(problem.at("/offered/payload").asString());
    }

    @Test
    void theReaderPullsAcknowledgesAndTheSenderIsTold() throws Exception {
        hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        JsonNode inbox = Call.JSON.readTree(hub.get(centre, "/v1/inbox").body());
        assertThat(inbox).hasSize(1);
        JsonNode event = inbox.get(0);
        assertThat(event.at("/id").asString()).isEqualTo("claim-1");
        assertThat(event.at("/data_base64").binaryValue()).isEqualTo("content".getBytes(StandardCharsets.UTF_8));

        String position = event.at("/position").asString();
        HttpResponse<String> acknowledged =
                hub.post(centre, "/v1/inbox/acknowledgements", "{\"acknowledge\":[" + position + "]}");
        assertThat(acknowledged.body()).isEqualTo("{\"acknowledged\":1,\"rejected\":0,\"ended\":0}");
        assertThat(Call.JSON.readTree(hub.get(centre, "/v1/inbox").body())).isEmpty();

        JsonNode notice =
                Call.JSON.readTree(hub.get(dealer, "/v1/inbox").body()).get(0);
        assertThat(notice.at("/type").asString()).isEqualTo(CLAIMS + ".notice");
        assertThat(Call.JSON
                        .readTree(notice.at("/data_base64").binaryValue())
                        .at("/state")
                        .asString())
                .isEqualTo("delivered");
    }

    @Test
    void aLongPollIsAnsweredWhenSomethingComes() throws Exception {
        var polled = centre.sendAsync(
                java.net.http.HttpRequest.newBuilder(hub.uri("/v1/inbox?wait=30"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        hub.requirePullsWaiting(1);
        hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        assertThat(Call.JSON.readTree(polled.join().body())).hasSize(1);
    }
}
