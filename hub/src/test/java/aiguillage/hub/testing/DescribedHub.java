package aiguillage.hub.testing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A hub's three listeners as somebody sees them who believes their descriptions: every answer is held against what
/// the listener says of itself.
public final class DescribedHub {

    private final RunningHub hub;
    private final Description main;
    private final Description enrolment;
    private final Description operations;

    /// @param party a client of any party the hub knows
    public DescribedHub(RunningHub hub, HttpClient party) throws IOException, InterruptedException {
        this.hub = hub;
        this.main = described(party, HttpRequest.newBuilder(hub.uri("/v1/openapi.json")));
        this.enrolment = described(party, HttpRequest.newBuilder(hub.enrolmentUri("/v1/openapi.json")));
        this.operations = described(party, HttpRequest.newBuilder(hub.operationsUri("/v1/openapi.json")));
    }

    private static Description described(HttpClient party, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return new Description(party.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    public Description main() {
        return main;
    }

    public Description enrolment() {
        return enrolment;
    }

    public Description operations() {
        return operations;
    }

    public List<Description> all() {
        return List.of(main, enrolment, operations);
    }

    /// Sends a request to any of the listeners.
    public HttpResponse<String> send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        return send(client, request, null);
    }

    public HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return send(client, HttpRequest.newBuilder(hub.uri(path)).build());
    }

    public HttpResponse<String> post(HttpClient client, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(json);
        return send(client, HttpRequest.newBuilder(hub.uri(path)).POST(body).build(), json);
    }

    /// An operator's call.
    ///
    /// @param json null means GET
    public HttpResponse<String> operator(String path, @Nullable String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.operationsUri(path))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(hub.data().operatorToken()).strip());
        if (json != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(json));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return send(client, request.build(), json);
        }
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest request, @Nullable String json)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        String query = request.uri().getRawQuery();
        String path = request.uri().getRawPath() + (query == null ? "" : "?" + query);
        description(request)
                .requireFits(
                        request.method(),
                        path,
                        json,
                        answer.statusCode(),
                        answer.headers(),
                        answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return answer;
    }

    private Description description(HttpRequest request) {
        int port = request.uri().getPort();
        if (port == hub.mainPort()) {
            return main;
        }
        return port == hub.enrolmentUri("").getPort() ? enrolment : operations;
    }
}
