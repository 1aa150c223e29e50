package aiguillage.dataset.replica;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/// Lets calls in until it is closed; closing waits for those inside. Calls count themselves in several places,
/// so that threads on different processors do not pass one cache line between them: a read-write lock would
/// cost a lookup a tenth of its time, and more with each processor.
final class Gate {

    private static final int PLACES = 16;

    /// Places are 128 bytes apart: two cache lines, which processors fetch together.
    private static final int APART = 128 / Integer.BYTES;

    private static final long WAIT_NANOS = 100_000;

    private final AtomicIntegerArray inside = new AtomicIntegerArray(PLACES * APART);
    private volatile boolean closed;

    /// @return what [#leave] takes
    /// @throws IllegalStateException when it is closed
    int enter() {
        int place = (int) Thread.currentThread().threadId() % PLACES * APART;
        inside.getAndIncrement(place); // first counted, then asked: closing first says so and then counts
        if (closed) {
            leave(place);
            throw new IllegalStateException("the rows were closed while a part still used them");
        }
        return place;
    }

    void leave(int place) {
        inside.getAndDecrement(place);
    }

    /// Returns when nobody is inside any more, and nobody will be.
    void close() {
        closed = true;
        for (int i = 0; i < PLACES; i++) {
            while (inside.get(i * APART) != 0) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }
}
