package aiguillage.hub.mailbox;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.MailboxRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads mailboxes. Safe from any thread.
public final class Mailboxes {

    private final Store store;
    private final Documents documents;

    /// Of each mailbox that somebody reads from its beginning: below this position nothing is pending any more,
    /// nor ever will be, since positions only rise. Without it, each look at a busy mailbox would pass over
    /// everything already taken and not yet compacted away. One number per mailbox that is read.
    private final Map<Mailbox, Long> floors = new ConcurrentHashMap<>();

    private record Mailbox(PartyId reader, FlowName flow) {}

    /// Where a delivery stands, among those of all readers; in text `dealer-7:opel/warranty-claim:44`.
    public record Place(PartyId reader, FlowName flow, Position position) {

        public static Place of(Delivery delivery) {
            return new Place(delivery.reader(), delivery.flow(), delivery.position());
        }

        /// @throws IllegalArgumentException when the text is none
        public static Place of(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("A place is written reader:flow:position");
            }
            return new Place(new PartyId(parts[0]), FlowName.of(parts[1]), Position.of(parts[2]));
        }

        @Override
        public String toString() {
            return reader + ":" + flow + ":" + position;
        }
    }

    /// How much one reader has of one flow.
    ///
    /// @param oldest where the delivery stands that has been pending for longest; null: none is pending
    public record Backlog(
            PartyId reader,
            FlowName flow,
            long pending,
            long quarantined,
            @Nullable Position oldest) {}

    public Mailboxes(Store store, Documents documents) {
        this.store = store;
        this.documents = documents;
    }

    /// What waits for a reader, in order of position; asking again gives the same again.
    ///
    /// @param after only deliveries behind this position; 0 for all
    /// @param flow only deliveries of this flow, or null for all
    /// @param limit the most to give
    public List<DeliveryRow> pending(PartyId reader, long after, @Nullable FlowName flow, int limit) {
        return rows(Table.PENDING, reader, after, flow, limit);
    }

    /// What a reader has rejected and nobody has decided on, in order of position.
    public List<DeliveryRow> quarantined(PartyId reader, long after, int limit) {
        return rows(Table.QUARANTINE, reader, after, null, limit);
    }

    /// What anybody has rejected and nobody has decided on, by reader, flow and position.
    ///
    /// @param reader null: of everybody
    /// @param after only what stands behind; null: from the first on
    public List<DeliveryRow> quarantined(@Nullable PartyId reader, @Nullable Place after, int limit) {
        byte[] from = reader == null ? new byte[0] : Key.text(reader.value()).done();
        byte[] to = reader == null ? new byte[] {(byte) 0xff} : Key.behind(from);
        if (after != null) {
            from = DeliveryRow.key(after.reader, after.flow, new Position(after.position.value() + 1));
        }
        var rows = new ArrayList<DeliveryRow>();
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return rows;
        }
        try (Store.Scan scan = store.scan(Table.QUARANTINE, from, to)) {
            while (rows.size() < limit && scan.next()) {
                rows.add(DeliveryRow.decode(scan.key(), scan.value()));
            }
        }
        return rows;
    }

    /// All mailboxes in which something stands, the one whose oldest has been pending for longest first. Looks
    /// at every mailbox there is: not for what is asked often.
    public List<Backlog> backlogs() {
        var found = new ArrayList<Backlog>();
        long last = lastPosition();
        try (Store.Scan scan = store.scan(Table.MAILBOXES, new byte[0], new byte[] {(byte) 0xff})) {
            while (scan.next()) {
                MailboxRow row = MailboxRow.decode(scan.value());
                if (row.pending() + row.quarantined() > 0) {
                    String reader = Key.textAt(scan.key(), 0);
                    FlowName flow = FlowName.of(Key.textAt(scan.key(), reader.length() + 1));
                    found.add(backlog(new PartyId(reader), flow, row, last));
                }
            }
        }
        found.sort(Comparator.comparingLong(
                one -> one.oldest() == null ? Long.MAX_VALUE : one.oldest().value()));
        return found;
    }

    private Backlog backlog(PartyId reader, FlowName flow, MailboxRow row, long last) {
        List<DeliveryRow> first = row.pending() == 0 ? List.of() : ofFlow(Table.PENDING, reader, flow, 0, last, 1);
        return new Backlog(
                reader,
                flow,
                row.pending(),
                row.quarantined(),
                first.isEmpty() ? null : first.getFirst().delivery().position());
    }

    /// Flows are read one after the other, while the journal goes on. Without an end common to all of them, a
    /// delivery of a flow read early could be passed over for a later one of a flow read late, and a reader
    /// that goes on behind the later one would never be offered it.
    private List<DeliveryRow> rows(Table table, PartyId reader, long after, @Nullable FlowName flow, int limit) {
        long last = lastPosition();
        List<FlowName> known = flows(reader); // a name nobody ever delivered by is not remembered
        List<FlowName> flows = flow == null ? known : known.contains(flow) ? List.of(flow) : List.of();
        if (flows.size() == 1) {
            return ofFlow(table, reader, flows.getFirst(), after, last, limit);
        }
        var heads = new PriorityQueue<Head>(Comparator.comparingLong(Head::position));
        for (FlowName one : flows) {
            Head head = new Head(ofFlow(table, reader, one, after, last, limit));
            if (head.hasNext()) {
                heads.add(head);
            }
        }
        var merged = new ArrayList<DeliveryRow>();
        while (merged.size() < limit && !heads.isEmpty()) {
            Head head = heads.remove();
            merged.add(head.next());
            if (head.hasNext()) {
                heads.add(head);
            }
        }
        return merged;
    }

    /// The rows of one flow not yet taken.
    private static final class Head {

        private final List<DeliveryRow> rows;
        private int next;

        Head(List<DeliveryRow> rows) {
            this.rows = rows;
        }

        boolean hasNext() {
            return next < rows.size();
        }

        long position() {
            return rows.get(next).delivery().position().value();
        }

        DeliveryRow next() {
            return rows.get(next++);
        }
    }

    /// The last position of the journal at this moment.
    private long lastPosition() {
        Store.Row row = store.last(Table.ENTRIES, Key.of(1), Key.of(Long.MAX_VALUE));
        return row == null ? 0 : Key.lastNumber(row.key());
    }

    private List<DeliveryRow> ofFlow(Table table, PartyId reader, FlowName flow, long after, long last, int limit) {
        if (table != Table.PENDING) {
            return scan(table, reader, flow, after, last, limit);
        }
        var mailbox = new Mailbox(reader, flow);
        long floor = floors.getOrDefault(mailbox, 1L);
        List<DeliveryRow> rows = scan(table, reader, flow, Math.max(after, floor - 1), last, limit);
        if (after < floor) {
            long first = rows.isEmpty()
                    ? last + 1
                    : rows.getFirst().delivery().position().value();
            floors.merge(mailbox, first, Math::max);
        }
        return rows;
    }

    private List<DeliveryRow> scan(Table table, PartyId reader, FlowName flow, long after, long last, int limit) {
        var rows = new ArrayList<DeliveryRow>();
        if (after >= last) {
            return rows;
        }
        Key from = Key.text(reader.value()).then(flow.toString()).then(after + 1);
        Key to = Key.text(reader.value()).then(flow.toString()).then(last + 1);
        try (Store.Scan scan = store.scan(table, from.done(), to.done())) {
            while (rows.size() < limit && scan.next()) {
                rows.add(DeliveryRow.decode(scan.key(), scan.value()));
            }
        }
        return rows;
    }

    private List<FlowName> flows(PartyId reader) {
        return List.copyOf(counts(reader).keySet());
    }

    /// Everybody who ever had a delivery, whether the routing table still knows them or not.
    public SortedSet<PartyId> readers() {
        var readers = new TreeSet<PartyId>(Comparator.comparing(PartyId::value));
        try (Store.Scan scan = store.scan(Table.MAILBOXES, new byte[0], new byte[] {(byte) 0xff})) {
            while (scan.next()) {
                readers.add(new PartyId(Key.textAt(scan.key(), 0)));
            }
        }
        return readers;
    }

    /// How much stands in a reader's mailbox, by flow; flows that never had a delivery are left out.
    public SortedMap<FlowName, MailboxRow> counts(PartyId reader) {
        byte[] prefix = Key.text(reader.value()).done();
        var counts = new TreeMap<FlowName, MailboxRow>();
        try (Store.Scan scan = store.scan(Table.MAILBOXES, prefix, Key.behind(prefix))) {
            while (scan.next()) {
                counts.put(FlowName.of(Key.textAt(scan.key(), prefix.length)), MailboxRow.decode(scan.value()));
            }
        }
        return counts;
    }

    /// How much stands in a reader's mailbox of one flow.
    public MailboxRow count(PartyId reader, FlowName flow) {
        byte[] row = store.get(Table.MAILBOXES, MailboxRow.key(reader, flow));
        return row == null ? MailboxRow.EMPTY : MailboxRow.decode(row);
    }

    /// The delivery of a reader at a position, pending, in quarantine or ended; empty when there never was one,
    /// and for a notice that has ended.
    public Optional<Delivery> delivery(PartyId reader, Position position, long journalSize) {
        if (position.value() > journalSize) {
            return Optional.empty();
        }
        for (FlowName flow : flows(reader)) {
            byte[] key = DeliveryRow.key(reader, flow, position);
            byte[] waiting = store.get(Table.PENDING, key);
            if (waiting != null) {
                return Optional.of(DeliveryRow.decode(key, waiting).delivery());
            }
        }
        return endedDelivery(reader, position);
    }

    /// The entry is asked only when nothing is pending: one for 6,500 readers takes a millisecond to decode,
    /// and each of them acknowledges it.
    private Optional<Delivery> endedDelivery(PartyId reader, Position position) {
        return switch (documents.entry(position)) {
            case Entry.DocumentAccepted e ->
                e.reader(reader) != null
                        ? Optional.of(new Delivery(
                                reader,
                                e.envelope().flow(),
                                position,
                                position,
                                e.envelope().sender(),
                                e.envelope().id()))
                        : Optional.empty();
            case Entry.DeliveryReleased(var _, var before, var _)
            when before.reader().equals(reader) -> Optional.of(before.at(position));
            case Entry.DeliveryRepeated e
            when e.delivery().reader().equals(reader) ->
                Optional.of(e.delivery().at(position));
            case Entry other -> notice(reader, position, other);
        };
    }

    private Optional<Delivery> notice(PartyId reader, Position position, Entry entry) {
        Delivery about = Documents.delivery(entry);
        if (about == null || !about.sender().equals(reader) || about.flow().isNotices()) {
            return Optional.empty();
        }
        return row(reader, about.flow().notices(), position).map(DeliveryRow::delivery);
    }

    /// A delivery's row, pending or in quarantine; empty when it has ended.
    public Optional<DeliveryRow> row(PartyId reader, FlowName flow, Position position) {
        byte[] key = DeliveryRow.key(reader, flow, position);
        byte[] row = store.get(Table.PENDING, key);
        byte[] stored = row == null ? store.get(Table.QUARANTINE, key) : row;
        return stored == null ? Optional.empty() : Optional.of(DeliveryRow.decode(key, stored));
    }
}
