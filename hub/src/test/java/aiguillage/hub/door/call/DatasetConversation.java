package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.DescribedHub;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// Everything that can be said about datasets, once well and once not, so that it can be held against the
/// description.
final class DatasetConversation {

    private static final String PARTIES = """
              opel: { roles: [manufacturer], brands: [opel], region: eu }
              opel-second: { roles: [manufacturer], brands: [opel], region: eu }
            """;
    private static final String DATASETS = """
            datasets:
              opel/parts-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: description, language: fr }
                  - { name: price, type: decimal }
                csv: {}
                guards: { changed-max: { price: 50 } }
                marks: { texts: [description], prices: [price] }
            """;

    /// The usual parties and flows, and a list of prices.
    static final String FLOWS = RunningHub.FLOWS.replace("flows:\n", PARTIES + "flows:\n") + DATASETS;

    private static final String FIRST = "part,description,price\np1,Joint de porte,10.00\np2,Vis,20.00\n";
    private static final String PATH = "/datasets/opel/parts-prices";

    private final RunningHub hub;
    private final DescribedHub wire;

    DatasetConversation(RunningHub hub, DescribedHub wire) {
        this.hub = hub;
        this.wire = wire;
    }

    void hold() throws Exception {
        try (HttpClient opel = hub.client("opel");
                HttpClient second = hub.client("opel-second");
                HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre");
                HttpClient stranger = hub.client("stranger-1")) {
            published(opel, second);
            read(dealer, centre);
            decided(opel, second);
            operated();
            assertThat(wire.get(stranger, "/v1/datasets").statusCode()).isEqualTo(403);
        }
    }

    /// Publishes the first version, unless it is there.
    void begin() throws Exception {
        try (HttpClient opel = hub.client("opel")) {
            String history = wire.get(opel, "/v1" + PATH + "/history").body();
            if (history.equals("[]")) {
                assertThat(publish(opel, FIRST, "").statusCode()).isEqualTo(201);
            }
        }
    }

