package aiguillage.gateway.pace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A time to measure how long something takes: it goes on evenly, also when somebody sets the machine's clock.
/// After that it is not the time of day any more.
public final class SteadyClock implements InstantSource {

    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;

    /// Starts at this instant.
    ///
    /// @param nanos a count that only grows, in nanoseconds
    public SteadyClock(Instant start, LongSupplier nanos) {
        this.start = start;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
