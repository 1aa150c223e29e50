package aiguillage.hub.journal;

import aiguillage.hub.entry.Entry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An entry on its way into the journal, and who waits for it.
///
/// @param encoded the entry's bytes, made on the caller's thread so that the writer need not
/// @param payload the bytes that stand beside the entry, or null
record Waiting(Entry entry, byte[] encoded, byte @Nullable [] payload, CompletableFuture<Applied> applied) {

    int payloadBytes() {
        return payload == null ? 0 : payload.length;
    }
}
