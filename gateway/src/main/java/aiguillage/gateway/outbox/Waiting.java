package aiguillage.gateway.outbox;

import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A document in the outbox.
///
/// @param number its place in its flow, for life, counted from 1; 0 until it has one
/// @param taken when it came into the outbox
/// @param name the file's name as the DMS knows it, made safe
/// @param origin where its file stood in `out`; null when it came through the door
/// @param flaw why it is not to be sent at all, found when it was taken
/// @param ending the final answer, once there is one
public record Waiting(
        long number,
        Envelope envelope,
        Digest digest,
        long bytes,
        Instant taken,
        String name,
        @Nullable Origin origin,
        @Nullable Refusal flaw,
        @Nullable Ending ending) {

    public FlowName flow() {
        return envelope.flow();
    }

    /// Equal for two submissions of the same document, and only for these (I2).
    String content() {
        return envelope.contentDigest() + " " + digest;
    }

    Waiting numbered(long newNumber) {
        return new Waiting(newNumber, envelope, digest, bytes, taken, name, origin, flaw, ending);
    }

    Waiting measured(Digest newDigest, long newBytes) {
        return new Waiting(number, envelope, newDigest, newBytes, taken, name, origin, flaw, ending);
    }

    Waiting ended(Ending how) {
        return new Waiting(number, envelope, digest, bytes, taken, name, origin, flaw, how);
    }
}
