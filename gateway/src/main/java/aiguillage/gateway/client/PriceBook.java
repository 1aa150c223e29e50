package aiguillage.gateway.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One dataset at the gateway on this machine. Safe from any thread; calls wait for the gateway, a few milliseconds.
///
/// ```java
/// try (var book = new PriceBook(URI.create("http://127.0.0.1:8480"), token, "opel/parts-prices")) {
///     Answer answer = book.lookup(List.of("93165557"));
///     String price = answer.rows().getFirst().get("price");
/// }
/// ```
public final class PriceBook implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final JsonMapper json = JsonMapper.shared();
    private final URI door;
    private final String token;
    private final String path;

    /// @param door as `http://127.0.0.1:8480`
    /// @param token from the file `tokens/<brand>` in the gateway's data folder
    /// @param dataset as `opel/parts-prices`
    public PriceBook(URI door, String token, String dataset) {
        this.door = door;
        this.token = token;
        this.path = "/v1/datasets/" + dataset;
    }

    /// The gateway said no; the message has its reason and what to do.
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        /// 410 asks for the whole list; 503 to ask again later.
        public int status() {
            return status;
        }
    }

    /// What holds now for a key: one row, or none.
    public Answer lookup(List<String> key) throws IOException, InterruptedException {
        return answer(get("/rows" + cells(key)));
    }

    /// What holds at an instant.
    public Answer lookup(List<String> key, Instant at) throws IOException, InterruptedException {
        return answer(get("/rows" + cells(key) + "?at=" + at));
    }

    /// What holds now for up to 1,000 keys, all from one version: a row for each, null where nothing holds.
    public Answer lookupAll(List<List<String>> keys) throws IOException, InterruptedException {
        String question = json.writeValueAsString(Map.of("keys", keys));
        return answer(send(request("/lookups").POST(BodyPublishers.ofString(question))));
    }

    /// The next up to 1,000 rows whose first key cell begins so.
    ///
    /// @param after [Answer#next] of the page before, or null. Pages of different versions do not fit together
    public Answer list(String prefix, @Nullable String after) throws IOException, InterruptedException {
        return answer(get("/rows?limit=1000&prefix=" + encoded(prefix) + (after == null ? "" : "&after=" + after)));
    }

    /// What became another since a version, as the gateway writes it: `changed` has `key`, `before` and `after`.
    ///
    /// @throws Refused with status 410 when a whole list must be taken
    public JsonNode changes(long since, @Nullable String after) throws IOException, InterruptedException {
        return get("/changes?limit=1000&since=" + since + (after == null ? "" : "&after=" + after));
    }

    private static String cells(List<String> key) {
        var path = new StringBuilder();
        key.forEach(cell -> path.append('/').append(encoded(cell)));
        return path.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String rest) {
        return HttpRequest.newBuilder(door.resolve(path + rest))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode get(String rest) throws IOException, InterruptedException {
        return send(request(rest));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        JsonNode tree = json.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new Refused(
                    answer.statusCode(),
                    tree.path("title").asString("") + " " + tree.path("detail").asString("") + " "
                            + tree.path("remedy").asString(""));
        }
        return tree;
    }

    private static Answer answer(JsonNode tree) {
        List<@Nullable Map<String, @Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : tree.path("rows").values()) {
            rows.add(row.isNull() ? null : row(row));
        }
        String until = text(tree, "until");
        JsonNode age = tree.path("ageSeconds");
        return new Answer(
                tree.path("version").asLong(),
                Instant.parse(tree.path("effective").asString()),
                until == null ? null : Instant.parse(until),
                age.isNumber() ? Duration.ofSeconds(age.asLong()) : null,
                tree.path("stale").asBoolean() ? text(tree, "why") : null,
                rows,
                text(tree, "next"));
    }

    private static Map<String, @Nullable String> row(JsonNode row) {
        Map<String, @Nullable String> cells = new LinkedHashMap<>();
        row.properties().forEach(cell -> cells.put(cell.getKey(), text(row, cell.getKey())));
        return cells;
    }

    private static @Nullable String text(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }

    @Override
    public void close() {
        http.close();
    }
}
