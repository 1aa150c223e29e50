package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pulls that wait cost memory, so a party has few of them, and nobody's outlives its client.
@Timeout(60)
class LongPollsTest {

    private RunningHub hub;
    private HttpClient centre;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder);
        centre = hub.client("opel-centre");
    }

    @AfterEach
    void stop() {
        centre.shutdownNow();
        hub.close();
    }

    private CompletableFuture<HttpResponse<String>> poll() {
        return centre.sendAsync(
                HttpRequest.newBuilder(hub.uri("/v1/inbox?wait=50")).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void oneMoreThanAPartyMayHaveEndsItsOldest() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
        for (int i = 1; i <= InboxDoor.POLLS_PER_PARTY_MAX; i++) {
            polls.add(poll());
            hub.requirePullsWaiting(i);
        }
        polls.add(poll());
        HttpResponse<String> oldest = polls.getFirst().get(20, TimeUnit.SECONDS);
        assertThat(oldest.statusCode()).isEqualTo(200);
        assertThat(oldest.body()).isEqualTo("[]");
        assertThat(polls.subList(1, polls.size())).noneMatch(CompletableFuture::isDone);
        hub.requirePullsWaiting(InboxDoor.POLLS_PER_PARTY_MAX);
    }

    @Test
    void whoseClientIsGoneIsForgotten() throws Exception {
        CompletableFuture<HttpResponse<String>> poll = poll();
        hub.requirePullsWaiting(1);
        poll.cancel(true);
        hub.requirePullsWaiting(0);
    }
}
