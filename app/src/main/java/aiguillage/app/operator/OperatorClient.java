package aiguillage.app.operator;

import aiguillage.app.call.Caller;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.config.Address;
import aiguillage.config.ConfigReader;
import aiguillage.hub.DataFolder;
import aiguillage.hub.HubConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the operator's addresses of a hub on this machine. Each failure is a sentence with an exit code: the hub
/// cannot be reached (69), or says no (1).
public final class OperatorClient implements AutoCloseable {

    private final Caller caller;
    private final JsonMapper json = JsonMapper.shared();

    public OperatorClient(URI hub, String token) {
        this.caller = Caller.withToken(Caller.Called.HUB, hub, token);
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

    /// What calls the hub.
    public Caller caller() {
        return caller;
    }

    /// `GET`, with a JSON answer.
    public JsonNode get(String path) {
        return caller.get(path);
    }

    /// `GET`, with the answer as it is.
    public String getText(String path) {
        return caller.text(caller.request(path).GET().build());
    }

    /// `POST` of JSON, with a JSON answer.
    public JsonNode post(String path, JsonNode body) {
        return post(path, json.writeValueAsString(body));
    }

    /// `POST` of a text, with a JSON answer.
    public JsonNode post(String path, String body) {
        return json.readTree(caller.text(caller.request(path)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    /// One step of a path or one value of a query, escaped.
    public static String escaped(String text) {
        return Caller.escaped(text);
    }

    @Override
    public void close() {
        caller.close();
    }
}
