package aiguillage.app.dataset;

import aiguillage.app.call.Caller;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.GatewayConfig;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One dataset's replica, asked at the local door of a gateway on this machine.
public final class GatewayDataset implements AutoCloseable {

    private final Caller caller;
    private final String address;

    private GatewayDataset(Caller caller, DatasetName name) {
        this.caller = caller;
        this.address = "/v1/datasets/" + name;
    }

    /// @param gatewayYaml the gateway's configuration; its user alone can read the door's token
    public static GatewayDataset of(Path gatewayYaml, String name) throws IOException {
        var dataset = Named.dataset(name);
        GatewayConfig settings =
                new ConfigReader().file(gatewayYaml, GatewayConfig.class).value();
        if (!settings.door().open()) {
            throw new Failure(
                    Exit.CONFIGURATION, gatewayYaml + " says door.open: false: its gateway answers no questions.");
        }
        if (!settings.brands().contains(dataset.brand())) {
            throw new Failure(Exit.CONFIGURATION, gatewayYaml + " names no hub that serves " + dataset.brand() + ".");
        }
        Path token = settings.data().resolve("tokens").resolve(dataset.brand().value());
        try {
            var door = URI.create("http://" + settings.door().listen());
            return new GatewayDataset(
                    Caller.withToken(
                            Caller.Called.GATEWAY, door, Files.readString(token).strip()),
                    dataset);
        } catch (NoSuchFileException e) {
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "There is no token " + token + ": no gateway ever ran with this configuration. Start it with"
                            + " `aiguillage gateway run --config " + gatewayYaml + "`.",
                    e);
        }
    }

    /// How the replica is.
    public JsonNode standing() {
        return caller.get(address);
    }

    /// What holds for a key.
    ///
    /// @param at as RFC 3339 writes it, or empty for now
    public JsonNode row(List<String> key, String at) {
        String when = at.isEmpty() ? "" : "?at=" + Caller.escaped(at);
        return caller.get(address + "/rows/" + path(key) + when);
    }

    /// What held for a key, as long as the gateway remembers.
    public JsonNode history(List<String> key) {
        return caller.get(address + "/history/" + path(key));
    }

    /// What a page of keys were in a version and are now.
    ///
    /// @param more the rest of the query, beginning with `&`, or empty
    public JsonNode changes(long since, int limit, String more) {
        return caller.get(address + "/changes?since=" + since + "&limit=" + limit + more);
    }

    private static String path(List<String> key) {
        return key.stream().map(Caller::escaped).collect(Collectors.joining("/"));
    }

    @Override
    public void close() {
        caller.close();
    }
}
