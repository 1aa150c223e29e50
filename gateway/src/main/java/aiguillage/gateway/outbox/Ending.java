package aiguillage.gateway.outbox;

import org.jspecify.annotations.Nullable;

/// The final answer to a document, and where its file goes.
///
/// @param name the file's name in `done` or `refused`, chosen once
/// @param receipt the hub's receipt, null when refused
/// @param refusal null when accepted
record Ending(
        String name, @Nullable String receipt, @Nullable Refusal refusal) {

    Ending {
        if ((receipt == null) == (refusal == null)) {
            throw new IllegalArgumentException("an ending is a receipt or a refusal: " + receipt + ", " + refusal);
        }
    }
}
