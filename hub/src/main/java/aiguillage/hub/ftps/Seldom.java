package aiguillage.hub.ftps;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Says when something that may happen a thousand times a second is to be logged again. Safe from any thread.
final class Seldom {

    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicLong last = new AtomicLong(System.nanoTime() - EVERY_NANOS);

    /// True once a minute at most.
    boolean isDue() {
        long now = System.nanoTime();
        long before = last.get();
        return now - before >= EVERY_NANOS && last.compareAndSet(before, now);
    }
}
