package aiguillage.hub.door.rest;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What readers rejected and nobody has decided on: shown, released or returned, by the reader or the operator.
/// Runs on threads that may wait.
public final class QuarantineDoor {

    private final HubParts hub;

    public QuarantineDoor(HubParts hub) {
        this.hub = hub;
    }

    /// `GET /v1/inbox/quarantine`: what this party rejected and nobody has decided on.
    void list(Call call) {
        PartyId reader = call.party();
        call.json(200, list(reader, call.number(Query.AFTER)));
    }

    public ArrayNode list(PartyId reader, long after) {
        ArrayNode list = Call.JSON.createArrayNode();
        for (DeliveryRow row : hub.mailboxes().quarantined(reader, after, Query.LIMIT_MAX)) {
            Delivery delivery = row.delivery();
            ObjectNode item = list.addObject()
                    .put("position", delivery.position().value())
                    .put("reader", reader.value())
                    .put("flow", delivery.flow().toString())
                    .put("sender", delivery.sender().value())
                    .put("id", delivery.id().value());
            if (hub.documents().entry(new Position(row.rejectedAt())) instanceof Entry.DeliveryRejected rejected) {
                item.put("reason", rejected.reason())
                        .put("since", rejected.time().toString());
            }
            item.put("expires", row.offeredUntil().toString());
        }
        return list;
    }

    /// `POST /v1/inbox/quarantine/{position}/release` or `…/return`, by the reader itself.
    void decide(Call call, boolean release) {
        PartyId reader = call.party();
        decide(call, reader, call.position(), release, reader.value());
    }

    public void decide(Call call, PartyId reader, Position position, boolean release, String by) {
        Delivery delivery = hub.mailboxes()
                .delivery(reader, position, hub.ledger().size())
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "No such delivery is in quarantine."));
        Entry entry = release
                ? new Entry.DeliveryReleased(now(), delivery, by)
                : new Entry.DeliveryReturned(now(), delivery, by);
        if (Journal.await(hub.journal().append(entry)).outcome() instanceof Outcome.Recorded(var at)) {
            call.json(200, Call.JSON.createObjectNode().put("position", at.value()));
        } else {
            throw new Refused(Problem.NOT_FOUND, "No such delivery is in quarantine.");
        }
    }

    private Instant now() {
        return hub.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
