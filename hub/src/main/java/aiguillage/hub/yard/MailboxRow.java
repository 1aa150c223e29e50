package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.hub.store.Key;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;

/// How much stands in one party's mailbox of one flow.
public record MailboxRow(long pending, long quarantined) {

    /// Of a mailbox that never had a delivery.
    public static final MailboxRow EMPTY = new MailboxRow(0, 0);

    public MailboxRow {
        if (pending < 0 || quarantined < 0) {
            throw new AssertionError(
                    "a mailbox cannot hold " + pending + " pending and " + quarantined + " quarantined deliveries");
        }
    }

    public static byte[] key(PartyId reader, FlowName flow) {
        return Key.text(reader.value()).then(flow.toString()).done();
    }

    byte[] encode() {
        return new ByteWriter(16).number(pending).number(quarantined).done();
    }

    public static MailboxRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        return new MailboxRow(in.number(), in.number());
    }
}
