package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.hub.store.Key;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;

/// What is known of a document by its id: where it stands, and its content.
///
/// @param payload the payload's digest
/// @param envelope the envelope's content digest
public record DocumentRow(Position position, Digest payload, Digest envelope) {

    /// The key of a sender's document. The id comes first, so that a document can be found without its sender's
    /// name.
    public static byte[] key(DocumentId id, PartyId sender) {
        return Key.text(id.value()).then(sender.value()).done();
    }

    byte[] encode() {
        return new ByteWriter(72)
                .number(position.value())
                .fixed(payload.bytes())
                .fixed(envelope.bytes())
                .done();
    }

    public static DocumentRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        return new DocumentRow(
                new Position(in.number()), new Digest(in.fixed(Digest.BYTES)), new Digest(in.fixed(Digest.BYTES)));
    }

    boolean sameContent(DocumentRow other) {
        return payload.equals(other.payload) && envelope.equals(other.envelope);
    }
}
