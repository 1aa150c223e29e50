package aiguillage.app.command;

import aiguillage.app.operator.OperatorClient;
import org.jspecify.annotations.Nullable;

/// What options mean that several commands share.
final class Texts {

    static final String HUB_YAML = "The hub's configuration (default: ${DEFAULT-VALUE}).";
    static final String GATEWAY_YAML = "The gateway's configuration (default: ${DEFAULT-VALUE}).";
    static final String JSON = "Answer in JSON.";
    static final String LOG = "How logs look: ${COMPLETION-CANDIDATES} (default: TEXT on a terminal, else JSON).";
    static final String PARENT = "Stop when the process with this id ends.";

    private Texts() {}

    /// The query that asks about one party, or none.
    static String only(@Nullable String party) {
        return party == null ? "" : "?party=" + OperatorClient.escaped(party);
    }
}
