package aiguillage.hub.door.rest;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Position;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The ledger's head, key and proofs (RFC 9162, section 2.1; C2SP tlog-checkpoint). Runs on threads that may wait.
final class LedgerDoor {

    private final Ledger ledger;

    LedgerDoor(Ledger ledger) {
        this.ledger = ledger;
    }

    void checkpoint(Call call) {
        call.text(200, ledger.checkpoint());
    }

    void key(Call call) {
        call.text(200, ledger.verifier() + "\n");
    }

    /// `GET /v1/ledger/proof?position=&size=`: that the entry is among the first `size`.
    void proof(Call call) {
        long size = call.number(Query.SIZE, ledger.size());
        long position = call.number(Query.POSITION);
        try {
            call.json(200, hashes(size, ledger.inclusion(new Position(position), size)));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, e.getMessage() + ".");
        }
    }

    /// `GET /v1/ledger/consistency?from=&to=`: that the ledger of `to` entries begins with the one of `from`.
    void consistency(Call call) {
        long to = call.number(Query.TO, ledger.size());
        long from = call.number(Query.FROM);
        try {
            call.json(200, hashes(to, ledger.consistency(from, to)));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, e.getMessage() + ".");
        }
    }

    private ObjectNode hashes(long size, List<byte[]> proof) {
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode json =
                Call.JSON.createObjectNode().put("size", size).put("root", base64.encodeToString(ledger.root(size)));
        ArrayNode hashes = json.putArray("proof");
        proof.forEach(hash -> hashes.add(base64.encodeToString(hash)));
        return json;
    }
}
