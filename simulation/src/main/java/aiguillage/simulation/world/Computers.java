package aiguillage.simulation.world;

import aiguillage.simulation.fault.Faults;
import aiguillage.simulation.network.Network;
import aiguillage.simulation.time.Node;
import aiguillage.simulation.time.Scheduler;

/// What all computers of a run share.
final class Computers {

    private final Scheduler scheduler;
    private final Faults faults;
    private final Network network;
    private final Node outside;
    private long crashes;

    Computers(Scheduler scheduler, Faults faults) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.network = new Network(scheduler, faults);
        this.outside = new Node(scheduler, "outside");
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Faults faults() {
        return faults;
    }

    Network network() {
        return network;
    }

    /// What never dies: people, and programs that are not ours.
    Node outside() {
        return outside;
    }

    void crashed() {
        crashes++;
    }

    long crashes() {
        return crashes;
    }
}
