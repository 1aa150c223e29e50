package aiguillage.hub.wss;

import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Remembers which signatures came, for as long as they are fresh: where a signature alone says who it is, each
/// counts once. Nothing is remembered over a restart, so what was signed before it does not count. Safe from
/// any thread.
public final class Replays {

    /// Signatures of one party that are remembered; more than so many messages of one party in ten minutes are
    /// too many.
    public static final int PER_PARTY_MAX = 10_000;

    private static final Duration LOOKED_AFTER = Duration.ofSeconds(10);

    private final Instant since;
    private final Map<PartyId, Map<Digest, Instant>> seen = new HashMap<>();

    private Instant looked = Instant.EPOCH;

    /// @param since what was signed before does not count: later than the start by as much as a signer's
    ///     clock may be ahead
    public Replays(Instant since) {
        this.since = since;
    }

    /// What becomes of a signature.
    public enum Seen {
        FIRST,
        BEFORE,
        /// It may have come before this hub started.
        TOO_OLD,
        /// Too many of this party are remembered.
        FULL
    }

    /// Counts a signature.
    ///
    /// @param signed the digest of what was signed, in a message of this party that is fresh. Not of the
    ///     signature: whoever has one of ECDSA can make another for the same message
    /// @param until when it is fresh no more
    public synchronized Seen count(PartyId party, Digest signed, Instant created, Instant until, Instant now) {
        forget(now);
        if (created.isBefore(since)) {
            return Seen.TOO_OLD;
        }
        Map<Digest, Instant> all = seen.computeIfAbsent(party, _ -> new HashMap<>());
        if (all.containsKey(signed)) {
            return Seen.BEFORE;
        }
        if (all.size() >= PER_PARTY_MAX) {
            return Seen.FULL;
        }
        all.put(signed, until);
        return Seen.FIRST;
    }

    private void forget(Instant now) {
        if (Duration.between(looked, now).abs().compareTo(LOOKED_AFTER) < 0) {
            return; // the clock may have been set back, too
        }
        looked = now;
        seen.values().removeIf(all -> {
            all.values().removeIf(end -> end.isBefore(now));
            return all.isEmpty();
        });
    }
}
