package aiguillage.hub.yard;

import aiguillage.hub.store.Key;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.ByteBuffer;
import java.time.Instant;

/// Something the clock will demand: that a delivery expires, or that a payload goes.
public sealed interface Due {

    Instant at();

    /// A delivery's offer ends.
    record Expiry(Instant at, PartyId reader, FlowName flow, Position delivery) implements Due {}

    /// A payload's keeping ends.
    record Removal(Instant at, Position document) implements Due {}

    /// The key behind all that is due at `now`.
    static byte[] behind(Instant now) {
        return Key.of(now.toEpochMilli() + 1);
    }

    static Due decode(byte[] key) {
        Instant at = Instant.ofEpochMilli(ByteBuffer.wrap(key).getLong());
        var position = new Position(Key.lastNumber(key));
        if (key[Long.BYTES] == REMOVAL) {
            return new Removal(at, position);
        }
        String reader = Key.textAt(key, Long.BYTES + 1);
        String flow = Key.textAt(key, Long.BYTES + 1 + reader.length() + 1);
        return new Expiry(at, new PartyId(reader), FlowName.of(flow), position);
    }

    default byte[] key() {
        Key key = Key.number(at().toEpochMilli());
        return switch (this) {
            case Expiry e ->
                key.then(EXPIRY)
                        .then(e.reader.value())
                        .then(e.flow.toString())
                        .then(e.delivery.value())
                        .done();
            case Removal r -> key.then(REMOVAL).then(r.document.value()).done();
        };
    }

    byte EXPIRY = 1;
    byte REMOVAL = 2;
}
