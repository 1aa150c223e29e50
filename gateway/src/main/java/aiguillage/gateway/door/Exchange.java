package aiguillage.gateway.door;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One request at the local door, and its answer.
final class Exchange {

    private final HttpExchange http;
    private final JsonMapper json;

    Exchange(HttpExchange http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    String method() {
        return http.getRequestMethod();
    }

    /// The parts of the path, decoded: `/v1/inbox/a%20b` has `v1`, `inbox`, `a b`.
    List<String> path() {
        String raw = http.getRequestURI().getRawPath();
        List<String> parts = new ArrayList<>();
        for (String part : raw.substring(1).split("/", -1)) {
            // After the split, so that a key may hold a slash; a plus is itself in a path.
            boolean isPlain = part.indexOf('%') < 0;
            parts.add(isPlain ? part : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return parts;
    }

    @Nullable
    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    /// All headers, names in lower case; of several with one name the first.
    Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        http.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return headers;
    }

    @Nullable
    String query(String name) {
        List<String> all = queries(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    /// All values of one name, in order.
    List<String> queries(String name) {
        String query = http.getRequestURI().getRawQuery();
        if (query == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                values.add(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    InputStream body() {
        return http.getRequestBody();
    }

    void location(String path) {
        http.getResponseHeaders().set("Location", path);
    }

    void header(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    /// Nothing but the status.
    void answerOnly(int status) throws IOException {
        http.sendResponseHeaders(status, -1);
    }

    void answer(int status, Object content) throws IOException {
        answer(status, "application/json", json.writeValueAsBytes(content));
    }

    void answer(int status, JsonText content) throws IOException {
        answer(status, "application/json", content.bytes());
    }

    void answer(DoorProblem problem) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("type", "urn:aiguillage:problem:" + problem.code());
        content.put("title", problem.title());
        content.put("status", problem.status());
        content.put("detail", problem.detail());
        content.put("code", problem.code());
        content.put("remedy", problem.remedy());
        answer(problem.status(), "application/problem+json", json.writeValueAsBytes(content));
    }

    void answerNothing() throws IOException {
        answerOnly(204);
    }

    void answer(Path file) throws IOException {
        http.getResponseHeaders().set("Content-Type", "application/octet-stream");
        try (InputStream content = Files.newInputStream(file)) {
            long size = Files.size(file);
            http.sendResponseHeaders(200, size == 0 ? -1 : size);
            if (size > 0) {
                content.transferTo(http.getResponseBody());
            }
        }
    }

    private void answer(int status, String type, byte[] content) throws IOException {
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, content.length);
        http.getResponseBody().write(content);
    }
}
