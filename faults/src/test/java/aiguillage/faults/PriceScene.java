package aiguillage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.Gateway;
import aiguillage.gateway.client.PriceBook;
import aiguillage.gateway.testing.GatewayProcess;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A manufacturer that publishes prices, a whole hub, and a dealer's whole gateway, all in this process.
final class PriceScene implements AutoCloseable {

    static final String DATASET = "opel/parts-prices";

    static final String FLOWS = """
            brands:
              opel: { text: Opel }
            parties:
              opel: { roles: [manufacturer], brands: [opel], region: eu }
              dealer-7: { roles: [dealer], brands: [opel], country: fr, region: eu }
              dealer-8: { roles: [dealer], brands: [opel], country: de, region: eu, attributes: { contract: [gold] } }
            flows: {}
            datasets:
              opel/parts-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: price, type: decimal, required: true }
                  - { name: contract }
                rows: { contract: contract }
                csv: { actions: { column: action } }
                guards: { removed-max: 100, changed-max: { price: 100 } }
                region: eu
            """;

    private final Path folder;
    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.shared();
    private final GatewayScene dealer;
    private @Nullable RunningHub hub;
    private @Nullable HttpClient manufacturer;
    private @Nullable Gateway gateway;

    PriceScene(Path folder, InstantSource clock, String settings) throws Exception {
        this.folder = folder;
        this.clock = clock;
        RunningHub first = startHub();
        int port = first.mainPort();
        Path identity = Files.createDirectories(folder.resolve("dealer/data/identity"));
        first.credential("dealer-7").write(identity.resolve("credential.pem"));
        Files.copy(folder.resolve("hub/ca/root/certificate.pem"), identity.resolve("root.pem"));
        dealer = new GatewayScene(
                folder.resolve("dealer"), new PartyId("dealer-7"), "opel", settings, URI.create("https://localhost:" + port));
        startGateway();
    }

    private RunningHub startHub() throws Exception {
        var started = new RunningHub(folder.resolve("hub"), FLOWS, clock);
        hub = started;
        manufacturer = started.client("opel");
        return started;
    }

    RunningHub hub() {
        return Objects.requireNonNull(hub);
    }

    void startGateway() throws IOException, InterruptedException {
        gateway = Gateway.start(dealer.config(), clock);
    }

    void stopGateway() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    /// The gateway as a process of its own, which can be killed.
    Process startProcess() throws IOException {
        return GatewayProcess.start(dealer);
    }

    Path data() {
        return dealer.data();
    }

    Path prices() {
        return dealer.dms("opel", "prices");
    }

    /// The manufacturer publishes a list.
    ///
    /// @param query behind the `?`
    JsonNode publish(String csv, String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub().uri("/v1/datasets/" + DATASET + "/versions" + query))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(csv))
                .build();
        HttpResponse<String> answer =
                Objects.requireNonNull(manufacturer).send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body());
    }

    void withdraw(long version) throws Exception {
        HttpResponse<String> answer = hub().post(
                        Objects.requireNonNull(manufacturer),
                        "/v1/datasets/" + DATASET + "/versions/" + version + "/withdrawal",
                        "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    void apply(String flows) throws Exception {
        HttpResponse<String> answer = hub().operator("/operator/flows", flows);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// The gateway's door.
    URI door() {
        int local = Objects.requireNonNull(gateway).door().orElseThrow().getPort();
        return URI.create("http://127.0.0.1:" + local);
    }

    String token() throws IOException {
        return Files.readString(data().resolve("tokens/opel")).strip();
    }

    PriceBook book() throws IOException {
        return new PriceBook(door(), token(), DATASET);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(door().resolve(path)).header("Authorization", "Bearer " + token());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    JsonNode dataset() throws IOException, InterruptedException {
        return json.readTree(get("/v1/datasets/" + DATASET).body());
    }

    @Override
    public void close() {
        stopGateway();
        if (manufacturer != null) {
            manufacturer.close();
        }
        stopHub();
    }

    void stopHub() {
        if (hub != null) {
            hub.close();
            hub = null;
        }
    }
}
