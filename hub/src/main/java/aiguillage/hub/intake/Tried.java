package aiguillage.hub.intake;

import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Role;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Explanation;
import aiguillage.hub.routing.Refusal;
import aiguillage.hub.routing.Route;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What would become of a document, and why, by the code that decides about those which are sent. Nothing is
/// sent or kept.
///
/// @param explanation the way, step by step
/// @param refused what its sender would be answered; null: it would be taken
/// @param readers who would have it, at most [#READERS_MAX], in order of their names; none when it is
///     refused
/// @param readersInAll how many would have it
public record Tried(
        Question question,
        Explanation explanation,
        @Nullable Refused refused,
        List<Reading> readers,
        int readersInAll) {

    public static final int READERS_MAX = 100;

    /// Who would have it, and as what.
    ///
    /// @param isCopy whether the sender is not told of it
    /// @param roles of the party, in order
    public record Reading(Party party, boolean isCopy, List<Role> roles) {}

    public Tried {
        readers = List.copyOf(readers);
    }

    public static Tried of(Table table, Question question) {
        Explanation way = Explanation.of(table, question.envelope());
        Refused refused = Submission.refusal(way.routing(), question.bytes(), question.isSigned());
        Explanation explanation = refused != null && way.routing() instanceof Route ? endedByLimits(way) : way;
        List<Reading> readers = List.of();
        int inAll = 0;
        if (refused == null && explanation.routing() instanceof Route(var _, var all)) {
            inAll = all.size();
            readers = all.stream()
                    .limit(READERS_MAX)
                    .map(reader -> reading(table, reader.party(), reader.copy()))
                    .toList();
        }
        return new Tried(question, explanation, refused, readers, inAll);
    }

    /// Of a document that has a way, and is refused for its size or want of a signature.
    private static Explanation endedByLimits(Explanation way) {
        var steps = new ArrayList<>(way.steps());
        Explanation.Step last = steps.removeLast();
        steps.add(new Explanation.Step(last.subject(), false, last.text(), last.finding(), last.values()));
        return new Explanation(steps, way.routing());
    }

    private static Reading reading(Table table, PartyId id, boolean isCopy) {
        Party party = table.party(id).orElseThrow();
        return new Reading(party, isCopy, List.copyOf(new TreeSet<>(party.roles())));
    }

    /// What stands in the answer of the operator's API and of `aiguillage flows explain --json`.
    public ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("taken", refused == null);
        ArrayNode steps = json.putArray("steps");
        for (Explanation.Step step : explanation.steps()) {
            steps.addObject()
                    .put("subject", step.subject())
                    .put("passes", step.passes())
                    .put("text", step.text());
        }
        if (refused == null) {
            json.put("readersInAll", readersInAll);
            ArrayNode list = json.putArray("readers");
            for (Reading reading : readers) {
                ObjectNode one = list.addObject()
                        .put("party", reading.party().id().value())
                        .put("copy", reading.isCopy());
                reading.roles().forEach(role -> one.withArray("roles").add(role.value()));
                one.put("region", reading.party().region().value());
            }
        } else {
            ObjectNode answer = json.putObject("refused")
                    .put("code", refused.problem().code())
                    .put("status", refused.problem().status())
                    .put("detail", refused.detail());
            if (explanation.routing() instanceof Refusal(var kind, var _)) {
                answer.put("kind", kind.name());
            }
        }
        return json;
    }

    /// As a person reads it on a terminal.
    public List<String> lines() {
        List<String> lines = new ArrayList<>(explanation.lines());
        if (refused != null && explanation.routing() instanceof Route) {
            lines.set(lines.size() - 1, "= refused, " + refused.problem().code() + ": " + refused.detail());
        }
        return List.copyOf(lines);
    }
}
