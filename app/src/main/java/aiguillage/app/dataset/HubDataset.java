package aiguillage.app.dataset;

import aiguillage.app.call.Caller;
import aiguillage.app.terminal.Terminal;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One dataset at a hub, for its operator or for a party that publishes it. What takes longer than two seconds is
/// told on `err`.
public final class HubDataset implements AutoCloseable {

    /// The largest file on a slow line, and then the hub reads it.
    private static final Duration FILE_MAX = Duration.ofHours(6);

    private static final String WORKS = "The hub reads and compares";

    private final Caller caller;
    private final String address;
    private final Terminal terminal;

    private HubDataset(Caller caller, String root, DatasetName name, Terminal terminal) {
        this.caller = caller;
        this.address = root + "/" + name;
        this.terminal = terminal;
    }

    /// For a hub's operator.
    public static HubDataset ofOperator(Caller caller, DatasetName name, Terminal terminal) {
        return new HubDataset(caller, "/operator/datasets", name, terminal);
    }

    /// For a party.
    public static HubDataset ofParty(Caller caller, DatasetName name, Terminal terminal) {
        return new HubDataset(caller, "/v1/datasets", name, terminal);
    }

    /// `GET` below the dataset's address.
    public JsonNode get(String path) {
        return caller.get(address + path);
    }

    /// `GET` below the dataset's address, as it is.
    public String text(String path) {
        return caller.text(caller.request(address + path).GET().build());
    }

    /// `POST` below the dataset's address, without a body.
    public JsonNode post(String path) {
        HttpRequest request = caller.request(address + path)
                .timeout(FILE_MAX)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var _ = Watch.begin(terminal, WORKS)) {
            return JsonMapper.shared().readTree(caller.text(request));
        }
    }

    /// Sends a file to an address below the dataset's own.
    ///
    /// @return the answer, which may be a refusal
    public HttpResponse<String> send(String path, String mediaType, Path file) throws IOException {
        try (var watch = Watch.begin(terminal, WORKS)) {
            HttpRequest request = caller.request(address + path)
                    .timeout(FILE_MAX)
                    .header("Content-Type", mediaType)
                    .expectContinue(true) // whoever may not publish is told so before the file goes out
                    .POST(watch.body(file))
                    .build();
            return caller.answer(request);
        }
    }

    /// As [#send], for an address that refuses nothing worth a look.
    public JsonNode sent(String path, String mediaType, Path file) throws IOException {
        return good(send(path, mediaType, file));
    }

    /// The JSON of a good answer.
    public JsonNode good(HttpResponse<String> answer) {
        if (answer.statusCode() >= 400) {
            throw caller.refused(answer.statusCode(), answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /// Saves the offending lines of a report.
    ///
    /// @return false when the hub keeps none
    public boolean saveLines(String report, Path file) throws IOException {
        return caller.save(address + "/reports/" + Caller.escaped(report) + "/lines", file);
    }

    @Override
    public void close() {
        caller.close();
    }
}
