package aiguillage.hub.mailbox;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.CLAIMS;
import static aiguillage.hub.testing.Documents.DEALER;
import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.NOON;
import static aiguillage.hub.testing.Documents.claim;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What waits, in order, as often as one asks, and nothing passed over (I3).
class MailboxesTest {

    private static final FlowName NOTES = FlowName.of("opel/note");

    private final InterruptedStore store = new InterruptedStore();
    private final Mailboxes mailboxes = new Mailboxes(store, new Documents(store));
    private final Yard yard = new Yard(HUB);
    private long last;

    /// A store in which something happens between two reads.
    private static final class InterruptedStore implements Store {

        private final MemoryStore memory = new MemoryStore();
        private int scansUntil = -1;
        private int entriesRead;
        private Runnable interruption = () -> {};

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            entriesRead += table == Table.ENTRIES ? 1 : 0;
            return memory.get(table, key);
        }

        @Override
        public Scan scan(Table table, byte[] from, byte[] to) {
            if (scansUntil-- == 0) {
                interruption.run();
            }
            return memory.scan(table, from, to);
        }

        @Override
        public @Nullable Row last(Table table, byte[] from, byte[] to) {
            return memory.last(table, from, to);
        }

        @Override
        public void write(Changes changes) {
            memory.write(changes);
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    @Test
    void whatComesWhileFlowsAreReadIsNeverPassedOver() {
        for (int scans = 0; scans <= 2; scans++) {
            apply(claim("claim-a-" + scans, "c"));
            apply(note("note-a-" + scans));
            int round = scans;
            long before = last;
            store.interruption = () -> {
                apply(claim("claim-b-" + round, "c"));
                apply(note("note-b-" + round));
                apply(claim("claim-c-" + round, "c"));
            };
            store.scansUntil = scans;
            List<Long> first = positions(mailboxes.pending(CENTRE, before - 2, null, 100));
            long reached = first.getLast();
            List<Long> then = positions(mailboxes.pending(CENTRE, reached, null, 100));
            var all = new ArrayList<>(first);
            all.addAll(then);
            assertThat(all)
                    .as("interrupted before scan %s", scans)
                    .containsExactly(before - 1, before, before + 1, before + 2, before + 3);
        }
    }

    @Test
    void aNewFlowsFirstDeliveryIsNotPassedOverEither() {
        apply(claim("claim-1", "c"));
        store.interruption = () -> {
            apply(note("note-1"));
            apply(claim("claim-2", "c"));
        };
        store.scansUntil = 1; // the list of flows is read, their deliveries are not
        long reached = positions(mailboxes.pending(CENTRE, 0, null, 100)).getLast();
        assertThat(positions(mailboxes.pending(CENTRE, reached, null, 100))).containsExactly(2L, 3L);
    }

    @Test
    void askingAgainGivesTheSameAndLimitAfterAndFlowNarrowIt() {
        for (int i = 1; i <= 10; i++) {
            apply(i % 3 == 0 ? note("note-" + i) : claim("claim-" + i, "c"));
        }
        assertThat(positions(mailboxes.pending(CENTRE, 0, null, 100)))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L)
                .isEqualTo(positions(mailboxes.pending(CENTRE, 0, null, 100)));
        assertThat(positions(mailboxes.pending(CENTRE, 4, null, 3))).containsExactly(5L, 6L, 7L);
        assertThat(positions(mailboxes.pending(CENTRE, 0, NOTES, 100))).containsExactly(3L, 6L, 9L);
        assertThat(positions(mailboxes.pending(CENTRE, 10, null, 100))).isEmpty();
        assertThat(positions(mailboxes.pending(CENTRE, Long.MAX_VALUE - 1, null, 100)))
                .isEmpty();
        assertThat(mailboxes.pending(DEALER, 0, null, 100)).isEmpty();
    }

    /// With 6,500 readers an entry takes a millisecond to decode, and each of them acknowledges it.
    @Test
    void whatIsPendingIsFoundWithoutItsEntryAndWhatHasEndedWithIt() {
        apply(claim("claim-1", "c"));
        var first = new Position(1);
        Delivery pending = mailboxes.delivery(CENTRE, first, last).orElseThrow();
        store.entriesRead = 0;
        assertThat(mailboxes.delivery(CENTRE, first, last)).contains(pending);
        assertThat(store.entriesRead).isZero();

        apply(new Entry.DeliveryAcknowledged(NOON, pending));
        assertThat(mailboxes.delivery(CENTRE, first, last)).contains(pending);
        assertThat(store.entriesRead).isPositive();
        assertThat(mailboxes.delivery(DEALER, first, last)).isEmpty();
        assertThat(mailboxes.delivery(CENTRE, new Position(last + 1), last)).isEmpty();
    }

    private Entry note(String id) {
        Entry.DocumentAccepted claim = claim(id, "c");
        return new Entry.DocumentAccepted(
                NOON,
                Envelope.of(claim.envelope().id(), DEALER, NOTES),
                claim.payload(),
                claim.readers(),
                claim.offeredUntil(),
                claim.keptUntil(),
                claim.notices(),
                claim.keys(),
                null);
    }

    private void apply(Entry entry) {
        var views = new Overlay(store.memory);
        yard.apply(new Position(++last), entry, views);
        views.put(
                Table.ENTRIES,
                Key.of(last),
                EntryCodec.encodeStored(new byte[EntryCodec.SALTS_BYTES], EntryCodec.encode(entry)));
        store.write(views.changes());
    }

    private static List<Long> positions(List<DeliveryRow> rows) {
        assertThat(rows).allSatisfy(row -> assertThat(row.delivery().flow()).isIn(CLAIMS, NOTES));
        return rows.stream().map(row -> row.delivery().position().value()).toList();
    }
}
