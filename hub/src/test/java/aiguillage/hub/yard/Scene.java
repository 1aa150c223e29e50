package aiguillage.hub.yard;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.ArrayList;
import java.util.List;

/// A yard with its views, entry by entry.
final class Scene {

    final MemoryStore store = new MemoryStore();
    private final Yard yard = new Yard(Documents.HUB);
    private long last;

    /// Applies an entry and writes what it changed.
    Outcome apply(Entry entry) {
        var views = new Overlay(store);
        Outcome outcome = yard.apply(new Position(last + 1), entry, views);
        if (outcome instanceof Outcome.Recorded) {
            last++;
            views.put(
                    Table.ENTRIES,
                    Key.of(last),
                    EntryCodec.encodeStored(new byte[EntryCodec.SALTS_BYTES], EntryCodec.encode(entry)));
        } else {
            assertThat(views.changes().isEmpty())
                    .as("an outcome of %s changes nothing", outcome)
                    .isTrue();
        }
        store.write(views.changes());
        return outcome;
    }

    /// The deliveries of a reader in a table, in order.
    List<Delivery> in(Table table, PartyId reader, FlowName flow) {
        byte[] prefix = Key.text(reader.value()).then(flow.toString()).done();
        var deliveries = new ArrayList<Delivery>();
        try (Store.Scan scan = store.scan(table, prefix, Key.behind(prefix))) {
            while (scan.next()) {
                deliveries.add(DeliveryRow.decode(scan.key(), scan.value()).delivery());
            }
        }
        return deliveries;
    }

    List<Delivery> pending(PartyId reader) {
        return in(Table.PENDING, reader, Documents.CLAIMS);
    }

    List<Delivery> notices(PartyId reader) {
        return in(Table.PENDING, reader, Documents.CLAIMS.notices());
    }

    List<String> pendingIds(PartyId reader) {
        return pending(reader).stream().map(delivery -> delivery.id().value()).toList();
    }

    MailboxRow mailbox(PartyId reader, FlowName flow) {
        byte[] row = store.get(Table.MAILBOXES, MailboxRow.key(reader, flow));
        return row == null ? MailboxRow.EMPTY : MailboxRow.decode(row);
    }
}
