package aiguillage.hub.door.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.flows.Proposal;
import aiguillage.hub.flows.Proposals;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What was accepted stays accepted when another table comes into force (I2); what was not yet is decided by
/// the new one (I4, I6).
@Timeout(60)
class TableChangesTest {

    private static final String CHECKED = "opel/checked";
    private static final String FILMS = "opel/film";
    private static final String FLOWS =
            RunningHub.FLOWS + "  " + CHECKED + ": { from: dealer, to: opel-centre, schema: claim.json }\n";

    @TempDir
    Path folder;

    private RunningHub hub;
    private HttpClient dealer;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        schema("{\"type\":\"object\"}");
        hub = new RunningHub(folder, FLOWS, InstantSource.system());
        dealer = hub.client("dealer-7");
    }

    @AfterEach
    void stop() {
        dealer.close();
        hub.close();
    }

    private void schema(String text) throws Exception {
        Files.writeString(folder.resolve("schemas/claim.json"), text);
    }

    private void apply(String flows) throws Exception {
        HttpResponse<String> applied = hub.operator("/operator/flows", flows);
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    }

    private static String without(String flow) {
        return FLOWS.replaceFirst("(?m)^  " + flow + ":.*\n", "");
    }

    private HttpResponse<String> send(String flow, String id, byte[] payload) throws Exception {
        return dealer.send(
                hub.submission("dealer-7", flow, id, payload)
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> sendWithoutLength(String flow, String id, byte[] payload) throws Exception {
        return dealer.send(
                hub.submission("dealer-7", flow, id, payload)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(payload)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private long entries() throws Exception {
        return Call.JSON
                .readTree(hub.operator("/operator/status", null).body())
                .path("entries")
                .asLong();
    }

    /// Sent again, each way, the accepted document gets its receipt; another of its id is a conflict; neither
    /// leaves anything in the journal.
    private void assertStaysAccepted(String flow, byte[] payload, String receipt) throws Exception {
        long before = entries();
        for (HttpResponse<String> retry :
                Arrays.asList(send(flow, "one", payload), sendWithoutLength(flow, "one", payload))) {
            assertThat(retry.statusCode()).as(retry.body()).isEqualTo(200);
            assertThat(retry.body()).isEqualTo(receipt);
        }
        byte[] other = payload.clone();
        other[other.length - 2] ^= 1;
        byte[] longer = Arrays.copyOf(payload, payload.length + 1);
        for (byte[] another : Arrays.asList(other, longer)) {
            assertThat(send(flow, "one", another).statusCode()).isEqualTo(409);
            assertThat(sendWithoutLength(flow, "one", another).statusCode()).isEqualTo(409);
        }
        assertThat(entries()).isEqualTo(before);
    }

    private String accepted(String flow, byte[] payload) throws Exception {
        HttpResponse<String> accepted = send(flow, "one", payload);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        return accepted.body();
    }

    @Test
    void aChangeIsAppliedOverTheTableItWasMadeFor() throws Exception {
        apply(FLOWS);
        long inForce = hub.inside().parts().flows().inForce().position();
        assertThat(hub.operator("/operator/flows?over=" + inForce, without(CHECKED))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> late = hub.operator("/operator/flows?over=" + inForce, without(FILMS));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("table-overtaken");
        assertThat(hub.operator("/operator/flows", null).body()).isEqualTo(without(CHECKED));
    }

    @Test
    void tablesThatWereInForceAreKnownNewestFirst() throws Exception {
        apply(without(CHECKED));
        apply(without(FILMS));
        Proposals proposals = hub.inside().proposals();
        var past = proposals.past(Long.MAX_VALUE, 10);
        assertThat(past).extracting(one -> one.entry().text()).containsExactly(without(FILMS), without(CHECKED), FLOWS);
        assertThat(proposals.past(past.getFirst().position().value(), 1)).containsExactly(past.get(1));
        assertThat(proposals.previous(past.getLast().position())).isEmpty();
        assertThat(proposals.at(past.get(1).position().value())).isEqualTo(past.get(1));
        assertThatThrownBy(() -> proposals.at(past.getFirst().position().value() + 1))
                .isInstanceOf(Refused.class);
    }

    @Test
    void theTableOfAHubThatListedNoneIsKnownAsTheOneBefore() throws Exception {
        hub.close();
        try (RocksStore store = RocksStore.open(hub.data().store())) {
            var changes = new Changes();
            changes.delete(Table.TABLES, Key.of(1));
            store.write(changes);
        }
        hub = new RunningHub(folder, FLOWS, InstantSource.system());
        Proposals proposals = hub.inside().proposals();
        assertThat(proposals.past(Long.MAX_VALUE, 10)).hasSize(1);
        apply(without(CHECKED));
        var past = proposals.past(Long.MAX_VALUE, 10);
        assertThat(past).extracting(one -> one.entry().text()).containsExactly(without(CHECKED), FLOWS);
        assertThat(proposals.past(past.getFirst().position().value(), 10)).containsExactly(past.get(1));
        assertThat(proposals.at(1)).isEqualTo(past.get(1));
    }

    @Test
    void lookingAtAChangeChangesNothing() throws Exception {
        long before = entries();
        Proposals proposals = hub.inside().proposals();
        assertThat(proposals.look(without(FILMS)))
                .isInstanceOfSatisfying(
                        Proposal.Usable.class,
                        usable -> assertThat(usable.diff().lines()).contains("- flow " + FILMS));
        assertThat(proposals.look(FLOWS.replace("to: opel-centre", "to: opel-center")))
                .isInstanceOfSatisfying(
                        Proposal.Wrong.class,
                        wrong -> assertThat(wrong.problems().getFirst().toString())
                                .contains("flows.yaml:12:", "opel-centre"));
        assertThat(proposals.look(FLOWS.replace("claim.json", "other.json")))
                .isInstanceOfSatisfying(
                        Proposal.Unfit.class, unfit -> assertThat(unfit.why()).contains("other.json"));
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void whatWouldBecomeOfADocumentIsExplainedByWhatDecidesIt() throws Exception {
        String asked = "{\"sender\":\"dealer-7\",\"flow\":\"opel/note\"";
        JsonNode taken = explained(asked + "}");
        assertThat(taken.path("taken").asBoolean()).isTrue();
        assertThat(taken.at("/readers/0/party").asString()).isEqualTo("opel-centre");
        JsonNode large = explained(asked + ",\"bytes\":1001}");
        assertThat(large.at("/refused/code").asString()).isEqualTo("payload-too-large");
        assertThat(large.at("/steps/7/subject").asString()).isEqualTo("limits");
        assertThat(large.at("/steps/7/passes").asBoolean(true)).isFalse();
        assertThat(explained("{\"sender\":\"dealer-7\",\"flow\":\"opel/signed\"}")
                        .at("/refused/code")
                        .asString())
                .isEqualTo("signature-required");
        assertThat(explained("{\"sender\":\"dealer-9\",\"flow\":\"opel/note\"}")
                        .at("/refused/detail")
                        .asString())
                .isEqualTo("There is no flow opel/note on which dealer-9 may send.");
    }

    private JsonNode explained(String question) throws Exception {
        HttpResponse<String> answer = hub.operator("/operator/flows/explanations", question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Call.JSON.readTree(answer.body());
    }

    @Test
    void aRetryGetsItsReceiptAlthoughItsFlowIsGone() throws Exception { // I2
        byte[] payload = "{ }".getBytes(StandardCharsets.US_ASCII);
        String receipt = accepted(CHECKED, payload);
        apply(without(CHECKED));
        assertThat(send(CHECKED, "two", payload).statusCode()).isEqualTo(403);
        assertStaysAccepted(CHECKED, payload, receipt);
    }

    @Test
    void aRetryGetsItsReceiptAlthoughItsSchemaIsStricter() throws Exception { // I2
        byte[] payload = "{ }".getBytes(StandardCharsets.US_ASCII);
        String receipt = accepted(CHECKED, payload);
        schema("{\"type\":\"object\",\"required\":[\"vin\"]}");
        apply(FLOWS);
        assertThat(send(CHECKED, "two", payload).statusCode()).isEqualTo(422);
        assertStaysAccepted(CHECKED, payload, receipt);
    }

    @Test
    void aRetryGetsItsReceiptAlthoughItsPayloadIsTooLargeNow() throws Exception { // I2
        byte[] film = new byte[300_000];
        String receipt = accepted(FILMS, film);
        apply(FLOWS.replace("payload-max: 2GB", "payload-max: 1kB"));
        assertThat(send(FILMS, "two", film).statusCode()).isEqualTo(413);
        assertThat(sendWithoutLength(FILMS, "two", film).statusCode()).isEqualTo(413);
        assertStaysAccepted(FILMS, film, receipt);
    }

    @Test
    void aRetryOfALargeDocumentLeavesNoSecondFile() throws Exception { // I2
        byte[] film = new byte[300_000];
        String receipt = accepted(FILMS, film);
        assertStaysAccepted(FILMS, film, receipt);
        try (var files = Files.list(hub.data().payloads())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatIsOnItsWayWhenATableComesIntoForceIsRoutedByIt() throws Exception { // I4, I6
        for (int bytes : new int[] {1_000, 300_000}) {
            apply(FLOWS);
            try (RawConnection slow =
                            RawConnection.tls(hub.parties().context(hub.credential("dealer-7")), hub.mainPort());
                    HttpClient old = hub.client("opel-centre");
                    HttpClient now = hub.client("opel-audit")) {
                begin(slow, "way-" + bytes, bytes);
                apply(FLOWS.replace(
                        "opel/film: { from: dealer, to: opel-centre", "opel/film: { from: dealer, to: opel-audit"));
                slow.send("x".repeat(bytes - 1));
                assertThat(slow.answer()).startsWith("http/1.1 201");
                assertThat(hub.get(old, "/v1/inbox").body()).doesNotContain("way-" + bytes);
                assertThat(hub.get(now, "/v1/inbox").body()).contains("way-" + bytes);
            }
        }
    }

    @Test
    void whatIsOnItsWayWhenItsFlowGoesIsRefused() throws Exception { // I4
        for (int bytes : new int[] {1_000, 300_000}) {
            apply(FLOWS);
            try (RawConnection slow =
                    RawConnection.tls(hub.parties().context(hub.credential("dealer-7")), hub.mainPort())) {
                begin(slow, "gone-" + bytes, bytes);
                apply(without(FILMS));
                slow.send("x".repeat(bytes - 1));
                assertThat(slow.answer()).startsWith("http/1.1 403").contains("not-authorised");
                assertThat(hub.get(dealer, "/v1/documents/gone-" + bytes).statusCode())
                        .isEqualTo(404);
            }
        }
        try (var files = Files.list(hub.data().payloads())) {
            assertThat(files).isEmpty();
        }
    }

    /// Sends the head and the first byte, and sees to it that the hub has looked its way up: it has answered
    /// another call of the same connection's party since, on a thread that came later.
    private void begin(RawConnection slow, String id, int bytes) throws Exception {
        slow.send(RawConnection.submission("dealer-7", FILMS, id) + "Content-Length: " + bytes
                + "\r\nExpect: 100-continue\r\n\r\n");
        assertThat(slow.head()).startsWith("http/1.1 100");
        slow.send("x");
    }

    /// A new table's schemas count when it is applied, not when somebody saves a file.
    @Test
    void aSchemaChangedInTheFolderCountsWhenTheTableIsApplied() throws Exception {
        byte[] payload = "{ }".getBytes(StandardCharsets.US_ASCII);
        stop();
        schema("{\"type\":\"object\",\"required\":[\"vin\"]}");
        hub = new RunningHub(folder, FLOWS, InstantSource.system());
        dealer = hub.client("dealer-7");
        assertThat(send(CHECKED, "one", payload).statusCode()).isEqualTo(201);
        apply(FLOWS);
        assertThat(send(CHECKED, "two", payload).statusCode()).isEqualTo(422);
        stop();
        Files.delete(folder.resolve("schemas/claim.json"));
        hub = new RunningHub(folder, FLOWS, InstantSource.system());
        dealer = hub.client("dealer-7");
        JsonNode problem = Call.JSON.readTree(send(CHECKED, "two", payload).body());
        assertThat(problem.path("code").asString()).isEqualTo("payload-invalid");
    }
}
