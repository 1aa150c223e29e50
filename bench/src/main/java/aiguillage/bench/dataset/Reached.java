package aiguillage.bench.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// When something came to each of many. Safe from any thread.
final class Reached {

    private static final long PATIENCE_SECONDS = 900;
    private static final long NANOS = 1_000_000_000;

    private final long[] nanos;
    private final CountDownLatch missing;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Reached(int count) {
        nanos = new long[count];
        missing = new CountDownLatch(count);
    }

    /// The system's clock, which the hub's instants are of too, in nanoseconds since 1970.
    static long now() {
        return of(Instant.now());
    }

    static long of(Instant instant) {
        return instant.getEpochSecond() * NANOS + instant.getNano();
    }

    /// It came to this one, now; the first time counts.
    void came(int number) {
        synchronized (nanos) {
            if (nanos[number] != 0) {
                return;
            }
            nanos[number] = now();
        }
        missing.countDown();
    }

    /// One of them will not be reached.
    void failed(Throwable why) {
        failure.compareAndSet(null, why);
        while (missing.getCount() > 0) {
            missing.countDown();
        }
    }

    /// Waits until all are reached.
    ///
    /// @throws IOException when one is not
    Reached all() throws IOException, InterruptedException {
        boolean done = missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Throwable why = failure.get();
        if (why != null || !done) {
            throw new IOException(
                    why == null ? missing.getCount() + " were not reached in time" : "one failed: " + why, why);
        }
        return this;
    }

    /// How long it took, in ms: this share of all was reached by then.
    ///
    /// @param began see [#of]
    /// @param count only the first so many count
    double millis(long began, int count, double share) {
        long[] sorted;
        synchronized (nanos) {
            sorted = Arrays.copyOf(nanos, count);
        }
        Arrays.sort(sorted);
        return (sorted[(int) (share * (sorted.length - 1))] - began) / 1e6;
    }
}
