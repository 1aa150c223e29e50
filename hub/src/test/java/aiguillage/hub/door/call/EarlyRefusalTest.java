package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A refusal reaches its caller though the body was not read: otherwise the same would be sent for ever.
class EarlyRefusalTest {

    @Test
    void overHttp2ARefusalIsReadByAClientThatIsStillSending(@TempDir Path folder) throws Exception {
        try (RunningHub hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7")) {
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 50; i++) {
                answers.add(dealer.sendAsync(
                        hub.submission("dealer-7", "opel/no-such-flow", "claim-" + i, new byte[i * 20_000])
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.join().body()).contains("not-authorised");
            }
            HttpRequest tooLarge = hub.submission("dealer-7", "opel/note", "large", new byte[0])
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[10_000_000]))
                    .build();
            assertThat(dealer.send(tooLarge, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    @Timeout(60)
    void overHttp2RefusedBodiesLeaveTheConnectionUsable(@TempDir Path folder) throws Exception {
        try (RunningHub hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7")) {
            for (int i = 0; i < 30; i++) { // together many times what a connection may have on its way
                HttpRequest refused = hub.submission("dealer-7", "opel/no-such-flow", "large-" + i, new byte[0])
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000]))
                        .build();
                assertThat(dealer.send(refused, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(403);
                HttpResponse<String> taken =
                        hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-" + i, "x".repeat(200_000));
                assertThat(taken.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(taken.statusCode()).isEqualTo(201);
            }
        }
    }
}
