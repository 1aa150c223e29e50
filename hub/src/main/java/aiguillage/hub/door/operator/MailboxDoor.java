package aiguillage.hub.door.operator;

import aiguillage.hub.admission.Admission;
import aiguillage.hub.delivery.Attempts;
import aiguillage.hub.delivery.Attempts.Attempt;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.PartyId;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One party's mailbox, for the operator: what waits in it, why, and having it tried at once. Runs on threads
/// that may wait.
public final class MailboxDoor {

    private final HubParts hub;
    private final Admission admission;
    private final Attempts attempts;
    private final Consumer<PartyId> tryNow;
    private final Acts acts;

    /// @param tryNow offers a party at once what waits for it
    public MailboxDoor(HubParts hub, Admission admission, Attempts attempts, Consumer<PartyId> tryNow, Acts acts) {
        this.acts = acts;
        this.hub = hub;
        this.admission = admission;
        this.attempts = attempts;
        this.tryNow = tryNow;
    }

    /// `GET /operator/mailboxes/{party}`: what is pending, the first behind a position. Of parties too that the
    /// routing table no longer knows.
    void waiting(Call call) {
        PartyId reader;
        try {
            reader = new PartyId(call.variable(0));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, "There is no such mailbox.");
        }
        ArrayNode list = Call.JSON.createArrayNode();
        hub.mailboxes()
                .pending(reader, call.number(Query.AFTER), null, Query.LIMIT_MAX)
                .forEach(row -> list.add(shown(row)));
        call.json(200, list);
    }

    private ObjectNode shown(DeliveryRow row) {
        Delivery delivery = row.delivery();
        ObjectNode shown = Call.JSON
                .createObjectNode()
                .put("position", delivery.position().value())
                .put("flow", delivery.flow().toString())
                .put("sender", delivery.sender().value())
                .put("id", delivery.id().value())
                .put("since", hub.documents().entry(delivery.position()).time().toString())
                .put("expires", row.offeredUntil().toString());
        attempts.of(delivery).ifPresent(attempt -> put(shown.putObject("attempt"), attempt));
        return shown;
    }

    private static void put(ObjectNode shown, Attempt attempt) {
        shown.put("why", attempt.why().name().toLowerCase(Locale.ROOT))
                .put("detail", attempt.detail())
                .put("failed", attempt.count())
                .put("at", attempt.at().toString())
                .put("next", attempt.next().toString());
    }

    /// `POST /operator/mailboxes/{party}/try`.
    void tryNow(Call call) {
        PartyId party = admission.party(call.variable(0));
        acts.recordCommand("try-now", party.value(), "");
        tryNow.accept(party);
        call.json(200, Call.JSON.createObjectNode().put("party", party.value()));
    }
}
