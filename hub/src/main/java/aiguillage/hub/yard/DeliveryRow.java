package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.EndState;
import aiguillage.hub.store.Key;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.util.Set;

/// A delivery as it stands in the mailbox, pending or in quarantine.
///
/// @param offeredUntil when it expires
/// @param copy whether the sender is not to know of it
/// @param notices of which end states the sender wants to be told; empty for copies and notices
/// @param rejectedAt for one in quarantine the position of the entry that put it there; else 0
public record DeliveryRow(
        Delivery delivery, Instant offeredUntil, boolean copy, Set<EndState> notices, long rejectedAt) {

    /// The key of a delivery in both tables.
    public static byte[] key(PartyId reader, FlowName flow, Position position) {
        return Key.text(reader.value())
                .then(flow.toString())
                .then(position.value())
                .done();
    }

    byte[] key() {
        return key(delivery.reader(), delivery.flow(), delivery.position());
    }

    byte[] encode() {
        return new ByteWriter(96)
                .number(delivery.document().value())
                .time(offeredUntil)
                .number(rejectedAt)
                .one(copy ? 1 : 0)
                .one(EndState.bits(notices))
                .text(delivery.sender().value())
                .text(delivery.id().value())
                .done();
    }

    /// @param key as in [#key(PartyId, FlowName, Position)]
    public static DeliveryRow decode(byte[] key, byte[] bytes) {
        String reader = Key.textAt(key, 0);
        String flow = Key.textAt(key, reader.length() + 1);
        var in = new ByteReader(bytes);
        var document = new Position(in.number());
        Instant offeredUntil = in.time();
        long rejectedAt = in.number();
        boolean copy = in.one() == 1;
        Set<EndState> notices = EndState.ofBits(in.one());
        var delivery = new Delivery(
                new PartyId(reader),
                FlowName.of(flow),
                new Position(Key.lastNumber(key)),
                document,
                new PartyId(in.text()),
                new DocumentId(in.text()));
        return new DeliveryRow(delivery, offeredUntil, copy, notices, rejectedAt);
    }

    DeliveryRow at(Position position, long rejectedAt) {
        return new DeliveryRow(delivery.at(position), offeredUntil, copy, notices, rejectedAt);
    }
}
