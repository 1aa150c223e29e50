package aiguillage.hub.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a rule stands, and what is to be told of it. Kept over a restart as a setting.
///
/// @param number of the last telling; 0: there was none
/// @param met null: the rule is not met
/// @param waiting what is not told yet, in order
record Standing(long number, Alerts.@Nullable State met, List<Telling> waiting) {

    /// Names kept; of more it is kept that there were.
    static final int NAMES_MAX = 400;

    /// Of a rule that was never met.
    static final Standing NEW = new Standing(0, null, List.of());

    Standing {
        waiting = List.copyOf(waiting);
    }

    Standing met(Alerts.@Nullable State state) {
        return new Standing(number, state, waiting);
    }

    Standing waiting(List<Telling> tellings) {
        return new Standing(number, met, tellings);
    }

    /// One more to tell.
    Standing with(Telling telling) {
        var all = new ArrayList<>(waiting);
        all.add(telling);
        return new Standing(telling.number(), met, all);
    }

    Optional<Telling> first() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst());
    }

    String json() {
        ObjectNode json = Rule.JSON.createObjectNode().put("number", number);
        Instant toldAt = met == null ? null : met.toldAt();
        if (met != null && toldAt != null) {
            json.put("since", met.since().toString()).put("toldAt", toldAt.toString());
            json.set("found", met.found().json());
            if (met.isToldAll() || met.told().size() > NAMES_MAX) {
                json.put("toldAll", true);
            } else {
                met.told().forEach(json.putArray("told")::add);
            }
        }
        waiting.forEach(telling -> json.withArray("waiting").add(telling.json()));
        return Rule.JSON.writeValueAsString(json);
    }

    /// @throws RuntimeException when this is none
    static Standing of(String text) {
        JsonNode json = Rule.JSON.readTree(text);
        Alerts.State met = null;
        if (json.path("toldAt").isString()) {
            Set<String> told = new HashSet<>();
            json.path("told").forEach(name -> told.add(name.asString()));
            met = new Alerts.State(
                    Instant.parse(json.path("since").asString()),
                    News.of(json.path("found")),
                    Instant.parse(json.path("toldAt").asString()),
                    told,
                    json.path("toldAll").asBoolean(false));
        }
        var waiting = new ArrayList<Telling>();
        json.path("waiting").forEach(one -> waiting.add(Telling.of(one)));
        return new Standing(json.path("number").asLong(), met, waiting);
    }
}
