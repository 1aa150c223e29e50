package aiguillage.gateway.pace;

import java.time.Duration;

/// Lets time pass on the calling thread.
@FunctionalInterface
public interface Pause {

    void pause(Duration duration) throws InterruptedException;

    /// Real time.
    static Pause real() {
        return Thread::sleep;
    }
}
