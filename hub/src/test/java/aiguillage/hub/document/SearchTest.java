package aiguillage.hub.document;

import static aiguillage.hub.testing.Documents.DEALER;
import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A search costs what it shows, however many documents have the value.
class SearchTest {

    private static final PartyId CENTRE = new PartyId("opel-centre");
    private static final PartyId OTHER = new PartyId("dealer-8");

    private final Counting store = new Counting(new MemoryStore());
    private final Documents documents = new Documents(store);
    private final Yard yard = new Yard(HUB);
    private long last;

    /// A store that counts the entries that are read.
    private static final class Counting implements Store {

        private final Store below;
        private int entriesRead;

        Counting(Store below) {
            this.below = below;
        }

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            entriesRead += table == Table.ENTRIES ? 1 : 0;
            return below.get(table, key);
        }

        @Override
        public Scan scan(Table table, byte[] from, byte[] to) {
            return below.scan(table, from, to);
        }

        @Override
        public @Nullable Row last(Table table, byte[] from, byte[] to) {
            return below.last(table, from, to);
        }

        @Override
        public void write(Changes changes) {
            below.write(changes);
        }

        @Override
        public void close() {
            below.close();
        }
    }

    private void accept(PartyId sender, String value) {
        Entry.DocumentAccepted plain = accepted("claim-" + ++last, "content", sender, CENTRE);
        var entry = new Entry.DocumentAccepted(
                plain.time(),
                plain.envelope(),
                plain.payload(),
                plain.readers(),
                plain.offeredUntil(),
                plain.keptUntil(),
                plain.notices(),
                Map.of("vin", List.of(value)),
                null);
        var views = new Overlay(store);
        yard.apply(new Position(last), entry, views);
        views.put(
                Table.ENTRIES,
                Key.of(last),
                EntryCodec.encodeStored(new byte[EntryCodec.SALTS_BYTES], EntryCodec.encode(entry)));
        store.write(views.changes());
    }

    private List<Long> found(PartyId viewer) {
        store.entriesRead = 0;
        return documents.called("VF1", "VF1", new Viewer.Party(viewer)).stream()
                .map(document -> document.position().value())
                .toList();
    }

    @Test
    void theNewestAreShownOldestFirstAndNoOthersAreRead() {
        for (int i = 0; i < 300; i++) {
            accept(DEALER, "VF1");
        }
        List<Long> found = found(DEALER);
        assertThat(found)
                .hasSize(Documents.FOUND_MAX)
                .isSorted()
                .startsWith(201L)
                .endsWith(300L);
        assertThat(store.entriesRead).isEqualTo(Documents.FOUND_MAX);
    }

    @Test
    void whatTheViewerMayNotSeeIsPassedOver() {
        accept(DEALER, "VF1");
        accept(OTHER, "VF1");
        accept(OTHER, "VF12");
        accept(DEALER, "VF1");
        assertThat(found(DEALER)).containsExactly(1L, 4L);
        assertThat(found(CENTRE)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void aValueTooLongToBeKeptWholeIsFoundByItsBeginning() {
        String whole = "X".repeat(PayloadCheck.VALUE_CHARS_MAX + 50);
        assertThat(PayloadCheck.searched(" " + whole + " ")).isEqualTo("X".repeat(PayloadCheck.VALUE_CHARS_MAX));
        assertThat(PayloadCheck.searched("VF1")).isEqualTo("VF1");
    }
}
