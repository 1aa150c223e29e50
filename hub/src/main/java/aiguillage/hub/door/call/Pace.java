package aiguillage.hub.door.call;

import java.util.random.RandomGenerator;

/// Tells clients when to come back, each another time: 6,500 that were cut off together must not return in one
/// second. Safe from any thread.
public final class Pace {

    /// A client whose stream ended comes back within this time.
    static final int RECONNECT_MILLIS_MAX = 10_000;

    private static final int RECONNECT_MILLIS_MIN = 500;
    private static final int PULL_SECONDS_MIN = 5;
    private static final int PULL_SECONDS_MAX = 20;
    private static final int REFUSED_SECONDS_MIN = 5;
    private static final int REFUSED_SECONDS_MAX = 20;
    private static final int BUSY_SECONDS_MIN = 1;
    private static final int BUSY_SECONDS_MAX = 5;

    private final RandomGenerator random;

    public Pace(RandomGenerator random) {
        this.random = random;
    }

    /// After how long to open a stream again.
    public int reconnectMillis() {
        return random.nextInt(RECONNECT_MILLIS_MIN, RECONNECT_MILLIS_MAX);
    }

    /// After how long to come back to a hub that cannot take anything now; at both ends inclusive.
    int refusedSeconds() {
        return random.nextInt(REFUSED_SECONDS_MIN, REFUSED_SECONDS_MAX + 1);
    }

    /// After how long to come back to a journal that has too much to do at this moment; at both ends inclusive.
    int busySeconds() {
        return random.nextInt(BUSY_SECONDS_MIN, BUSY_SECONDS_MAX + 1);
    }

    /// After how long to pull again when there was nothing.
    public int nextPullSeconds() {
        return random.nextInt(PULL_SECONDS_MIN, PULL_SECONDS_MAX);
    }
}
