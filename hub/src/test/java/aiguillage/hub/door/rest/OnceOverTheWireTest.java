package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// I2 over the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnceOverTheWireTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final String CHECKED = "opel/checked";
    private static final int CONNECTIONS = 8;
    private static final int PER_CONNECTION = 10;

    private RunningHub hub;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(
                folder.resolve("schemas/claim.json"),
                "{\"type\":\"object\",\"required\":[\"vin\"],\"properties\":{\"vin\":{\"type\":\"string\"}}}");
        String flows = RunningHub.FLOWS + "  " + CHECKED
                + ": { from: dealer, to: opel-centre, schema: claim.json, keys: { vin: /vin } }\n";
        hub = new RunningHub(folder, flows, InstantSource.system());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void ofManyAtOnceOneIsNewAndAllGetTheSameBytes() throws Exception {
        var clients = new ArrayList<HttpClient>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(hub.client("dealer-7"));
        }
        for (int round = 0; round < 5; round++) {
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            byte[] payload = ("content " + round).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int i = 0; i < CONNECTIONS * PER_CONNECTION; i++) {
                answers.add(clients.get(i % CONNECTIONS)
                        .sendAsync(
                                hub.submission("dealer-7", CLAIMS, "same-" + round, payload)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()));
            }
            Set<String> bodies = new HashSet<>();
            int created = 0;
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.join().statusCode()).isIn(200, 201);
                created += answer.join().statusCode() == 201 ? 1 : 0;
                bodies.add(answer.join().body());
            }
            assertThat(created).isEqualTo(1);
            assertThat(bodies).hasSize(1);
        }
        clients.forEach(HttpClient::close);
    }

    @Test
    void ofManyContentsAtOnceOneIsAcceptedAndTheOthersAreConflicts() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7")) {
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 20; i++) {
                answers.add(dealer.sendAsync(
                        hub.submission("dealer-7", CLAIMS, "contested", new byte[] {(byte) i})
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            List<Integer> statuses =
                    answers.stream().map(one -> one.join().statusCode()).toList();
            assertThat(statuses).containsOnlyOnce(201).contains(409).doesNotContain(200, 500);
        }
    }

    @Test
    void anInvalidPayloadIsRefusedWithItsPlaceAndTheIdStaysFree() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7")) {
            HttpResponse<String> refused = dealer.send(
                    hub.submission("dealer-7", CHECKED, "second-try", "{\n \"vin\": 7}".getBytes(US_ASCII))
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(422);
            JsonNode problem = Call.JSON.readTree(refused.body());
            assertThat(problem.at("/code").asString()).isEqualTo("payload-invalid");
            assertThat(problem.at("/faults/0/line").asInt()).isEqualTo(2);
            assertThat(hub.get(dealer, "/v1/documents/second-try").statusCode()).isEqualTo(404);
            HttpResponse<String> corrected = dealer.send(
                    hub.submission("dealer-7", CHECKED, "second-try", "{\"vin\": \"W0L1\"}".getBytes(US_ASCII))
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(corrected.statusCode()).isEqualTo(201);
        }
        long entries = Call.JSON
                .readTree(hub.operator("/operator/status", null).body())
                .at("/entries")
                .asLong();
        boolean found = false;
        for (long position = 1; position <= entries; position++) {
            String receipt =
                    hub.operator("/operator/receipts/" + position, null).body();
            found |= receipt.contains("document-refused") && receipt.contains("payload: sha-256=");
        }
        assertThat(found).as("the refusal and its digest are in the journal").isTrue();
    }

    private static final java.nio.charset.Charset US_ASCII = java.nio.charset.StandardCharsets.US_ASCII;
}
