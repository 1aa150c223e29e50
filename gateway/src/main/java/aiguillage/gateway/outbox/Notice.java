package aiguillage.gateway.outbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the hub told about the end of one delivery of a document.
///
/// @param state `delivered`, `rejected`, `expired`, `released` or `returned`; empty where the notice is of
///     another kind
/// @param reader whose delivery it was
/// @param reason why it was rejected; may be empty
/// @param time when, ISO 8601 as the hub wrote it
public record Notice(String state, String reader, String reason, String time) {

    private static final Set<String> FAILURES = Set.of("rejected", "expired", "returned");

    /// Reads a notice's payload; what it does not say is empty.
    public static Notice of(String text, JsonMapper json) {
        try {
            JsonNode notice = json.readTree(text);
            return new Notice(
                    notice.path("state").asString(""),
                    notice.path("reader").asString(""),
                    notice.path("reason").asString(""),
                    notice.path("time").asString(""));
        } catch (JacksonException notOurs) {
            return new Notice("", "", "", "");
        }
    }

    /// How a document's deliveries stand: of each reader the last one, in the order the readers were first told of.
    ///
    /// @param notices in the order they came
    public static List<Notice> last(List<Notice> notices) {
        Map<String, Notice> byReader = new LinkedHashMap<>();
        notices.stream()
                .filter(notice -> !notice.state.isEmpty())
                .forEach(notice -> byReader.put(notice.reader, notice));
        return List.copyOf(byReader.values());
    }

    /// Whether the reader did not take the document.
    public boolean isFailure() {
        return FAILURES.contains(state);
    }
}
