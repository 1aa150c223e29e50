package aiguillage.hub.alerts;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What was found, short enough to be told.
///
/// @param count of a rule about one thing: how many; otherwise 0
/// @param names of those that meet the rule, at most [#NAMES_MAX]; empty when a rule is about one thing only
/// @param more how many beside these
public record News(What what, long count, List<String> names, int more) {

    /// Names told at once.
    static final int NAMES_MAX = 10;

    public News {
        names = List.copyOf(names);
    }

    /// In a sentence.
    public String in(Language language) {
        return new Wording(language).found(this);
    }

    ObjectNode json() {
        ObjectNode json = Rule.JSON
                .createObjectNode()
                .put("what", what.word())
                .put("count", count)
                .put("more", more);
        names.forEach(json.putArray("names")::add);
        return json;
    }

    /// @throws RuntimeException when this is none
    static News of(JsonNode json) {
        var names = new ArrayList<String>();
        json.path("names").forEach(name -> names.add(name.asString()));
        return new News(
                What.of(json.path("what").asString()),
                json.path("count").asLong(),
                names,
                json.path("more").asInt());
    }
}
