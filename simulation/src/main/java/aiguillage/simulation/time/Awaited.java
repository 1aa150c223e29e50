package aiguillage.simulation.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One answer that one thread waits for.
///
/// @param <T> what the answer is
public final class Awaited<T> {

    private final Node node;
    private final Scheduler scheduler;
    private @Nullable T answer;
    private boolean late;
    private @Nullable Thread waiter;

    /// @param node whose thread waits
    public Awaited(Scheduler scheduler, Node node) {
        this.scheduler = scheduler;
        this.node = node;
    }

    /// The answer; only the first counts.
    public void is(T value) {
        if (answer == null) {
            answer = value;
            wake();
        }
    }

    /// Waits for the answer.
    ///
    /// @return null when it does not come in time
    public @Nullable T await(Duration patience) throws InterruptedException {
        waiter = Thread.currentThread();
        scheduler.after(patience, node, () -> {
            late = true;
            wake();
        });
        while (answer == null && !late) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.park(this);
        }
        return answer;
    }

    private void wake() {
        if (waiter != null) {
            LockSupport.unpark(waiter);
        }
    }
}
