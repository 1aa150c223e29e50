package aiguillage.protocol.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How far a signature's `created` may be from now.
///
/// @param ahead how far the signer's clock may be ahead of ours
/// @param ageMax how old a signature may be, the signer's clock being behind included
public record Freshness(Duration ahead, Duration ageMax) {

    /// Five minutes either way.
    public static final Freshness DEFAULT = new Freshness(Duration.ofMinutes(5), Duration.ofMinutes(5));

    public Freshness {
        if (ahead.isNegative() || ageMax.isNegative()) {
            throw new IllegalArgumentException("the bounds of a signature's time are at least zero");
        }
    }

    /// Why a signature is of another time, a part of a sentence; empty when it is fresh.
    public Optional<String> objection(Instant created, Instant now) {
        if (created.isAfter(now.plus(ahead))) {
            return Optional.of("it was created at " + created + ", in the future of " + now + "; set the clock");
        }
        if (created.isBefore(now.minus(ageMax))) {
            return Optional.of("it was created at " + created + ", more than " + ageMax + " before " + now
                    + "; sign each attempt anew, and check the clock");
        }
        return Optional.empty();
    }
}
