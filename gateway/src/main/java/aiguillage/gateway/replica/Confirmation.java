package aiguillage.gateway.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a keeper tells its hub which version it has, though nothing is missing: the hub knows what it told, and not
/// what was taken in. It says so by asking what follows; what it asks for anyway says it as well.
///
/// Some moments after a version came, since all gateways hear of it at once, and not for each of many that come close
/// together. One thread.
public final class Confirmation {

    /// One call of each gateway and dataset in this time at most.
    public static final Duration EACH = Duration.ofMinutes(1);

    /// The moments after a version among which one is taken at random.
    public static final Duration WITHIN = Duration.ofSeconds(10);

    private final Duration within;
    private final RandomGenerator random;
    private Instant next = Instant.MIN;
    private @Nullable Instant due;

    /// @param within zero: nothing is confirmed
    public Confirmation(Duration within, RandomGenerator random) {
        this.within = within;
        this.random = random;
    }

    /// A version came.
    void came(Instant steady) {
        if (within.isZero() || due != null) {
            return;
        }
        Instant soon = steady.plusMillis(random.nextLong(within.toMillis()));
        due = soon.isBefore(next) ? next : soon;
    }

    boolean isDue(Instant steady) {
        return due != null && !steady.isBefore(due);
    }

    /// The hub was told.
    void said(Instant steady) {
        due = null;
        next = steady.plus(EACH);
    }

    /// How long until it is due, or a longer time.
    Duration until(Instant steady, Duration longest) {
        if (due == null) {
            return longest;
        }
        Duration left = Duration.between(steady, due);
        return left.compareTo(longest) < 0 ? left : longest;
    }
}
