package aiguillage.hub.door.operator;

import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.replay.Plan;
import aiguillage.hub.replay.Replays;
import aiguillage.hub.replay.Run;
import aiguillage.hub.replay.Wish;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replays, for the operator. Runs on threads that may wait.
public final class ReplayDoor {

    private static final String OPERATOR = Acts.COMMAND;

    private final Replays replays;
    private final Documents documents;
    private final Uploads uploads;
    private final Acts acts;

    public ReplayDoor(Replays replays, Documents documents, Uploads uploads, Acts acts) {
        this.acts = acts;
        this.replays = replays;
        this.documents = documents;
        this.uploads = uploads;
    }

    /// `POST /operator/replays`: shows what would be offered once more, or begins.
    void begin(Call call) throws IOException {
        ObjectNode body = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        Wish wish = wish(body);
        if (body.path("dryRun").asBoolean(false)) {
            call.json(200, plan(replays.plan(wish)));
        } else {
            String reason = Wire.text(body, "reason");
            acts.recordCommand("replay", wish.text(), reason);
            call.json(201, run(replays.begin(wish, null, OPERATOR, reason)));
        }
    }

    /// `GET /operator/replays`: those that run, and the last that did.
    void list(Call call) {
        ArrayNode list = Call.JSON.createArrayNode();
        replays.runs().forEach(one -> list.add(run(one)));
        call.json(200, list);
    }

    /// `POST /operator/replays/{position}/stop`.
    void stop(Call call) {
        Run run = replays.run(call.position().value())
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "No such replay is remembered."));
        acts.recordCommand("replay-stop", Long.toString(run.number()), "");
        run.stop();
        call.json(200, run(run));
    }

    private Wish wish(ObjectNode body) {
        try {
            var party = new PartyId(Wire.text(body, "party"));
            long asOf = number(body, "asOf", replays.now());
            boolean isMissingOnly = body.path("missingOnly").asBoolean(false);
            if (body.has("document")) {
                Recorded<Entry.DocumentAccepted> document = document(body);
                long at = document.position().value();
                return new Wish(party, document.entry().envelope().flow(), at, at, isMissingOnly, asOf);
            }
            return new Wish(
                    party,
                    FlowName.of(Wire.text(body, "flow")),
                    body.has("since") ? replays.firstAt(instant(body, "since")) : number(body, "from", 1),
                    body.has("until") ? replays.firstAt(instant(body, "until")) - 1 : number(body, "to", asOf),
                    isMissingOnly,
                    asOf);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
    }

    private Recorded<Entry.DocumentAccepted> document(ObjectNode body) {
        var id = new DocumentId(Wire.text(body, "document"));
        List<Recorded<Entry.DocumentAccepted>> named = body.has("sender")
                ? documents.sent(id, new PartyId(Wire.text(body, "sender"))).stream()
                        .toList()
                : documents.named(id, new Viewer.Operator());
        if (named.size() > 1) {
            throw new Refused(Problem.BAD_REQUEST, "Several senders used this id: name the sender.");
        }
        if (named.isEmpty()) {
            throw new Refused(Problem.NOT_FOUND, "There is no document " + id + ".");
        }
        return named.getFirst();
    }

    private static long number(ObjectNode body, String name, long fallback) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new Refused(Problem.BAD_REQUEST, "Member " + name + " is not a whole number.");
        }
        return value.asLong();
    }

    private static Instant instant(ObjectNode body, String name) {
        try {
            return Instant.parse(Wire.text(body, name));
        } catch (DateTimeParseException e) {
            throw new Refused(Problem.BAD_REQUEST, "Member " + name + " is not an instant as in 2026-03-01T08:00:00Z.");
        }
    }

    private static ObjectNode plan(Plan plan) {
        ObjectNode shown = wish(plan.wish())
                .put("documents", plan.items().size())
                .put("bytes", plan.bytes())
                .put("done", plan.done());
        if (!plan.items().isEmpty()) {
            shown.put("first", plan.items().getFirst().delivery().document().value());
            shown.put("last", plan.items().getLast().delivery().document().value());
        }
        ObjectNode skipped = shown.putObject("skipped");
        plan.reasons().forEach((why, count) -> skipped.put(word(why), count));
        Long next = plan.next();
        if (next != null) {
            shown.put("next", next);
        }
        return shown;
    }

    private static ObjectNode run(Run run) {
        ObjectNode shown = wish(run.wish())
                .put("number", run.number())
                .put("state", word(run.state()))
                .put("documents", run.total())
                .put("offered", run.offered())
                .put("passedOver", run.passedOver())
                .put("begun", run.begun().toString())
                .put("by", run.by())
                .put("reason", run.reason());
        String failure = run.failure();
        return failure == null ? shown : shown.put("failure", failure);
    }

    private static ObjectNode wish(Wish wish) {
        return Call.JSON
                .createObjectNode()
                .put("party", wish.reader().value())
                .put("flow", wish.flow().toString())
                .put("from", wish.from())
                .put("to", wish.to())
                .put("missingOnly", wish.isMissingOnly())
                .put("asOf", wish.asOf());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
