package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// I3 over the wire: every end is visible, the sender is told, and one bad document holds back nobody.
class NothingDroppedOverTheWireTest {

    private static final String CLAIMS = "opel/warranty-claim";

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @TempDir
    Path folder;

    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;

    @BeforeEach
    void start() throws Exception {
        String flows = RunningHub.FLOWS.replace(
                "copies: [opel-audit] }", "copies: [opel-audit], offered-for: 2d, kept-for: 3d }");
        hub = new RunningHub(folder, flows, clock);
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
    void aPoisonDocumentIsQuarantinedReleasedAndReturnedWhileOthersGoOn() throws Exception {
        submit("poison", CLAIMS);
        submit("good", CLAIMS);
        long poison = position(inbox(centre), "poison");
        assertThat(end("{\"reject\":[{\"position\":" + poison + ",\"reason\":\"unreadable\"}]}"))
                .isEqualTo("{\"acknowledged\":0,\"rejected\":1,\"ended\":0}");
        assertThat(ids(inbox(centre))).containsExactly("good");
        assertThat(end("{\"acknowledge\":[" + poison + "]}"))
                .isEqualTo("{\"acknowledged\":0,\"rejected\":0,\"ended\":1}");
        assertThat(hub.get(centre, "/v1/inbox/quarantine").body()).contains("unreadable", "\"id\":\"poison\"");
        assertThat(states(inbox(dealer))).containsExactly("rejected");

        assertThat(hub.post(centre, "/v1/inbox/quarantine/" + poison + "/release", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.post(centre, "/v1/inbox/quarantine/" + poison + "/release", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ids(inbox(centre))).containsExactly("good", "poison");

        long again = position(inbox(centre), "poison");
        end("{\"reject\":[{\"position\":" + again + ",\"reason\":\"still unreadable\"}]}");
        assertThat(hub.operator("/operator/quarantine/opel-centre/" + again + "/return", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.get(centre, "/v1/inbox/quarantine").body()).isEqualTo("[]");
        assertThat(states(inbox(dealer))).containsExactly("rejected", "rejected", "returned");
        assertThat(hub.get(dealer, "/v1/documents/poison").body())
                .contains("\"what\":\"rejected\"", "\"what\":\"released\"", "\"state\":\"returned\"");
    }

    /// The dealer's gateway could not use it yet; once released it is the same notice at another position.
    @Test
    void aReleasedNoticeSaysTheSame() throws Exception {
        submit("claim-1", CLAIMS);
        end("{\"acknowledge\":[" + position(inbox(centre), "claim-1") + "]}");
        JsonNode notice = inbox(dealer).get(0);
        long position = notice.at("/position").asLong();
        hub.post(
                dealer,
                "/v1/inbox/acknowledgements",
                "{\"reject\":[{\"position\":" + position + ",\"reason\":\"no such brand\"}]}");
        assertThat(inbox(dealer)).isEmpty();
        assertThat(hub.post(dealer, "/v1/inbox/quarantine/" + position + "/release", "")
                        .statusCode())
                .isEqualTo(200);
        JsonNode again = inbox(dealer).get(0);
        assertThat(again.at("/position").asLong()).isGreaterThan(position);
        for (String member : List.of("/id", "/subject", "/data_base64", "/digest", "/bytes", "/time")) {
            assertThat(again.at(member)).as(member).isEqualTo(notice.at(member));
        }
        assertThat(states(inbox(dealer))).containsExactly("delivered");
    }

    @Test
    void aRequestThatCannotBeReadEndsNothing() throws Exception {
        submit("claim-1", CLAIMS);
        long position = position(inbox(centre), "claim-1");
        for (String upTo : List.of("7", "{}", "{\"position\":9,\"flow\":\"?\"}")) {
            String problem = end("{\"acknowledge\":[" + position + "],\"acknowledgeUpTo\":" + upTo + "}");
            assertThat(problem).as(upTo).contains("bad-request");
        }
        assertThat(ids(inbox(centre))).containsExactly("claim-1");
    }

    @Test
    void whatNobodyTakesExpiresAndItsPayloadGoesWhenItsTimeHasCome() throws Exception {
        submit("late", CLAIMS);
        clock.advance(Duration.ofDays(2));
        assertThat(states(awaitInbox(dealer, 1))).containsExactly("expired");
        assertThat(inbox(centre)).isEmpty();
        assertThat(hub.get(dealer, "/v1/documents/late/payload").body()).isEqualTo("content");
        clock.advance(Duration.ofDays(1));
        HttpResponse<String> payload = hub.get(dealer, "/v1/documents/late/payload");
        for (int i = 0; i < 100 && payload.statusCode() == 200; i++) {
            hub.get(centre, "/v1/inbox?wait=1"); // the clock looks once a second
            payload = hub.get(dealer, "/v1/documents/late/payload");
        }
        assertThat(payload.statusCode()).isEqualTo(410);
        assertThat(payload.body()).contains("payload-gone");
        assertThat(hub.get(dealer, "/v1/documents/late").body()).contains("payload-removed");
        assertThat(Call.JSON.readTree(
                        hub.get(dealer, "/v1/documents/late/receipts").body()))
                .hasSize(3);
    }

    @Test
    void flowsDoNotWaitForEachOtherAndUpToAFlowLeavesOthersAlone() throws Exception {
        submit("claim-1", CLAIMS);
        submit("note-1", "opel/note");
        submit("claim-2", CLAIMS);
        assertThat(ids(Call.JSON.readTree(
                        hub.get(centre, "/v1/inbox?flow=opel/note").body())))
                .containsExactly("note-1");
        assertThat(end("{\"acknowledgeUpTo\":{\"position\":1000,\"flow\":\"" + CLAIMS + "\"}}"))
                .isEqualTo("{\"acknowledged\":2,\"rejected\":0,\"ended\":0}");
        assertThat(ids(inbox(centre))).containsExactly("note-1");
        assertThat(end("{\"acknowledgeUpTo\":{\"position\":" + Long.MAX_VALUE + "}}"))
                .isEqualTo("{\"acknowledged\":1,\"rejected\":0,\"ended\":0}");
        assertThat(states(inbox(dealer))).containsExactly("delivered", "delivered"); // notes have no notices
    }

    @Test
    void aThousandAreAcknowledgedUpToAPositionAndTheRestStays() throws Exception {
        var sent = new ArrayList<java.util.concurrent.CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 2_500; i++) {
            sent.add(dealer.sendAsync(
                    hub.submission("dealer-7", "opel/note", "note-" + i, new byte[1])
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
            if (i % 100 == 99) {
                sent.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(201));
            }
        }
        JsonNode first =
                Call.JSON.readTree(hub.get(centre, "/v1/inbox?limit=1000").body());
        String thousandth = first.get(999).at("/position").asString();
        JsonNode next = Call.JSON.readTree(
                hub.get(centre, "/v1/inbox?limit=1000&after=" + thousandth).body());
        String upTo = next.get(999).at("/position").asString();
        assertThat(end("{\"acknowledgeUpTo\":{\"position\":" + upTo + "}}")).contains("\"acknowledged\":2000,");
        assertThat(Call.JSON.readTree(hub.get(centre, "/v1/inbox?limit=1000").body()))
                .hasSize(500);
    }

    private void submit(String id, String flow) throws Exception {
        assertThat(hub.submit(dealer, "dealer-7", flow, id, "content").statusCode())
                .isEqualTo(201);
    }

    private String end(String json) throws Exception {
        return hub.post(centre, "/v1/inbox/acknowledgements", json).body();
    }

    private JsonNode inbox(HttpClient party) throws Exception {
        return Call.JSON.readTree(hub.get(party, "/v1/inbox").body());
    }

    private JsonNode awaitInbox(HttpClient party, int size) throws Exception {
        JsonNode inbox = Call.JSON.readTree(hub.get(party, "/v1/inbox?wait=30").body());
        assertThat(inbox).hasSize(size);
        return inbox;
    }

    private static long position(JsonNode inbox, String id) {
        return inbox.valueStream()
                .filter(event -> event.at("/id").asString().equals(id))
                .mapToLong(event -> Long.parseLong(event.at("/position").asString()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(JsonNode inbox) {
        return inbox.valueStream().map(event -> event.at("/id").asString()).toList();
    }

    private static List<String> states(JsonNode inbox) {
        return inbox.valueStream()
                .map(event -> Call.JSON
                        .readTree(event.at("/data_base64").binaryValue())
                        .at("/state")
                        .asString())
                .toList();
    }
}
