package aiguillage.hub.intake;

import aiguillage.hub.journal.Applied;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.yard.Outcome;

/// What the sender of a document is answered once its entry is durable and applied (I1, I2).
public sealed interface Accepted {

    /// The hub has it.
    ///
    /// @param isFirst false when it came before, with the same content
    /// @param receipt the same bytes for every retry
    record WithReceipt(boolean isFirst, byte[] receipt) implements Accepted {}

    /// Its id belongs to another document of the same sender.
    record IdTaken(Outcome.Conflict conflict) implements Accepted {}

    /// The answer for an applied [aiguillage.hub.entry.Entry.DocumentAccepted].
    static Accepted of(Applied applied, Ledger ledger) {
        return switch (applied.outcome()) {
            case Outcome.Recorded _ -> new WithReceipt(true, applied.receipt().toBytes());
            case Outcome.Repeated(var first) ->
                new WithReceipt(false, ledger.receipt(first).toBytes());
            case Outcome.Conflict conflict -> new IdTaken(conflict);
            case Outcome.TableChanged _, Outcome.Ended _, Outcome.CodeRefused _, Outcome.VersionOvertaken _ ->
                throw new AssertionError("a document cannot come to " + applied.outcome());
        };
    }
}
