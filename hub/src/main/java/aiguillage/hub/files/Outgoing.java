package aiguillage.hub.files;

import aiguillage.hub.delivery.Deliveries.Rejection;
import aiguillage.hub.document.Contents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What waits for a party, one file for each pending delivery. Safe from any thread.
final class Outgoing {

    /// The most deliveries of a flow that one listing shows; what is behind them shows once these are taken.
    private static final int LISTED_MAX = 10_000;

    private final FileParts hub;
    private final FlatOutgoing flat;

    Outgoing(FileParts hub) {
        this.hub = hub;
        this.flat = new FlatOutgoing(hub);
    }

    /// A delivery as a file.
    ///
    /// @param content of a notice, or of a flat file; null for a document as it is
    record Waiting(DeliveryRow row, Node node, byte @Nullable [] content) {

        Position position() {
            return row.delivery().position();
        }
    }

    /// Lists by and by: a page is looked up when it is asked for.
    Listing.Pages list(PartyId reader, FlowName flow) {
        return new Listing.Pages() {
            private long after;
            private int shown;

            @Override
            public List<Node> next() {
                List<DeliveryRow> rows =
                        shown >= LISTED_MAX ? List.of() : hub.mailboxes().pending(reader, after, flow, Listing.PAGE);
                if (!rows.isEmpty()) {
                    after = rows.getLast().delivery().position().value();
                    shown += rows.size();
                }
                return rows.stream().map(row -> waiting(reader, row).node()).toList();
            }
        };
    }

    private Waiting waiting(PartyId reader, DeliveryRow row) {
        Delivery delivery = row.delivery();
        String before = delivery.position() + "-";
        if (delivery.flow().isNotices()) {
            byte[] content = hub.notices().apply(delivery);
            Instant time = hub.documents().entry(delivery.position()).time();
            return new Waiting(
                    row,
                    new Node(before + Names.of(delivery.id().value(), ".json"), false, content.length, time),
                    content);
        }
        Recorded<Entry.DocumentAccepted> recorded = hub.documents().document(delivery.document());
        Entry.DocumentAccepted document = recorded.entry();
        Optional<FlatOutgoing.Flat> file = flat.of(reader, recorded);
        if (file.isPresent()) {
            byte[] content = file.get().content();
            var node = new Node(before + file.get().name(), false, content.length, document.time());
            return new Waiting(row, node, content);
        }
        String name = before + Names.ofDocument(document.envelope());
        return new Waiting(row, new Node(name, false, document.payload().bytes(), document.time()), null);
    }

    /// The pending delivery that a file of this name is.
    Optional<Waiting> find(PartyId reader, FlowName flow, String name) {
        Position position;
        try {
            position = Position.of(name.substring(0, Math.max(0, name.indexOf('-'))));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        return hub.mailboxes().pending(reader, position.value() - 1, flow, 1).stream()
                .filter(row -> row.delivery().position().equals(position))
                .map(row -> waiting(reader, row))
                .filter(waiting -> waiting.node().name().equals(name))
                .findFirst();
    }

    /// Its bytes from an offset on.
    InputStream read(Waiting waiting, long from) throws IOException {
        byte[] content = waiting.content();
        if (content != null) {
            int skipped = (int) Math.min(from, content.length);
            return new ByteArrayInputStream(content, skipped, content.length - skipped);
        }
        Position at = waiting.row().delivery().document();
        Payload payload = hub.documents().document(at).entry().payload();
        return new Contents(hub.documents(), hub.payloads())
                .open(at, payload, Math.min(from, payload.bytes()), payload.bytes())
                .orElseThrow(() ->
                        FileRefused.failed("Its payload is not kept any more; its receipt still proves what it was."));
    }

    void acknowledge(PartyId reader, Waiting waiting) {
        end(reader, List.of(waiting.position()), List.of());
    }

    /// @param reason in the reader's words
    void reject(PartyId reader, Waiting waiting, String reason) {
        end(reader, List.of(), List.of(new Rejection(waiting.position(), reason)));
    }

    private void end(PartyId reader, List<Position> acknowledged, List<Rejection> rejected) {
        hub.deliveries().end(reader, acknowledged, rejected, null);
    }
}
