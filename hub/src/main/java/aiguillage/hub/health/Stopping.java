package aiguillage.hub.health;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;

/// Whether the hub is on its way down. Safe from any thread.
public final class Stopping {

    private volatile boolean stopping;

    /// From here on nothing new is taken.
    public void begin() {
        stopping = true;
    }

    public boolean begun() {
        return stopping;
    }

    /// @throws Refused when the hub is stopping
    public void requireOpen() {
        if (stopping) {
            throw new Refused(Problem.STOPPING, "Nothing of this request was kept.");
        }
    }
}
