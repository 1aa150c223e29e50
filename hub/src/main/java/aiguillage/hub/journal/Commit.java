package aiguillage.hub.journal;

import aiguillage.hub.ledger.Growth;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.proof.Leaf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A batch that is durable: what became of each entry, and how the ledger grew.
///
/// @param growth null when nothing in the batch changed anything
record Commit(List<Done> done, @Nullable Growth growth) {

    /// Stands behind the last one: of nobody's entries, as no other commit is.
    static final Commit END = new Commit(List.of(), null);

    boolean isEnd() {
        return done.isEmpty();
    }

    /// @param leaf null when the entry changed nothing
    record Done(Waiting waiting, Outcome outcome, @Nullable Leaf leaf) {}
}
