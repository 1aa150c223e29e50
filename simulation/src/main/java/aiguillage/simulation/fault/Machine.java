package aiguillage.simulation.fault;

import aiguillage.simulation.time.Node;
import aiguillage.simulation.time.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// One life of a process on its computer: its threads, its clock, and how its disk ends it.
public final class Machine {

    private static final Duration WRITE_SHORTEST = Duration.ofNanos(50_000);
    private static final Duration WRITE_LONGEST = Duration.ofMillis(4);

    private final Scheduler scheduler;
    private final Node node;
    private final Faults faults;
    private final InstantSource clock;
    private final Consumer<Machine> dies;

    /// @param clock the computer's own
    /// @param dies told when this life ends inside a write
    public Machine(Scheduler scheduler, Node node, Faults faults, InstantSource clock, Consumer<Machine> dies) {
        this.scheduler = scheduler;
        this.node = node;
        this.faults = faults;
        this.clock = clock;
        this.dies = dies;
    }

    public Node node() {
        return node;
    }

    public InstantSource clock() {
        return clock;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Faults faults() {
        return faults;
    }

    /// The disk works for the calling thread: it takes time.
    public void diskWorks() {
        node.busy(faults.between(WRITE_SHORTEST, WRITE_LONGEST));
    }

    /// The calling thread is between two writes. It may be where this life ends; then this does not return.
    public void mayDie() {
        if (faults.strikes(Fault.DEATH_IN_WRITE)) {
            dies.accept(this);
            while (true) {
                LockSupport.park(this); // nobody takes the next step of a dead process
            }
        }
    }
}
