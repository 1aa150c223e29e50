package aiguillage.gateway.pace;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// Lets time pass on the calling thread.
@FunctionalInterface
public interface Pause {

    void pause(Duration duration) throws InterruptedException;

    /// Waits for a signal, or lets this time pass. It may also return for no reason: what was waited for is looked at
    /// again.
    ///
    /// @param lock of the condition, held by the caller
    @SuppressWarnings("WaitNotInLoop") // that is the caller's part
    default void pause(Lock lock, Condition signal, Duration most) throws InterruptedException {
        var _ = signal.awaitNanos(most.toNanos());
    }

    /// Real time.
    static Pause real() {
        return Thread::sleep;
    }
}
