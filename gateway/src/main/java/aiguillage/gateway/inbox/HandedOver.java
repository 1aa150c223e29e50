package aiguillage.gateway.inbox;

import aiguillage.protocol.Position;

/// The record of a delivery that is staged or handed over.
///
/// @param folder below the DMS folder, with `/`
/// @param withEnvelope whether an envelope file goes before it
/// @param sender who sent it; with `id` and `digest` it tells a delivery from another one at the same position,
///     which a hub restored from a backup may come to
public record HandedOver(
        long position, String folder, String name, boolean withEnvelope, String sender, String id, String digest) {

    boolean is(Delivery delivery) {
        return sender.equals(delivery.envelope().sender().value())
                && id.equals(delivery.envelope().id().value())
                && digest.equals(delivery.digest().toString());
    }

    Position at() {
        return new Position(position);
    }
}
