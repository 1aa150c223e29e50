package aiguillage.conformance.driver;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A sender that takes its time: the pause is what is played, nothing is waited for.
final class Pause {

    private Pause() {}

    static void millis(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
