package aiguillage.hub.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One at a time has its turn. Of those who wait, next is whose address has failed least often, counting too
/// how many of the same address stand before it; of equals the one that has waited longest. So whoever sends a
/// flood of tries waits behind everybody whose address has not failed yet, however many he sends. Safe from any
/// thread.
final class Turns {

    // Both below are guarded by this.
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean isTaken;

    private record Waiting(String address, int rank, Object self) {}

    /// Waits for a turn; [#leave] must follow when this is true.
    ///
    /// @param failures of the address, before
    /// @return false when it did not come in time
    synchronized boolean enter(String address, int failures, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        int before = (int)
                waiting.stream().filter(one -> one.address.equals(address)).count();
        var own = new Waiting(address, failures + before, new Object());
        waiting.add(own);
        try {
            while (isTaken || !own.equals(next())) {
                long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            isTaken = true;
            return true;
        } finally {
            waiting.remove(own);
            notifyAll(); // who is next may be another now
        }
    }

    private Waiting next() {
        Waiting next = waiting.getFirst();
        for (Waiting one : waiting) {
            next = one.rank < next.rank ? one : next;
        }
        return next;
    }

    /// The turn is over.
    synchronized void leave() {
        isTaken = false;
        notifyAll();
    }

    /// How many wait.
    synchronized int waiting() {
        return waiting.size();
    }
}
