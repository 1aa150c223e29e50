package aiguillage.hub.door;

import aiguillage.hub.journal.Applied;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.yard.Outcome;

/// What the sender of a document is answered once its entry is durable and applied (I1, I2).
public sealed interface Accepted {

    /// The status for a document that is new here.
    int FRESH = 201;

    /// The status for one that came before, with the same content.
    int REPEATED = 200;

    /// The hub has it.
    ///
    /// @param receipt the same bytes for every retry
    record WithReceipt(int status, byte[] receipt) implements Accepted {}

    /// Its id belongs to another document of the same sender.
    record IdTaken(Outcome.Conflict conflict) implements Accepted {}

    /// The answer for an applied [aiguillage.hub.entry.Entry.DocumentAccepted].
    static Accepted of(Applied applied, Ledger ledger) {
        return switch (applied.outcome()) {
            case Outcome.Recorded _ -> new WithReceipt(FRESH, applied.receipt().toBytes());
            case Outcome.Repeated(var first) ->
                new WithReceipt(REPEATED, ledger.receipt(first).toBytes());
            case Outcome.Conflict conflict -> new IdTaken(conflict);
            case Outcome.TableChanged _, Outcome.Ended _, Outcome.CodeRefused _, Outcome.VersionOvertaken _ ->
                throw new AssertionError("a document cannot come to " + applied.outcome());
        };
    }
}
