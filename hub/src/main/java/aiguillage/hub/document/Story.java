package aiguillage.hub.document;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a document, as far as its viewer may know.
///
/// @param legs its way to each reader, in the order of the readers
/// @param events what happened after it was accepted, in order
/// @param isWhole false when more happened than was looked at
public record Story(
        Recorded<Entry.DocumentAccepted> document, List<Leg> legs, List<Recorded<Entry>> events, boolean isWhole) {

    /// The way to one reader.
    ///
    /// @param last what happened to its delivery last, or null when nothing did yet
    public record Leg(Reader reader, @Nullable Recorded<Entry> last) {

        /// Whether it waits in the reader's mailbox.
        public boolean isPending() {
            return last == null
                    || last.entry() instanceof Entry.DeliveryReleased
                    || last.entry() instanceof Entry.DeliveryRepeated;
        }

        /// Whether it waits for somebody to decide.
        public boolean isQuarantined() {
            return last != null && last.entry() instanceof Entry.DeliveryRejected;
        }
    }

    /// Reads it.
    ///
    /// @param eventsMax of its events, the most looked at
    public static Story of(
            Documents documents, Recorded<Entry.DocumentAccepted> document, Viewer viewer, int eventsMax) {
        List<Recorded<Entry>> events = documents.history(document, viewer, eventsMax);
        Map<String, Recorded<Entry>> last = new HashMap<>();
        for (Recorded<Entry> event : events) {
            Delivery delivery = Documents.delivery(event.entry());
            if (delivery != null) {
                last.put(delivery.reader().value(), event);
            }
        }
        var legs = new ArrayList<Leg>();
        for (Reader reader : document.entry().readers()) {
            if (Documents.mayKnowReader(document.entry(), reader.party(), viewer)) {
                legs.add(new Leg(reader, last.get(reader.party().value())));
            }
        }
        return new Story(document, List.copyOf(legs), events, events.size() < eventsMax);
    }
}
