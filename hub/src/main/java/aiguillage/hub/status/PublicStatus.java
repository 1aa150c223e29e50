package aiguillage.hub.status;

import aiguillage.hub.settings.Maintenance;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a hub is, as it tells the public. Its JSON is the feed's:
///
/// ```json
/// {"hub":"hub","state":"maintenance","since":"2026-03-01T09:00:00Z","notice":{"en":"…","fr":"…"},
///  "planned":[{"from":"…","until":"…","notice":{"en":"…"}}],"gatewayVersion":"0.2.0",
///  "history":[{"at":"2026-03-01T09:00:00Z","state":"maintenance"}]}
/// ```
///
/// @param since when this state began
/// @param notice what the operator says of it; null when nothing
/// @param planned work that is to come
/// @param gatewayVersion of gateways that the operator asks for; empty when of none
/// @param history when which state began, the newest first
public record PublicStatus(
        String hub,
        State state,
        Instant since,
        @Nullable Notice notice,
        List<Planned> planned,
        String gatewayVersion,
        List<Change> history) {

    static final int HISTORY_MAX = 500;
    static final int PLANNED_MAX = 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    public PublicStatus {
        planned = List.copyOf(planned);
        history = List.copyOf(history);
    }

    /// How it is.
    public enum State {
        WORKING,
        /// It works, and not for everything: new documents may be asked to come back.
        DEGRADED,
        /// An operator has said so.
        MAINTENANCE,
        /// Nobody answered.
        DOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("a status is working, degraded, maintenance or down, not another word");
        }
    }

    /// What an operator says, in both languages; what is said in one alone stands for both.
    public record Notice(String en, String fr) {

        public Notice {
            en = cut(en);
            fr = cut(fr);
        }

        private static String cut(String text) {
            return text.length() <= Maintenance.TEXT_CHARS_MAX ? text : text.substring(0, Maintenance.TEXT_CHARS_MAX);
        }

        static @Nullable Notice of(JsonNode node) {
            String en = node.path("en").asString("");
            String fr = node.path("fr").asString("");
            return en.isBlank() && fr.isBlank() ? null : new Notice(en.isBlank() ? fr : en, fr.isBlank() ? en : fr);
        }

        private ObjectNode json() {
            return JSON.createObjectNode().put("en", en).put("fr", fr);
        }
    }

    /// @param until null: not known
    public record Planned(Instant from, @Nullable Instant until, Notice notice) {}

    /// From `at` on it was so.
    public record Change(Instant at, State state) {}

    /// The feed.
    public ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("hub", hub)
                .put("state", state.word())
                .put("since", since.toString());
        if (notice != null) {
            json.set("notice", notice.json());
        }
        ArrayNode works = json.putArray("planned");
        for (Planned one : planned) {
            ObjectNode work = works.addObject().put("from", one.from().toString());
            Instant until = one.until();
            if (until != null) {
                work.put("until", until.toString());
            }
            work.set("notice", one.notice().json());
        }
        if (!gatewayVersion.isEmpty()) {
            json.put("gatewayVersion", gatewayVersion);
        }
        ArrayNode changes = json.putArray("history");
        history.forEach(change -> changes.addObject()
                .put("at", change.at().toString())
                .put("state", change.state().word()));
        return json;
    }

    /// Reads the feed of a hub.
    ///
    /// @throws IllegalArgumentException when it is none; what is too much of it is left out
    public static PublicStatus of(JsonNode json) {
        try {
            List<Planned> planned = new ArrayList<>();
            for (JsonNode one : json.path("planned").values()) {
                Notice notice = Notice.of(one.path("notice"));
                if (notice != null && planned.size() < PLANNED_MAX) {
                    JsonNode until = one.path("until");
                    planned.add(
                            new Planned(instant(one.path("from")), until.isString() ? instant(until) : null, notice));
                }
            }
            return new PublicStatus(
                    Notice.cut(json.path("hub").asString("")),
                    State.of(json.path("state").asString("")),
                    instant(json.path("since")),
                    Notice.of(json.path("notice")),
                    planned,
                    Notice.cut(json.path("gatewayVersion").asString("")),
                    changes(json.path("history")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time in the status is none: " + e.getMessage(), e);
        }
    }

    /// A history as it stands in the feed.
    static List<Change> changes(JsonNode history) {
        List<Change> changes = new ArrayList<>();
        for (JsonNode one : history.values()) {
            if (changes.size() < HISTORY_MAX) {
                changes.add(new Change(
                        instant(one.path("at")), State.of(one.path("state").asString(""))));
            }
        }
        return changes;
    }

    private static Instant instant(JsonNode node) {
        return Instant.parse(node.asString(""));
    }
}
