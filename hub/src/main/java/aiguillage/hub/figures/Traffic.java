package aiguillage.hub.figures;

import aiguillage.protocol.FlowName;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Documents accepted, by flow and minute, since this hub's start. Safe from any thread.
public final class Traffic {

    /// What is remembered.
    public static final int MINUTES = 120;

    private final Map<FlowName, Minutes> flows = new ConcurrentHashMap<>();

    void accepted(FlowName flow, Instant at) {
        Minutes known = flows.get(flow);
        (known == null ? flows.computeIfAbsent(flow, _ -> new Minutes(MINUTES)) : known).add(at, 1);
    }

    /// Of each flow that had a document and is wanted, the counts of the last minutes, oldest first, with the
    /// one that is under way.
    public SortedMap<FlowName, int[]> byMinute(Instant now, int minutes, Predicate<FlowName> isWanted) {
        var counts = new TreeMap<FlowName, int[]>();
        flows.forEach((flow, known) -> {
            if (isWanted.test(flow)) {
                counts.put(flow, known.last(now, Math.min(minutes, MINUTES)));
            }
        });
        return counts;
    }
}
