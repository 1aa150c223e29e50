package aiguillage.gateway.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request of a browser, and what goes back. For one thread.
final class Browser {

    static final int QUERY_CHARS_MAX = 4_000;
    static final int FORM_BYTES_MAX = 16 << 10;

    private final HttpExchange http;
    private final Map<String, String> queries;

    /// @throws PageRefused when the question is too long or no question
    Browser(HttpExchange http) throws PageRefused {
        this.http = http;
        String query = http.getRequestURI().getRawQuery();
        this.queries = query == null ? Map.of() : fields(query, QUERY_CHARS_MAX);
    }

    private static Map<String, String> fields(String text, int max) throws PageRefused {
        if (text.length() > max) {
            throw PageRefused.of(413, "refused.long");
        }
        var fields = new HashMap<String, String>();
        try {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.putIfAbsent(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            throw PageRefused.of(400, "refused.unreadable");
        }
        return fields;
    }

    /// Of ours, at which it was asked.
    int port() {
        return http.getLocalAddress().getPort();
    }

    String method() {
        return http.getRequestMethod();
    }

    boolean isRead() {
        return method().equals("GET") || method().equals("HEAD");
    }

    String path() {
        return http.getRequestURI().getPath();
    }

    /// Where it is, with its query.
    String place() {
        String query = http.getRequestURI().getRawQuery();
        return http.getRequestURI().getRawPath() + (query == null ? "" : "?" + query);
    }

    /// A field of the question, without blanks around it; empty when there is none.
    String query(String name) {
        return queries.getOrDefault(name, "").strip();
    }

    Map<String, String> form() throws IOException, PageRefused {
        byte[] body = http.getRequestBody().readNBytes(FORM_BYTES_MAX + 1);
        return fields(new String(body, StandardCharsets.ISO_8859_1), FORM_BYTES_MAX);
    }

    @Nullable
    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    /// A cookie's value; empty when there is none.
    String cookie(String name) {
        for (String header : http.getRequestHeaders().getOrDefault("Cookie", java.util.List.of())) {
            for (String pair : header.split(";", -1)) {
                if (pair.strip().startsWith(name + "=")) {
                    return pair.strip().substring(name.length() + 1);
                }
            }
        }
        return "";
    }

    void say(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    void seeOther(String place) throws IOException {
        say("Location", place);
        http.sendResponseHeaders(303, -1);
    }

    void answer(int status, String type, byte[] content) throws IOException {
        say("Content-Type", type);
        boolean isHead = method().equals("HEAD");
        http.sendResponseHeaders(status, isHead ? -1 : content.length);
        if (!isHead) {
            http.getResponseBody().write(content);
        }
    }
}
