package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Delivery;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which deliveries are on their way through the line, and which flows wait to be offered again. Safe from any
/// thread.
///
/// When one of a flow could not be handed over, those behind it must not overtake it: all that are here are let
/// go, and what the present stream still offers of the flow is passed over. The next stream offers everything
/// pending again, in order.
final class InHand {

    private final Map<Position, Offer> offers = new HashMap<>();

    /// By flow, the last stream whose offers are passed over.
    private final Map<FlowName, Long> heldTo = new HashMap<>();

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
    }

    /// These could not be handed over: lets go of them and of all that are behind one of them in its flow.
    synchronized void letGo(List<Offer> failed) {
        for (Offer first : failed) {
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
}
