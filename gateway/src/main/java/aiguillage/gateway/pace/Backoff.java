package aiguillage.gateway.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How long to wait before trying again: doubles from `first` to `longest`, of which a random half to whole is
/// taken.
///
/// What the hub asks for in `Retry-After` is kept, with up to a tenth on top, and at most [#ASKED_MAX]: a hub in
/// error cannot silence a gateway for days. One thread at a time.
public final class Backoff {

    public static final Duration ASKED_MAX = Duration.ofMinutes(15);

    private static final int DOUBLINGS_MAX = 20;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /// The wait after one more failure.
    ///
    /// @param asked what the other side asked for, or null
    public Duration failed(@Nullable Duration asked) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        Duration bounded = doubled.compareTo(longest) > 0 ? longest : doubled;
        Duration own = Duration.ofNanos((long) (bounded.toNanos() * (0.5 + 0.5 * random.nextDouble())));
        if (asked == null) {
            return own;
        }
        Duration kept = asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked;
        Duration jittered = kept.plusNanos((long) (kept.toNanos() * 0.1 * random.nextDouble()));
        return jittered.compareTo(own) > 0 ? jittered : own;
    }

    /// It worked: the next failure waits `first` again.
    public void worked() {
        failures = 0;
    }
}
