package aiguillage.gateway.inbox;

import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Position;
import org.jspecify.annotations.Nullable;

/// A document the hub offers.
///
/// @param envelope as its sender wrote it
/// @param digest of the payload
/// @param bytes size of the payload
/// @param data the payload itself when it is small, else null
/// @param dataRef where the hub keeps it when `data` is null; a path on the hub
@SuppressWarnings("ArrayRecordComponent") // up to 64 kB straight from the wire, written once and dropped
public record Delivery(
        Position position,
        Envelope envelope,
        Digest digest,
        long bytes,
        byte @Nullable [] data,
        @Nullable String dataRef) {

    public Delivery {
        if ((data == null) == (dataRef == null)) {
            throw new IllegalArgumentException("a delivery has either its payload or the place to fetch it from");
        }
    }

    /// A delivery whose payload must be fetched.
    public static Delivery large(Position position, Envelope envelope, Digest digest, long bytes, String dataRef) {
        return new Delivery(position, envelope, digest, bytes, null, dataRef);
    }

    public FlowName flow() {
        return envelope.flow();
    }

    public boolean isLarge() {
        return data == null;
    }
}
