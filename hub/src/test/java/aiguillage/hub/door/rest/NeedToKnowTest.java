package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// I4 over the wire: who is not named by a document's flow cannot tell it from one that does not exist. And I6.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeedToKnowTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final String CHECKED = "opel/checked";

    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient other;
    private HttpClient citroen;
    private HttpClient centre;
    private HttpClient audit;
    private String position;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/claim.json"), "{\"type\":\"object\"}");
        String flows = RunningHub.FLOWS.replace(
                        "flows:", "  chinese-centre: { roles: [far], brands: [opel], region: cn }\nflows:")
                + "  " + CHECKED + ": { from: dealer, to: opel-centre, schema: claim.json, keys: { vin: /vin } }\n"
                + "  opel/local: { from: dealer, to: { recipient: far }, region: cn }\n";
        hub = new RunningHub(folder, flows, InstantSource.system());
        dealer = hub.client("dealer-7");
        other = hub.client("dealer-8");
        citroen = hub.client("citroen-centre");
        centre = hub.client("opel-centre");
        audit = hub.client("opel-audit");
        assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content").statusCode())
                .isEqualTo(201);
        position = Call.JSON
                .readTree(hub.get(centre, "/v1/inbox").body())
                .at("/0/position")
                .asString();
    }

    @AfterAll
    void stop() {
        List.of(dealer, other, citroen, centre, audit).forEach(HttpClient::close);
        hub.close();
    }

    @Test
    void toOthersADocumentIsLikeOneThatDoesNotExist() throws Exception {
        for (HttpClient stranger : List.of(other, citroen)) {
            for (String there : List.of(
                    "/v1/documents/claim-1",
                    "/v1/documents/claim-1?sender=dealer-7",
                    "/v1/documents/claim-1/payload",
                    "/v1/documents/claim-1/payload?sender=dealer-7",
                    "/v1/documents/claim-1/receipts",
                    "/v1/documents/claim-1/receipts?sender=dealer-7")) {
                HttpResponse<String> answer = hub.get(stranger, there);
                HttpResponse<String> nothing = hub.get(stranger, there.replace("claim-1", "claim-x"));
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(nothing.body());
                assertThat(answer.headers().map()).isEqualTo(nothing.headers().map());
            }
            HttpResponse<String> payload = hub.get(stranger, "/v1/inbox/" + position + "/payload");
            assertThat(payload.statusCode()).isEqualTo(404);
            assertThat(payload.body())
                    .isEqualTo(hub.get(stranger, "/v1/inbox/999999/payload").body());
            assertThat(hub.get(stranger, "/v1/inbox").body()).isEqualTo("[]");
            assertThat(hub.post(stranger, "/v1/inbox/quarantine/" + position + "/release", "")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void nobodyEndsAnothersDelivery() throws Exception {
        assertThat(hub.post(other, "/v1/inbox/acknowledgements", "{\"acknowledge\":[" + position + "]}")
                        .body())
                .isEqualTo("{\"acknowledged\":0,\"rejected\":0,\"ended\":1}");
        hub.post(other, "/v1/inbox/acknowledgements", "{\"acknowledgeUpTo\":{\"position\":100000}}");
        assertThat(Call.JSON.readTree(hub.get(centre, "/v1/inbox").body())).isNotEmpty();
    }

    @Test
    void theSenderNeverLearnsOfCopies() throws Exception {
        hub.submit(dealer, "dealer-7", CLAIMS, "copied", "content");
        JsonNode copy = last(hub.get(audit, "/v1/inbox").body());
        assertThat(copy.at("/id").asString()).isEqualTo("copied");
        hub.post(
                audit,
                "/v1/inbox/acknowledgements",
                "{\"acknowledge\":[" + copy.at("/position").asString() + "]}");
        for (String path : List.of("/v1/documents/copied", "/v1/documents/copied/receipts", "/v1/inbox")) {
            assertThat(hub.get(dealer, path).body()).doesNotContain("opel-audit");
            assertThat(hub.get(centre, path).body()).doesNotContain("opel-audit");
        }
        assertThat(hub.get(audit, "/v1/documents/copied").body())
                .contains("\"reader\":\"opel-audit\"")
                .doesNotContain("opel-centre");
        assertThat(hub.operator("/operator/documents/copied", null).body()).contains("opel-audit");
    }

    @Test
    void aSearchShowsOnlyOnesOwn() throws Exception {
        byte[] payload = "{\"vin\": \"W0L123\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        dealer.send(
                hub.submission("dealer-7", CHECKED, "keyed", payload)
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(Call.JSON.readTree(
                        hub.get(dealer, "/v1/documents?key=W0L123").body()))
                .hasSize(1);
        assertThat(Call.JSON.readTree(
                        hub.get(centre, "/v1/documents?key=W0L123").body()))
                .hasSize(1);
        assertThat(hub.get(other, "/v1/documents?key=W0L123").body()).isEqualTo("[]");
        assertThat(hub.get(audit, "/v1/documents?key=W0L123").body()).isEqualTo("[]");
    }

    @Test
    void brandsDoNotSendEachOtherAnything() throws Exception {
        HttpResponse<String> answer = hub.submit(other, "dealer-8", "citroen/warranty-claim", "c-1", "content");
        HttpResponse<String> unknown = hub.submit(other, "dealer-8", "citroen/no-such-flow", "c-1", "content");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body().replace("citroen/warranty-claim", "?"))
                .isEqualTo(unknown.body().replace("citroen/no-such-flow", "?"));
        assertThat(hub.submit(dealer, "dealer-8", CLAIMS, "c-2", "content").body())
                .contains("sender-mismatch");
        assertThat(hub.submit(centre, "opel-centre", CLAIMS, "c-3", "content").statusCode())
                .isEqualTo(403);
        assertThat(hub.submit(dealer, "dealer-7", CLAIMS + ".notice", "c-4", "content")
                        .statusCode())
                .isIn(400, 403);
    }

    @Test
    void aDocumentOfARegionalFlowReachesNobodyOutsideIt() throws Exception {
        for (String recipient : List.of("opel-centre", "dealer-8", "no-such-party")) {
            HttpResponse<String> answer = dealer.send(
                    hub.submission("dealer-7", "opel/local", "local-1", new byte[1])
                            .header("ce-recipient", recipient)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("recipient-unknown");
        }
        HttpResponse<String> inside = dealer.send(
                hub.submission("dealer-7", "opel/local", "local-1", new byte[1])
                        .header("ce-recipient", "chinese-centre")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(inside.statusCode()).as(inside.body()).isEqualTo(201);
    }

    private static JsonNode last(String list) {
        JsonNode nodes = Call.JSON.readTree(list);
        return nodes.get(nodes.size() - 1);
    }
}
