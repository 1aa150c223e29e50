package aiguillage.hub.door.rest;

import aiguillage.hub.delivery.Quarantine;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import tools.jackson.databind.node.ArrayNode;

/// What readers rejected and nobody has decided on: shown, released or returned, by the reader or the operator.
/// Runs on threads that may wait.
public final class QuarantineDoor {

    private final Quarantine quarantine;

    public QuarantineDoor(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    /// `GET /v1/inbox/quarantine`: what this party rejected and nobody has decided on.
    void list(Call call) {
        PartyId reader = call.party();
        call.json(200, list(reader, call.number(Query.AFTER)));
    }

    public ArrayNode list(PartyId reader, long after) {
        ArrayNode list = Call.JSON.createArrayNode();
        for (Quarantine.Rejected rejected : quarantine.of(reader, after, Query.LIMIT_MAX)) {
            Delivery delivery = rejected.row().delivery();
            list.addObject()
                    .put("position", delivery.position().value())
                    .put("reader", reader.value())
                    .put("flow", delivery.flow().toString())
                    .put("sender", delivery.sender().value())
                    .put("id", delivery.id().value())
                    .put("reason", rejected.reason())
                    .put("since", rejected.since().toString())
                    .put("expires", rejected.row().offeredUntil().toString());
        }
        return list;
    }

    /// `POST /v1/inbox/quarantine/{position}/release` or `…/return`, by the reader itself.
    void decide(Call call, boolean release) {
        PartyId reader = call.party();
        decide(call, reader, call.position(), release, reader.value());
    }

    /// @throws Refused when no such delivery is in quarantine
    public void require(PartyId reader, Position position) {
        quarantine.require(reader, position);
    }

    public void decide(Call call, PartyId reader, Position position, boolean release, String by) {
        Position at = quarantine.decide(reader, position, release, by);
        call.json(200, Call.JSON.createObjectNode().put("position", at.value()));
    }
}
