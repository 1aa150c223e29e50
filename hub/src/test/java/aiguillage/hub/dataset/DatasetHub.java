package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.RocksRowStore;
import aiguillage.dataset.replica.Version;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.proof.VersionStatement;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A hub with two lists of prices, one chosen by country and one marked; and readers that keep replicas of them by
/// the wire alone.
final class DatasetHub implements AutoCloseable {

    static final String PRICES = "opel/parts-prices";
    static final String MARKED = "opel/marked-prices";
    static final String FLOWS = """
            brands:
              opel: { text: Opel }
            parties:
              opel: { roles: [manufacturer], brands: [opel], region: eu }
              opel-second: { roles: [manufacturer], brands: [opel], region: eu }
              dealer-7: { roles: [dealer], brands: [opel], country: fr, region: eu }
              dealer-8: { roles: [dealer], brands: [opel], country: de, region: eu, attributes: { contract: [gold] } }
              dealer-9: { roles: [dealer], brands: [opel], country: fr, region: eu }
              bank: { roles: [bank], brands: [opel], region: eu }
              repairer: { roles: [repairer], brands: [opel], country: fr, region: eu }
            flows: {}
            datasets:
              opel/parts-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: country, type: code, codes: [FR, DE] }
                  - { name: price, type: decimal, required: true, sensitive: true }
                  - { name: contract }
                rows: { country: country, contract: contract }
                csv: { actions: { column: action } }
                guards: { least: { price: 0.01 }, removed-max: 50, changed-max: { price: 50 } }
                region: eu
                lookups: { roles: [repairer], each-day: 150 }
                whole-lists-each-day: 1000
              opel/marked-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: description, language: fr }
                  - { name: price, type: decimal }
                csv: {}
                marks: { texts: [description], prices: [price] }
            """;

    static final JsonMapper JSON = new JsonMapper();

    private final RunningHub hub;
    private final Map<String, HttpClient> clients = new TreeMap<>();

    DatasetHub(Path folder, InstantSource clock) throws Exception {
        this(folder, FLOWS, clock);
    }

    DatasetHub(Path folder, String flows, InstantSource clock) throws Exception {
        this.hub = new RunningHub(folder, flows, clock);
    }

    RunningHub hub() {
        return hub;
    }

    HttpClient client(String party) throws IOException {
        HttpClient client = clients.get(party);
        if (client == null) {
            client = hub.client(party);
            clients.put(party, client);
        }
        return client;
    }

    /// Publishes a list as a party.
    ///
    /// @param query behind the `?`
    JsonNode publish(String party, String dataset, String csv, String query, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        hub.uri("/v1/datasets/" + dataset + "/versions" + (query.isEmpty() ? "" : "?" + query)))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(csv))
                .build();
        HttpResponse<String> answer = client(party).send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    JsonNode get(String party, String path, int status) throws Exception {
        HttpResponse<String> answer = hub.get(client(party), path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    JsonNode post(String party, String path, int status) throws Exception {
        HttpResponse<String> answer = hub.post(client(party), path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    /// Looks keys up at the hub.
    JsonNode lookUp(String party, List<String> parts, int status) throws Exception {
        var wish = JSON.createObjectNode();
        parts.forEach(part -> wish.withArrayProperty("keys").addArray().add(part));
        HttpResponse<String> answer = hub.post(client(party), "/v1/datasets/" + PRICES + "/lookups", wish.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    byte[] bytes(String party, String path) throws Exception {
        HttpResponse<byte[]> answer = client(party)
                .send(HttpRequest.newBuilder(hub.uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /// A reader that has nothing but what the wire gives it.
    final class Reader implements AutoCloseable {

        private final String party;
        private final String dataset;
        private final Path folder;
        private final Replica replica;
        private @Nullable String scope;

        Reader(String party, String dataset, Path folder) throws IOException {
            this(party, dataset, folder, null);
        }

        /// @param scope that of the rows it has, when it goes on where another reader stopped
        Reader(String party, String dataset, Path folder, @Nullable String scope) throws IOException {
            this.party = party;
            this.scope = scope;
            this.dataset = dataset;
            this.folder = Files.createDirectories(folder);
            this.replica =
                    new Replica(RocksRowStore.open(folder.resolve("rows")), new LayerFiles(folder.resolve("stack")));
        }

        Replica replica() {
            return replica;
        }

        @Nullable
        String scope() {
            return scope;
        }

        /// Takes in all that there is for it; returns the numbers of the versions it took.
        List<Long> catchUp() throws Exception {
            List<Version> known = replica.versions();
            long after = known.isEmpty() ? 0 : known.getLast().number();
            JsonNode offers = get(
                    party,
                    "/v1/datasets/" + dataset + "/versions?after=" + after
                            + (scope == null ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8)),
                    200);
            if (offers.has("left")) {
                replica.withdraw(offers.path("left").asLong() + 1);
            }
            List<Long> taken = new ArrayList<>();
            for (JsonNode offer : offers.path("versions")) {
                VersionStatement said =
                        VersionStatement.verified(offer.path("statement").asString(), hub.ledgerKey());
                byte[] layer = offer.has("layer")
                        ? Base64.getDecoder().decode(offer.path("layer").asString())
                        : bytes(
                                party,
                                "/v1/datasets/" + dataset + "/versions/" + said.number() + "/layer?from="
                                        + said.from());
                Path file = folder.resolve("coming");
                Files.write(file, layer);
                replica.adopt(Version.of(said), file);
                taken.add(said.number());
            }
            scope = offers.path("scope").asString();
            return taken;
        }

        /// Opens a sealed version with the hub's key.
        void unseal(long version, long from) throws Exception {
            JsonNode answer =
                    get(party, "/v1/datasets/" + dataset + "/versions/" + version + "/seal?from=" + from, 200);
            assertThat(replica.unseal(
                            version,
                            new Seal(Base64.getDecoder()
                                    .decode(answer.path("seal").asString()))))
                    .isTrue();
        }

        /// All rows it has in a version: key to cells.
        Map<String, String> rows(long version) throws Exception {
            Map<String, String> rows = new TreeMap<>();
            var walk = replica.rowsOf(version);
            while (walk.hasNext()) {
                Change change = walk.next();
                rows.put(
                        change.key().cells().getFirst(),
                        String.valueOf(change.rows().list().getFirst().cells()));
            }
            return rows;
        }

        @Override
        public void close() {
            replica.close();
        }
    }

    /// The keys in a layer.
    static List<String> keys(Path layer) throws IOException {
        List<String> keys = new ArrayList<>();
        try (Layer open = Layer.open(layer, null)) {
            open.all().forEachRemaining(change -> keys.add(change.key().cells().getFirst()));
        }
        return keys;
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::close);
        hub.close();
    }
}
