package aiguillage.hub.intake;

import aiguillage.hub.journal.Applied;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.Position;

/// What the sender of a document is answered once its entry is durable and applied (I1, I2).
public sealed interface Accepted {

    /// The hub has it.
    ///
    /// @param isFirst false when it came before, with the same content
    /// @param document where it stands
    /// @param receipt the same bytes for every retry
    record WithReceipt(boolean isFirst, Position document, byte[] receipt) implements Accepted {}

    /// Its id belongs to another document of the same sender.
    record IdTaken(Outcome.Conflict conflict) implements Accepted {}

    /// The answer for an applied [aiguillage.hub.entry.Entry.DocumentAccepted].
    static Accepted of(Applied applied, Ledger ledger) {
        return switch (applied.outcome()) {
            case Outcome.Recorded(var position) ->
                new WithReceipt(true, position, applied.receipt().toBytes());
            case Outcome.Repeated(var first) ->
                new WithReceipt(false, first, ledger.receipt(first).toBytes());
            case Outcome.Conflict conflict -> new IdTaken(conflict);
            case Outcome.TableChanged _, Outcome.Ended _, Outcome.CodeRefused _, Outcome.VersionOvertaken _ ->
                throw new AssertionError("a document cannot come to " + applied.outcome());
        };
    }
}
