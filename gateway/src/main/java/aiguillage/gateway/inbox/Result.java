package aiguillage.gateway.inbox;

import aiguillage.protocol.Position;
import java.util.List;

/// What became of a batch of deliveries.
///
/// @param handedOver to be acknowledged
/// @param rejected never to be handed over, each with the reason
/// @param again whether some could not be handed over now: the hub must offer them again
public record Result(List<Position> handedOver, List<Rejection> rejected, boolean again) {

    public Result {
        handedOver = List.copyOf(handedOver);
        rejected = List.copyOf(rejected);
    }

    /// A delivery this gateway will never hand over.
    public record Rejection(Position position, String reason) {}
}
