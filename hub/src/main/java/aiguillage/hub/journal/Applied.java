package aiguillage.hub.journal;

import aiguillage.hub.ledger.Growth;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.proof.Leaf;
import aiguillage.protocol.proof.Receipt;
import org.jspecify.annotations.Nullable;

/// An entry that is durable and applied.
public final class Applied {

    private final Outcome outcome;
    private final @Nullable Leaf leaf;
    private final @Nullable Growth growth;
    private final @Nullable String checkpoint;

    private Applied(Outcome outcome, @Nullable Leaf leaf, @Nullable Growth growth, @Nullable String checkpoint) {
        this.outcome = outcome;
        this.leaf = leaf;
        this.growth = growth;
        this.checkpoint = checkpoint;
    }

    static Applied recorded(Outcome outcome, Leaf leaf, Growth growth, String checkpoint) {
        return new Applied(outcome, leaf, growth, checkpoint);
    }

    static Applied unchanged(Outcome outcome) {
        return new Applied(outcome, null, null, null);
    }

    public Outcome outcome() {
        return outcome;
    }

    /// The receipt, when the entry was recorded. Computed here, on the caller's thread, so that the writer need
    /// not.
    ///
    /// @throws IllegalStateException when the outcome is not [Outcome.Recorded]
    public Receipt receipt() {
        if (leaf == null || growth == null || checkpoint == null) {
            throw new IllegalStateException("an entry that changed nothing has no receipt of its own: " + outcome);
        }
        return Ledger.receipt(leaf, growth, checkpoint);
    }
}
