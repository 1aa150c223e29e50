package aiguillage.app.operator;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.config.Address;
import aiguillage.config.ConfigReader;
import aiguillage.hub.DataFolder;
import aiguillage.hub.HubConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the operator's addresses of a hub on this machine. Each failure is a sentence with an exit code: the hub
/// cannot be reached (69), or says no (1).
public final class OperatorClient implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofMinutes(10); // a backup takes its time
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int REFUSED_FROM = 400;

    private final URI hub;
    private final String token;
    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

    public OperatorClient(URI hub, String token) {
        this.hub = hub;
        this.token = token;
    }

    /// The client for the hub of a `hub.yaml`.
    public static OperatorClient of(Path hubYaml) {
        return of(new ConfigReader().file(hubYaml, HubConfig.class).value());
    }

    /// The client for the hub of a configuration.
    public static OperatorClient of(HubConfig config) {
        Address listen = config.listen().operations();
        Path token = new DataFolder(config.data()).operatorToken();
        try {
            return new OperatorClient(
                    URI.create("http://" + reachable(listen)),
                    Files.readString(token).strip());
        } catch (NoSuchFileException e) {
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "There is no operator's token " + token + ": the hub has never run with this configuration. Start"
                            + " it with `aiguillage hub run`.",
                    e);
        } catch (IOException e) {
            throw new Failure(Exit.UNAVAILABLE, "The operator's token cannot be read: " + e + ".", e);
        }
    }

    /// A listener on every address is reached on loopback.
    private static Address reachable(Address listen) throws IOException {
        boolean any = InetAddress.getByName(listen.host()).isAnyLocalAddress();
        return any ? new Address("127.0.0.1", listen.port()) : listen;
    }

    /// `GET`, with a JSON answer.
    public JsonNode get(String path) {
        return json.readTree(getText(path));
    }

    /// `GET`, with the answer as it is.
    public String getText(String path) {
        return answer(request(path).GET().build());
    }

    /// `POST` of JSON, with a JSON answer.
    public JsonNode post(String path, JsonNode body) {
        return post(path, json.writeValueAsString(body));
    }

    /// `POST` of a text, with a JSON answer.
    public JsonNode post(String path, String body) {
        return json.readTree(answer(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build()));
    }

    /// One step of a path or one value of a query, escaped.
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(ANSWER_MAX).header("Authorization", "Bearer " + token);
    }

    private String answer(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= REFUSED_FROM) {
                throw refused(answer);
            }
            return answer.body();
        } catch (ConnectException e) {
            throw new Failure(
                    Exit.UNAVAILABLE, "No hub answers at " + hub + ". Start it with `aiguillage hub run`.", e);
        } catch (IOException e) {
            throw new Failure(Exit.UNAVAILABLE, "The hub at " + hub + " did not answer: " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.UNAVAILABLE, "Interrupted while waiting for the hub at " + hub + ".", e);
        }
    }

    /// Their remedy speaks to whoever programs against the hub; the detail says it all.
    private static final Set<String> GENERIC = Set.of("not-found", "bad-request");

    private Failure refused(HttpResponse<String> answer) {
        List<String> lines = new ArrayList<>();
        String code = "";
        try {
            JsonNode problem = json.readTree(answer.body());
            code = problem.path("code").asString("");
            lines.add(problem.path("detail").asString("The hub refused (" + answer.statusCode() + ")."));
            problem.path("faults").forEach(fault -> lines.add(fault.asString()));
            if (problem.path("faults").isEmpty() && problem.has("remedy") && !GENERIC.contains(code)) {
                lines.add(problem.path("remedy").asString());
            }
        } catch (JacksonException e) {
            lines.add("The hub answered " + answer.statusCode() + ": " + answer.body());
        }
        return new Failure(answer.statusCode() >= 500 ? Exit.UNAVAILABLE : Exit.NO, String.join("\n", lines), code);
    }

    @Override
    public void close() {
        http.close();
    }
}
