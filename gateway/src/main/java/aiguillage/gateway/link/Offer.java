package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Delivery;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Position;

/// A delivery in the line, until it is handed over, rejected or let go.
final class Offer {

    private final Delivery delivery;
    private volatile boolean letGo;

    Offer(Delivery delivery) {
        this.delivery = delivery;
    }

    Delivery delivery() {
        return delivery;
    }

    Position position() {
        return delivery.position();
    }

    FlowName flow() {
        return delivery.flow();
    }

    /// It is not handed over this time: one before it in its flow was not. The hub offers both again.
    void letGo() {
        letGo = true;
    }

    boolean isLetGo() {
        return letGo;
    }
}
