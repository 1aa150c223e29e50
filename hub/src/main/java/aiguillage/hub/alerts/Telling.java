package aiguillage.hub.alerts;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What somebody is told once.
///
/// @param number counts what is told of a rule, from 1 on; of a test the milliseconds of its time
/// @param news what was found, of [Kind#OVER] what was found last; null: nothing, of a test
record Telling(long number, Kind kind, @Nullable News news, Instant at) {

    /// What it tells of its rule.
    enum Kind {
        MET,
        OVER,
        TEST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isOver() {
        return kind == Kind.OVER;
    }

    /// Names it: the same words for the same telling, also after a restart.
    String id(Rule rule) {
        return "alert." + rule.id() + (kind == Kind.TEST ? ".test." : ".") + number;
    }

    /// The body of a webhook and of a document.
    byte[] body(String hub, Rule rule) {
        return Rule.JSON.writeValueAsBytes(Rule.JSON
                .createObjectNode()
                .put("hub", hub)
                .put("rule", rule.name())
                .put("watches", rule.what().word())
                .put("limit", rule.limit())
                .put("brand", rule.brand() == null ? null : rule.brand().value())
                .put("state", kind.word())
                .put("found", news == null ? "This is a test." : news.in(Language.EN))
                .put("at", at.toString()));
    }

    ObjectNode json() {
        ObjectNode json = Rule.JSON
                .createObjectNode()
                .put("number", number)
                .put("state", kind.word())
                .put("at", at.toString());
        if (news != null) {
            json.set("news", news.json());
        }
        return json;
    }

    /// @throws RuntimeException when this is none
    static Telling of(JsonNode json) {
        JsonNode news = json.path("news");
        return new Telling(
                json.path("number").asLong(),
                Kind.valueOf(json.path("state").asString().toUpperCase(Locale.ROOT)),
                news.isObject() ? News.of(news) : null,
                Instant.parse(json.path("at").asString()));
    }
}
