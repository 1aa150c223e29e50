package aiguillage.hub.document;

import aiguillage.protocol.PartyId;
import org.jspecify.annotations.Nullable;

/// Who asks: a party sees its own, the hub's operator everything.
public sealed interface Viewer {

    record Party(PartyId id) implements Viewer {}

    /// @param by how an entry names this person, as in `operator:ada`; null: whoever has the operator's
    ///     token, whom nobody tells from another
    record Operator(@Nullable String by) implements Viewer {

        /// Whoever has the operator's token.
        public Operator() {
            this(null);
        }
    }
}