    private HttpResponse<String> publish(HttpClient client, String csv, String query) throws Exception {
        return wire.send(
                client,
                HttpRequest.newBuilder(hub.uri("/v1" + PATH + "/versions" + query))
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(csv))
                        .build());
    }

    private void published(HttpClient opel, HttpClient second) throws Exception {
        begin();
        assertThat(publish(opel, FIRST, "").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = publish(opel, FIRST + "p2,Vis,x\n", "");
        assertThat(refused.statusCode()).isEqualTo(422);
        String report = Call.JSON.readTree(refused.body()).path("report").asString();
        for (String part : new String[] {"", "/lines"}) {
            assertThat(wire.get(opel, "/v1" + PATH + "/reports/" + report + part)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(wire.get(opel, "/v1" + PATH + "/reports/0" + part).statusCode())
                    .isEqualTo(404);
            assertThat(wire.operator("/operator" + PATH + "/reports/" + report + part, null)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(wire.operator("/operator" + PATH + "/reports/0" + part, null)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(wire.get(opel, "/v1" + PATH + "/history").statusCode()).isEqualTo(200);
        assertThat(wire.get(opel, "/v1/datasets/opel/others/history").statusCode())
                .isEqualTo(404);
        assertThat(wire.get(opel, "/v1/datasets/opel/others/held").statusCode()).isEqualTo(404);
        assertThat(wire.get(second, "/v1" + PATH + "/held").statusCode()).isEqualTo(200);
    }

    private void read(HttpClient dealer, HttpClient centre) throws Exception {
        assertThat(wire.get(dealer, "/v1/datasets").body()).contains("parts-prices");
        String version = "/v1" + PATH + "/versions/1";
        for (String address : new String[] {
            "/v1" + PATH + "/versions",
            version + "/layer",
            version + "/seal",
            version + "/buckets",
            version + "/buckets/7"
        }) {
            assertThat(wire.get(dealer, address).statusCode()).as(address).isEqualTo(200);
            assertThat(wire.get(centre, address).statusCode()).as(address).isEqualTo(404);
        }
        String lookups = "/v1" + PATH + "/lookups";
        assertThat(wire.post(dealer, lookups, "{\"keys\":[[\"p1\"],[\"none\"]]}")
                        .body())
                .contains("\"row\":{");
        assertThat(wire.post(centre, lookups, "{\"keys\":[[\"p1\"]]}").statusCode())
                .isEqualTo(404);
        assertThat(wire.post(dealer, lookups, "{\"keys\":[]}").statusCode()).isEqualTo(400);
        HttpRequest part = HttpRequest.newBuilder(hub.uri(version + "/layer"))
                .header("Range", "bytes=0-7")
                .build();
        assertThat(wire.send(dealer, part).statusCode()).isEqualTo(206);
    }

    private static String tomorrow() {
        return "effective=" + Instant.now().plus(Duration.ofDays(1));
    }

    /// A version that would hold before the newest does.
    HttpResponse<String> beforeTheNewest() throws Exception {
        try (HttpClient opel = hub.client("opel")) {
            assertThat(publish(opel, FIRST, "?" + tomorrow()).statusCode()).isEqualTo(201);
            return publish(opel, FIRST.replace("10.00", "11.00"), "");
        }
    }

    HttpResponse<String> releasedByItsPublisher() throws Exception {
        try (HttpClient opel = hub.client("opel")) {
            begin();
            return wire.post(opel, "/v1" + PATH + "/held/" + held(opel, "90.00") + "/release", "");
        }
    }

    HttpResponse<String> readBeforeItsTime() throws Exception {
        try (HttpClient opel = hub.client("opel");
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(publish(opel, FIRST, "?sealed=true&" + tomorrow()).statusCode())
                    .isEqualTo(201);
            return wire.get(dealer, "/v1" + PATH + "/versions/1/seal");
        }
    }

    HttpResponse<String> wrongType() throws Exception {
        try (HttpClient opel = hub.client("opel")) {
            return publish(opel, FIRST.replace("10.00", "cheap"), "");
        }
    }

    private long held(HttpClient opel, String price) throws Exception {
        HttpResponse<String> held = publish(opel, FIRST.replace("10.00", price), "");
        assertThat(held.statusCode()).as(held.body()).isEqualTo(202);
        return Call.JSON.readTree(held.body()).path("held").asLong();
    }

    private void decided(HttpClient opel, HttpClient second) throws Exception {
        String held = "/v1" + PATH + "/held/";
        long first = held(opel, "90.00");
        assertThat(wire.post(opel, held + first + "/release", "").statusCode()).isEqualTo(409);
        assertThat(wire.post(second, held + first + "/release", "").statusCode())
                .isEqualTo(201);
        long other = held(opel, "900.00");
        assertThat(wire.get(second, "/v1" + PATH + "/held").body()).contains("\"held\":" + other);
        assertThat(wire.post(second, held + other + "/discard", "").statusCode())
                .isEqualTo(200);
        assertThat(wire.post(second, held + other + "/discard", "").statusCode())
                .isEqualTo(404);
        String longer = FIRST.replace("10.00", "90.00").replace("Vis", "Vis longue");
        JsonNode sealed = Call.JSON.readTree(
                publish(opel, longer, "?sealed=true&" + tomorrow()).body());
        long number = sealed.path("version").asLong();
        assertThat(publish(opel, FIRST, "").statusCode()).isEqualTo(409);
        String version = "/v1" + PATH + "/versions/" + number;
        assertThat(wire.post(opel, version + "/withdrawal", "").statusCode()).isEqualTo(200);
        assertThat(wire.post(opel, version + "/withdrawal", "").statusCode()).isEqualTo(409);
        assertThat(wire.post(opel, "/v1" + PATH + "/versions/1/restoration", "").statusCode())
                .isEqualTo(201);
        assertThat(wire.post(opel, "/v1" + PATH + "/versions/99/restoration", "")
                        .statusCode())
                .isEqualTo(404);
    }

    private void operated() throws Exception {
        String path = "/operator" + PATH;
        assertThat(wire.operator(path + "/history", null).body()).contains("restores");
        assertThat(wire.operator(path + "/held", null).body()).isEqualTo("[]");
        assertThat(wire.operator(path + "/reading", null).body()).contains("dealer-7");
        assertThat(wire.operator(path + "/rollout", null).body()).contains("dealer-7");
        assertThat(wire.operator(path + "/versions/2/differences?from=1", null).statusCode())
                .isEqualTo(200);
        assertThat(wire.operator(path + "/versions/2/differences?from=0&column=price", null)
                        .body())
                .contains("came");
        for (String none :
                new String[] {"/history", "/held", "/reading", "/rollout", "/versions/2/differences?from=1"}) {
            assertThat(wire.operator("/operator/datasets/opel/others" + none, null)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(wire.operator(path + "/versions/2/restoration", "").statusCode())
                .isEqualTo(201);
        assertThat(wire.operator(path + "/versions/99/restoration", "").statusCode())
                .isEqualTo(404);
        assertThat(wire.operator(path + "/trace?version=1", "p1 Joint de porte 10.00\n")
                        .statusCode())
                .isEqualTo(200);
        assertThat(wire.operator(path + "/trace?version=99", "x").statusCode()).isEqualTo(404);
        try (HttpClient opel = hub.client("opel")) {
            JsonNode later = Call.JSON.readTree(
                    publish(opel, FIRST.replace("10.00", "90.00").replace("Vis", "Vis fine"), "?" + tomorrow())
                            .body());
            String withdrawal = path + "/versions/" + later.path("version").asLong() + "/withdrawal";
            assertThat(wire.operator(withdrawal, "").statusCode()).isEqualTo(200);
            assertThat(wire.operator(withdrawal, "").statusCode()).isEqualTo(409);
            String held = path + "/held/";
            assertThat(wire.operator(held + held(opel, "900.00") + "/discard", "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(wire.operator(held + "1/discard", "").statusCode()).isEqualTo(404);
            assertThat(wire.operator(held + held(opel, "900.00") + "/release", "")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(wire.operator(held + "1/release", "").statusCode()).isEqualTo(404);
        }
    }
}
