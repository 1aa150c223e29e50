package aiguillage.gateway.door;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return List.of(http.getRequestURI().getPath().substring(1).split("/", -1));
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
        String query = http.getRequestURI().getRawQuery();
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    InputStream body() {
        return http.getRequestBody();
    }

    void location(String path) {
        http.getResponseHeaders().set("Location", path);
    }

    void answer(int status, Object content) throws IOException {
        answer(status, "application/json", json.writeValueAsBytes(content));
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
        http.sendResponseHeaders(204, -1);
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
