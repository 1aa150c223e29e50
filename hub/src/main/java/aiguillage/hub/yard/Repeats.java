package aiguillage.hub.yard;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.EndState;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Table;
import aiguillage.protocol.Position;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Offers documents once more. What ended a delivery stands in the journal, and can be followed by one new
/// delivery at most: so a document never waits twice for the same reader, however often somebody asks for it.
final class Repeats {

    private Repeats() {}

    static Outcome repeat(Position position, Entry.DeliveryRepeated e, Overlay views) {
        Delivery ended = e.delivery();
        byte[] key = Key.of(e.ended().value());
        if (views.get(Table.REPEATED, key) != null
                || ended.flow().isNotices()
                || !ended.equals(ended(entry(e.ended(), views)))
                || !(entry(ended.document(), views) instanceof Entry.DocumentAccepted document)) {
            return new Outcome.Ended();
        }
        Reader reader = document.reader(ended.reader());
        byte[] kept = new Due.Removal(document.keptUntil(), ended.document()).key();
        if (reader == null
                || views.get(Table.DUE, kept) == null
                || e.offeredUntil().isAfter(document.keptUntil())
                || !e.offeredUntil().isAfter(e.time())) {
            return new Outcome.Ended();
        }
        Set<EndState> notices = reader.copy() ? Set.of() : document.notices();
        var row = new DeliveryRow(ended.at(position), e.offeredUntil(), reader.copy(), notices, 0);
        views.put(Table.REPEATED, key, Key.of(position.value()));
        Yard.offer(row, views);
        return Yard.recorded(position, row, views);
    }

    private static @Nullable Entry entry(Position position, Overlay views) {
        byte[] stored = views.get(Table.ENTRIES, Key.of(position.value()));
        return stored == null ? null : EntryCodec.decodeStored(stored);
    }

    /// The delivery that an entry has ended for good, or null when it has ended none.
    private static @Nullable Delivery ended(@Nullable Entry entry) {
        return switch (entry) {
            case Entry.DeliveryAcknowledged one -> one.delivery();
            case Entry.DeliveryReturned one -> one.delivery();
            case Entry.DeliveryExpired one -> one.delivery();
            case null, default -> null;
        };
    }
}
