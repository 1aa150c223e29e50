package aiguillage.gateway.link;

import aiguillage.protocol.FlowName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Flows whose first delivery takes time (a large payload, a notice ahead of its file): their next ones wait behind
/// it in order, and other flows go on. Safe from any thread.
final class Lanes {

    /// Deliveries that wait in all lanes together. More are let go; the hub offers them again.
    static final int WAITING_MAX = 1_000;

    private final Map<FlowName, Deque<Offer>> lanes = new HashMap<>();
    private int waiting;

    /// Puts a delivery into its flow's lane.
    Joined join(Offer offer) {
        synchronized (lanes) {
            Deque<Offer> lane = lanes.get(offer.flow());
            if (lane != null && waiting >= WAITING_MAX) {
                return Joined.FULL;
            }
            if (lane == null) {
                lanes.put(offer.flow(), new ArrayDeque<>());
                return Joined.FIRST;
            }
            lane.add(offer);
            waiting++;
            return Joined.BEHIND;
        }
    }

    boolean isBusy(FlowName flow) {
        synchronized (lanes) {
            return lanes.containsKey(flow);
        }
    }

    /// The next delivery of a flow whose lane the caller works on; null ends the lane.
    @Nullable
    Offer next(FlowName flow) {
        synchronized (lanes) {
            Deque<Offer> lane = lanes.get(flow);
            Offer next = lane == null ? null : lane.poll();
            if (next == null) {
                lanes.remove(flow);
            } else {
                waiting--;
            }
            return next;
        }
    }

    /// What became of a delivery that came to its lane.
    enum Joined {
        FIRST,
        BEHIND,
        FULL
    }
}
