package aiguillage.gateway.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a hub what became of documents, and how it is itself. Calls wait; safe from any thread.
public final class HttpHistory {

    private static final int STATUS_BYTES_MAX = 1 << 16;

    private final HttpHub hub;
    private final JsonMapper json = JsonMapper.shared();

    public HttpHistory(HttpHub hub) {
        this.hub = hub;
    }

    /// What became of a document at one of its readers.
    ///
    /// @param state `pending`, `delivered`, `rejected`, `returned`, `expired` or `released`
    /// @param since ISO 8601
    /// @param reason why it was rejected; empty otherwise
    public record Fate(String reader, String state, String since, String reason) {}

    /// One document as the hub knows it.
    ///
    /// @param accepted when the hub took it, ISO 8601
    public record Story(String id, String sender, String flow, String accepted, List<Fate> fates) {

        public Story {
            fates = List.copyOf(fates);
        }
    }

    /// Documents with this claim number, VIN or other search key that this party may see: at most 100.
    ///
    /// @throws Hub.HubSaid when the hub says no
    /// @throws IOException when it cannot be reached, or answers nonsense
    public List<Story> withKey(String key) throws IOException, InterruptedException {
        JsonNode found = read("/v1/documents?key=" + encoded(key), HttpHub.ANSWER_BYTES_MAX);
        List<Story> stories = new ArrayList<>();
        found.values().forEach(one -> stories.add(story(one)));
        return stories;
    }

    /// This party's document of this id.
    ///
    /// @throws Hub.HubSaid when the hub says no: with status 404 it knows none
    public Story document(String id) throws IOException, InterruptedException {
        return story(read("/v1/documents/" + encoded(id), HttpHub.ANSWER_BYTES_MAX));
    }

    /// The hub's status as it publishes it, JSON.
    public JsonNode status() throws IOException, InterruptedException {
        return read("/status.json", STATUS_BYTES_MAX);
    }

    private JsonNode read(String path, int bytesMax) throws IOException, InterruptedException {
        try (InputStream answer = hub.ask(path)) {
            byte[] bytes = answer.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new EOFException("the hub's answer has more than " + bytesMax + " bytes");
            }
            return json.readTree(bytes);
        } catch (JacksonException e) {
            throw new IOException("the hub's answer is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Story story(JsonNode node) {
        List<Fate> fates = new ArrayList<>();
        for (JsonNode one : node.path("deliveries").values()) {
            String reader = one.path("reader").asString("");
            String state = one.path("state").asString("");
            String reason = state.equals("pending") ? "" : reason(node.path("events"), reader);
            fates.add(new Fate(reader, state, one.path("since").asString(""), reason));
        }
        return new Story(
                node.path("id").asString(""),
                node.path("sender").asString(""),
                node.path("flow").asString(""),
                node.path("accepted").asString(""),
                fates);
    }

    /// Of the last rejection by this reader.
    private static String reason(JsonNode events, String reader) {
        String reason = "";
        for (JsonNode event : events.values()) {
            if (event.path("reader").asString("").equals(reader) && event.has("reason")) {
                reason = event.path("reason").asString("");
            }
        }
        return reason;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
