package aiguillage.hub;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How far something long is. Says nothing in its first two seconds, then something once a second. Not for several
/// threads.
public final class Progress {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Listener listener;
    private final LongSupplier nanos;
    private long next;

    /// Who shows it.
    @FunctionalInterface
    public interface Listener {

        /// @param step what is done, as `checking entries`
        /// @param done how much of it
        /// @param of how much there is
        void at(String step, long done, long of);
    }

    public Progress(Listener listener) {
        this(listener, System::nanoTime);
    }

    Progress(Listener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + FIRST_NANOS;
    }

    /// For who does not want to know.
    public static Progress none() {
        return new Progress((step, done, of) -> {});
    }

    void at(String step, long done, long of) {
        long now = nanos.getAsLong();
        if (now - next >= 0) {
            next = now + EVERY_NANOS;
            listener.at(step, done, of);
        }
    }
}
