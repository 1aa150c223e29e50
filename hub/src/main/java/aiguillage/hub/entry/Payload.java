package aiguillage.hub.entry;

import aiguillage.protocol.Digest;
import org.jspecify.annotations.Nullable;

/// What is known of a document's payload.
///
/// @param bytes its size, from 0
/// @param file the name of the file that holds it, or null when it stands in the store beside the entry
public record Payload(Digest digest, long bytes, @Nullable String file) {

    public Payload {
        if (bytes < 0) {
            throw new IllegalArgumentException("a payload cannot have " + bytes + " bytes");
        }
    }
}
