package aiguillage.console.document;

import aiguillage.hub.delivery.Offers;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Story;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.EndState;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Reads what a document's page shows. Safe from any thread.
final class DocumentReader {

    /// Of one document, those that are looked at.
    static final int EVENTS_MAX = 20_000;

    private final HubParts hub;

    DocumentReader(HubParts hub) {
        this.hub = hub;
    }

    DocumentView read(Recorded<Entry.DocumentAccepted> document, int firstLeg, int firstEvent, boolean isVerified) {
        Entry.DocumentAccepted entry = document.entry();
        Envelope envelope = entry.envelope();
        Story story = Story.of(hub.documents(), document, new Viewer.Operator(), EVENTS_MAX);
        List<Story.Leg> someLegs = part(story.legs(), firstLeg);
        List<Leg> legs = someLegs.stream().map(leg -> leg(leg, entry.time())).toList();
        List<Recorded<Entry>> all = new ArrayList<>();
        all.add(new Recorded<>(document.position(), entry));
        all.addAll(story.events());
        List<Event> events = part(all, firstEvent).stream()
                .map(event -> event(event, entry, isVerified))
                .toList();
        var picture = Picture.of(
                envelope.sender().value(),
                hub.name().value(),
                legs,
                story.legs().size() - legs.size(),
                events.stream().anyMatch(event -> !event.notice().isEmpty()));
        return new DocumentView(
                Line.of(hub.documents(), document),
                Optional.ofNullable(envelope.subject()).orElse(""),
                Optional.ofNullable(envelope.contentType()).orElse(""),
                entry.payload().digest().toString(),
                envelope.extensions(),
                new TreeMap<>(entry.keys()),
                entry.offeredUntil(),
                entry.keptUntil(),
                gone(story.events()),
                Checked.of(entry),
                picture,
                legs,
                firstLeg,
                story.legs().size(),
                events,
                firstEvent,
                all.size(),
                story.isWhole(),
                isVerified);
    }

    private static <T> List<T> part(List<T> all, int first) {
        int from = Math.min(first, all.size());
        return all.subList(from, Math.min(all.size(), from + DocumentView.SHOWN_MAX));
    }

    /// When the content was removed; empty while it is kept.
    static Optional<Instant> gone(List<Recorded<Entry>> events) {
        return events.stream()
                .map(Recorded::entry)
                .filter(Entry.PayloadRemoved.class::isInstance)
                .map(Entry::time)
                .findFirst();
    }

    private static Leg leg(Story.Leg leg, Instant accepted) {
        Recorded<Entry> last = leg.last();
        Instant since = last == null ? accepted : last.entry().time();
        return new Leg(
                leg.reader().party().value(),
                leg.reader().copy(),
                Standing.of(leg),
                since,
                Duration.between(accepted, since));
    }

    private Event event(Recorded<Entry> event, Entry.DocumentAccepted document, boolean isVerified) {
        Entry entry = event.entry();
        Delivery delivery = Documents.delivery(entry);
        return new Event(
                event.position().value(),
                entry.time(),
                Offers.state(entry),
                look(entry),
                delivery == null ? "" : delivery.reader().value(),
                reason(entry),
                by(entry),
                Duration.between(document.time(), entry.time()),
                notice(event, delivery, document),
                isVerified ? proof(event.position()) : "");
    }

    private static String reason(Entry entry) {
        return switch (entry) {
            case Entry.DeliveryRejected e -> e.reason();
            case Entry.DeliveryRepeated e -> e.reason();
            default -> "";
        };
    }

    private static String by(Entry entry) {
        return switch (entry) {
            case Entry.DeliveryReleased e -> e.by();
            case Entry.DeliveryReturned e -> e.by();
            case Entry.DeliveryRepeated e -> e.by();
            default -> "";
        };
    }

    private static String look(Entry entry) {
        return switch (entry) {
            case Entry.DeliveryAcknowledged _, Entry.DocumentAccepted _ -> "good";
            case Entry.DeliveryReleased _, Entry.DeliveryRepeated _ -> "warn";
            case Entry.DeliveryRejected _, Entry.DeliveryReturned _, Entry.DeliveryExpired _ -> "bad";
            default -> "";
        };
    }

    private String notice(
            Recorded<Entry> event,
            @org.jspecify.annotations.Nullable Delivery delivery,
            Entry.DocumentAccepted document) {
        EndState end = end(event.entry());
        if (delivery == null || end == null || !document.notices().contains(end) || isCopy(document, delivery)) {
            return "";
        }
        Optional<DeliveryRow> row =
                hub.mailboxes().row(delivery.sender(), delivery.flow().notices(), event.position());
        return row.map(one -> one.rejectedAt() == 0 ? "waiting" : "quarantined").orElse("taken");
    }

    private static boolean isCopy(Entry.DocumentAccepted document, Delivery delivery) {
        var reader = document.reader(delivery.reader());
        return reader == null || reader.copy();
    }

    private static @org.jspecify.annotations.Nullable EndState end(Entry entry) {
        return switch (entry) {
            case Entry.DeliveryAcknowledged _ -> EndState.DELIVERED;
            case Entry.DeliveryRejected _ -> EndState.REJECTED;
            case Entry.DeliveryReturned _ -> EndState.RETURNED;
            case Entry.DeliveryExpired _ -> EndState.EXPIRED;
            default -> null;
        };
    }

    /// What `aiguillage receipt verify` says of the receipt of this entry: the same code, the receipt's own
    /// bytes.
    private String proof(Position position) {
        byte[] receipt = hub.ledger().receipt(position).toBytes();
        try {
            Receipt.verify(receipt, hub.ledger().verifier());
            return "good";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
