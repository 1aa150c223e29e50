package aiguillage.hub.mailbox;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.protocol.PartyId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/// Wakes whoever waits for a mailbox, in the order in which they came. Safe from any thread. Only parties
/// somebody waits for are held.
public final class Signals {

    private final Map<PartyId, Set<Runnable>> waiting = new ConcurrentHashMap<>();

    /// Has `wake` run after each entry that may have put something into the reader's mailbox, on the journal's
    /// notary thread: it must not wait or work there.
    public void add(PartyId reader, Runnable wake) {
        waiting.compute(reader, (id, wakes) -> {
            Set<Runnable> more = wakes == null ? new CopyOnWriteArraySet<>() : wakes;
            more.add(wake);
            return more;
        });
    }

    public void remove(PartyId reader, Runnable wake) {
        waiting.computeIfPresent(reader, (id, wakes) -> {
            wakes.remove(wake);
            return wakes.isEmpty() ? null : wakes;
        });
    }

    /// Tells of a recorded entry.
    public void recorded(Entry entry) {
        if (entry instanceof Entry.DocumentAccepted document) {
            document.readers().forEach(reader -> wake(reader.party()));
            return;
        }
        Delivery delivery = Documents.delivery(entry);
        if (delivery != null) {
            boolean isOffered = entry instanceof Entry.DeliveryReleased || entry instanceof Entry.DeliveryRepeated;
            wake(isOffered ? delivery.reader() : delivery.sender());
        }
    }

    /// Wakes everybody: the hub is stopping.
    public void wakeAll() {
        waiting.values().forEach(wakes -> wakes.forEach(Runnable::run));
    }

    /// Wakes whoever waits for this reader's mailbox.
    public void wake(PartyId reader) {
        Set<Runnable> wakes = waiting.get(reader);
        if (wakes != null) {
            wakes.forEach(Runnable::run);
        }
    }
}
