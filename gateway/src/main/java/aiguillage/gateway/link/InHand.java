package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Delivery;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which deliveries are on their way through the line, and which flows wait to be offered again. Safe from any
/// thread.
///
/// When one of a flow could not be handed over, those behind it must not overtake it: all that are here are let
/// go, and what the present stream still offers of the flow is passed over. The next stream offers everything
/// pending again, in order. One that fails [#HELD_TRIES_MAX] times in a row holds back nobody any more: whatever is
/// wrong with it, the next ones of its flow go on (I3).
final class InHand {

    static final int HELD_TRIES_MAX = 10;

    private static final int FAILED_MAX = 10_000;

    private final Map<Position, Offer> offers = new HashMap<>();

    /// By flow, the last stream whose offers are passed over.
    private final Map<FlowName, Long> heldTo = new HashMap<>();

    /// How often those that are not handed over yet have failed; the positions of the least are forgotten first.
    private final NavigableMap<Position, Integer> failures = new TreeMap<>();

    private long stream;

    /// A stream was opened: it offers everything pending from the beginning.
    synchronized void opened() {
        stream++;
    }

    /// Takes a delivery into the line, unless it is in it, or its flow waits to be offered again.
    @Nullable
    synchronized Offer add(Delivery delivery) {
        Long held = heldTo.get(delivery.flow());
        if ((held != null && held >= stream) || offers.containsKey(delivery.position())) {
            return null;
        }
        var offer = new Offer(delivery);
        offers.put(delivery.position(), offer);
        return offer;
    }

    /// It was handed over or rejected.
    synchronized void ended(Offer offer) {
        offers.remove(offer.position(), offer);
        failures.remove(offer.position());
    }

    /// Whether it has failed so often that it holds back nobody any more. It is to be handed over alone: behind one
    /// that fails, nothing of its flow in the same batch is handed over.
    synchronized boolean isNotorious(Offer offer) {
        return failures.getOrDefault(offer.position(), 0) >= HELD_TRIES_MAX;
    }

    /// It could not be handed over: lets go of it and, unless it is notorious, of all that are behind it in its flow.
    synchronized void failed(Offer offer) {
        if (isNotorious(offer)) {
            offers.remove(offer.position(), offer);
            return;
        }
        failures.merge(offer.position(), 1, Integer::sum);
        if (failures.size() > FAILED_MAX) {
            failures.pollFirstEntry();
        }
        letGo(offer);
    }

    /// Lets go of one, and of all that are behind it in its flow.
    synchronized void letGo(Offer first) {
        heldTo.put(first.flow(), stream);
        offers.values().removeIf(offer -> {
            boolean behind = offer.flow().equals(first.flow())
                    && offer.position().value() >= first.position().value();
            if (behind) {
                offer.letGo();
            }
            return behind;
        });
    }
}
