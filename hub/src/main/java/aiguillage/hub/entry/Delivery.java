package aiguillage.hub.entry;

import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;

/// One document for one mailbox.
///
/// @param reader whose mailbox
/// @param flow the flow it came by
/// @param position its own place in the mailbox: of the entry that put it there
/// @param document the position of the document it is, or, for a notice, is about
/// @param sender who sent the document; for a notice the hub
/// @param id the sender's name for the document
public record Delivery(
        PartyId reader, FlowName flow, Position position, Position document, PartyId sender, DocumentId id) {

    /// The same document for the same mailbox, at another place in it.
    public Delivery at(Position other) {
        return new Delivery(reader, flow, other, document, sender, id);
    }
}
