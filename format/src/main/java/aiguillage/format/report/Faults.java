package aiguillage.format.report;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong in one file. One thread.
public final class Faults {

    private final List<Fault> kept = new ArrayList<>();
    private long count;

    /// Adds one; kept are the first [Fault#KEPT_MAX].
    public void add(Fault fault) {
        count++;
        if (kept.size() < Fault.KEPT_MAX) {
            kept.add(fault);
        }
    }

    /// The first, in the order in which they were found.
    public List<Fault> kept() {
        return List.copyOf(kept);
    }

    /// How many there are, those not kept included.
    public long count() {
        return count;
    }
}
