package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.SignedRequests;
import aiguillage.hub.testing.TestClock;
import aiguillage.pki.Credential;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What happens between a document's headers and the end of its body, minutes later: the hub asks for the body (100
/// Continue) once it has looked at the headers, and the world changes before the body comes.
@Timeout(60)
class DuringAnUploadTest {

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    private RunningHub hub;
    private Credential credential;
    private HttpClient dealer;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(RunningHub.config(folder, RunningHub.FLOWS, clock), clock);
        credential = hub.credential("dealer-7");
        dealer = hub.client(credential);
    }

    @AfterEach
    void stop() {
        dealer.close();
        hub.close();
    }

    @Test
    void aSignatureIsAsFreshAsWhenItsHeadersCame() throws Exception {
        var signed = new SignedRequests(hub, credential, clock.instant());
        HttpRequest.Builder request = signed.request("slow", "content", signed.components("slow", "content"))
                .POST(body("content".getBytes(StandardCharsets.UTF_8), () -> clock.advance(Duration.ofMinutes(20))));
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void aSignatureThatIsOldWhenItsHeadersComeIsRefused() throws Exception {
        var signed = new SignedRequests(hub, credential, clock.instant());
        clock.advance(Duration.ofMinutes(20));
        assertThat(send(signed.request("old", "content", signed.components("old", "content")))
                        .body())
                .contains("signature-not-fresh");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return dealer.send(
                request.version(HttpClient.Version.HTTP_1_1)
                        .expectContinue(true)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Made only when the hub has asked for it: then its headers have been looked at.
    private static HttpRequest.BodyPublisher body(byte[] payload, Runnable meanwhile) {
        return HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofInputStream(() -> {
                    meanwhile.run();
                    return new ByteArrayInputStream(payload);
                }),
                payload.length);
    }
}
