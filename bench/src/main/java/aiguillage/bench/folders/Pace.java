package aiguillage.bench.folders;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/// One thing after the other, so many a second, whether or not the one before took its time.
final class Pace {

    private Pace() {}

    /// One step.
    @FunctionalInterface
    interface Step {
        void run(int number) throws IOException;
    }

    static void keep(int perSecond, int count, Step step) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            step.run(i);
        }
    }
}
