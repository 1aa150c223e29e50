package aiguillage.hub.journal;

import aiguillage.hub.entry.Entry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An entry on its way into the journal, and who waits for it.
///
/// @param encoded the entry's bytes, made on the caller's thread so that the writer need not
/// @param payload the bytes that stand beside the entry, or null
/// @param table the position of the routing table it follows from, or [#NO_TABLE] when it follows from none
record Waiting(Entry entry, byte[] encoded, byte @Nullable [] payload, long table, CompletableFuture<Applied> applied) {

    static final long NO_TABLE = -1;

    /// Whether it may be written while the table at this position is in force.
    boolean agreesWith(long inForce) {
        return table == inForce || table == NO_TABLE;
    }

    /// What it costs in memory: a document for thousands of readers is mostly their names.
    int bytes() {
        return encoded.length + (payload == null ? 0 : payload.length);
    }

    /// How many rows of its kind it may write: one for each reader.
    int readers() {
        return entry instanceof Entry.DocumentAccepted document
                ? document.readers().size()
                : 0;
    }
}
