package aiguillage.hub.document;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.DocumentRow;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads documents. Safe from any thread.
public final class Documents {

    /// The most documents one search answers.
    public static final int FOUND_MAX = 100;

    private final Store store;

    public Documents(Store store) {
        this.store = store;
    }

    /// The entry at a position.
    ///
    /// @throws AssertionError when the journal does not reach it
    public Entry entry(Position position) {
        byte[] stored = store.get(Table.ENTRIES, Key.of(position.value()));
        if (stored == null) {
            throw new AssertionError("a view names position " + position + ", but the journal has no entry there");
        }
        return EntryCodec.decodeStored(stored);
    }

    /// The first position whose entry is not before an instant, by halving; behind the last when there is none.
    /// Times rise only about, so that it may be some positions off.
    ///
    /// @param size of the journal
    public long firstAt(Instant instant, long size) {
        long low = 1;
        long high = size + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (entry(new Position(middle)).time().isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The document at a position.
    ///
    /// @throws AssertionError when something else stands there
    public Recorded<Entry.DocumentAccepted> document(Position position) {
        if (entry(position) instanceof Entry.DocumentAccepted document) {
            return new Recorded<>(position, document);
        }
        throw new AssertionError(
                "a view says that a document stands at position " + position + ", but it is another entry");
    }

    /// The document that a sender sent under this id.
    public Optional<Recorded<Entry.DocumentAccepted>> sent(DocumentId id, PartyId sender) {
        byte[] row = store.get(Table.DOCUMENTS, DocumentRow.key(id, sender));
        return row == null
                ? Optional.empty()
                : Optional.of(document(DocumentRow.decode(row).position()));
    }

    /// The first documents of a sender whose ids begin so and that are wanted, in the order of the ids as
    /// texts, as far as they are among the first `lookedAtMax` of all senders.
    public List<Recorded<Entry.DocumentAccepted>> beginning(
            String ids, PartyId sender, int lookedAtMax, int foundMax, Predicate<Envelope> wanted) {
        byte[] prefix = ids.getBytes(StandardCharsets.UTF_8);
        var found = new ArrayList<Recorded<Entry.DocumentAccepted>>();
        try (Store.Scan scan = store.scan(Table.DOCUMENTS, prefix, Key.behind(prefix))) {
            for (int looked = 0; looked < lookedAtMax && found.size() < foundMax && scan.next(); looked++) {
                int behindId = Key.textAt(scan.key(), 0).getBytes(StandardCharsets.UTF_8).length + 1;
                if (Key.textAt(scan.key(), behindId).equals(sender.value())) {
                    Recorded<Entry.DocumentAccepted> one =
                            document(DocumentRow.decode(scan.value()).position());
                    if (wanted.test(one.entry().envelope())) {
                        found.add(one);
                    }
                }
            }
        }
        return found;
    }

    /// The first documents of any sender whose ids begin so and that are wanted, in the order of the ids as
    /// texts, as far as they are among the first `lookedAtMax`.
    public List<Recorded<Entry.DocumentAccepted>> beginning(
            String ids, int lookedAtMax, int foundMax, Predicate<Entry.DocumentAccepted> wanted) {
        byte[] prefix = ids.getBytes(StandardCharsets.UTF_8);
        return under(prefix, lookedAtMax, foundMax, wanted);
    }

    /// Every document of this id that the viewer may see, whoever sent it; at most [#FOUND_MAX].
    public List<Recorded<Entry.DocumentAccepted>> named(DocumentId id, Viewer viewer) {
        return under(Key.text(id.value()).done(), Integer.MAX_VALUE, FOUND_MAX, document -> mayRead(document, viewer));
    }

    private List<Recorded<Entry.DocumentAccepted>> under(
            byte[] prefix, int lookedAtMax, int foundMax, Predicate<Entry.DocumentAccepted> wanted) {
        var found = new ArrayList<Recorded<Entry.DocumentAccepted>>();
        try (Store.Scan scan = store.scan(Table.DOCUMENTS, prefix, Key.behind(prefix))) {
            for (int looked = 0; looked < lookedAtMax && found.size() < foundMax && scan.next(); looked++) {
                Recorded<Entry.DocumentAccepted> one =
                        document(DocumentRow.decode(scan.value()).position());
                if (wanted.test(one.entry())) {
                    found.add(one);
                }
            }
        }
        return found;
    }

    /// The most documents one search looks at, those which the viewer may not see among them.
    public static final int LOOKED_AT_MAX = 10_000;

    /// Every document that the viewer may see with this value of a search key (a claim number, a VIN), or with
    /// this subject; the newest [#FOUND_MAX] among the newest [#LOOKED_AT_MAX] of each, oldest first.
    ///
    /// @param value the subject
    /// @param kept the value, as it would be kept
    public List<Recorded<Entry.DocumentAccepted>> called(String value, String kept, Viewer viewer) {
        var found = new TreeMap<Position, Recorded<Entry.DocumentAccepted>>();
        Predicate<Entry.DocumentAccepted> wanted = document -> mayRead(document, viewer);
        withKey(kept, LOOKED_AT_MAX, FOUND_MAX, wanted).forEach(one -> found.put(one.position(), one));
        withSubject(value, LOOKED_AT_MAX, FOUND_MAX, wanted).forEach(one -> found.put(one.position(), one));
        return found.values().stream()
                .skip(Math.max(0, found.size() - FOUND_MAX))
                .toList();
    }

    /// The documents with this value of a search key that are wanted, newest first; the newest `foundMax` among
    /// the newest `lookedAtMax` with this value.
    public List<Recorded<Entry.DocumentAccepted>> withKey(
            String value, int lookedAtMax, int foundMax, Predicate<Entry.DocumentAccepted> wanted) {
        return newest(Table.SEARCH, value, lookedAtMax, foundMax, wanted);
    }

    /// The documents with this subject (for one that came as a file, its name) that are wanted, newest first;
    /// the newest `foundMax` among the newest `lookedAtMax` with this subject. Those that were accepted before
    /// there was [Table#SUBJECTS] are not among them.
    public List<Recorded<Entry.DocumentAccepted>> withSubject(
            String value, int lookedAtMax, int foundMax, Predicate<Entry.DocumentAccepted> wanted) {
        return newest(Table.SUBJECTS, value, lookedAtMax, foundMax, wanted);
    }

    private List<Recorded<Entry.DocumentAccepted>> newest(
            Table table, String value, int lookedAtMax, int foundMax, Predicate<Entry.DocumentAccepted> wanted) {
        byte[] prefix = Key.text(value).done();
        var found = new ArrayList<Recorded<Entry.DocumentAccepted>>();
        byte[] behind = Key.behind(prefix);
        for (int looked = 0; looked < lookedAtMax && found.size() < foundMax; looked++) {
            Store.Row row = store.last(table, prefix, behind);
            if (row == null) {
                break;
            }
            Recorded<Entry.DocumentAccepted> one = document(new Position(Key.lastNumber(row.key())));
            if (wanted.test(one.entry())) {
                found.add(one);
            }
            behind = row.key();
        }
        return found;
    }

    /// The entries from a position (inclusive) up to another (exclusive), in order, as far as the journal
    /// reaches.
    public List<Recorded<Entry>> entries(long from, long to) {
        var found = new ArrayList<Recorded<Entry>>();
        if (from >= to) {
            return found;
        }
        try (Store.Scan scan = store.scan(Table.ENTRIES, Key.of(from), Key.of(to))) {
            while (scan.next()) {
                found.add(new Recorded<>(
                        new Position(Key.lastNumber(scan.key())), EntryCodec.decodeStored(scan.value())));
            }
        }
        return found;
    }

    /// The entry at a position; empty when the journal does not reach it.
    public Optional<Entry> find(Position position) {
        byte[] stored = store.get(Table.ENTRIES, Key.of(position.value()));
        return stored == null ? Optional.empty() : Optional.of(EntryCodec.decodeStored(stored));
    }

    /// Whether the viewer may know of a document at all: its sender, its readers, and the operator may (I4).
    public static boolean mayRead(Entry.DocumentAccepted document, Viewer viewer) {
        return switch (viewer) {
            case Viewer.Operator _ -> true;
            case Viewer.Party(PartyId id) -> document.envelope().sender().equals(id) || document.reader(id) != null;
        };
    }

    /// What happened to a document after it was accepted, in order, as far as the viewer may know: readers see
    /// their own deliveries, the sender all but those of copies.
    public List<Recorded<Entry>> history(Recorded<Entry.DocumentAccepted> document, Viewer viewer) {
        return history(document, viewer, Integer.MAX_VALUE);
    }

    /// The same, among the first `lookedAtMax` of what happened.
    public List<Recorded<Entry>> history(Recorded<Entry.DocumentAccepted> document, Viewer viewer, int lookedAtMax) {
        byte[] prefix = Key.of(document.position().value());
        var events = new ArrayList<Recorded<Entry>>();
        try (Store.Scan scan =
                store.scan(Table.HISTORY, prefix, Key.of(document.position().value() + 1))) {
            for (int looked = 0; looked < lookedAtMax && scan.next(); looked++) {
                var position = new Position(Key.lastNumber(scan.key()));
                Entry entry = entry(position);
                Delivery delivery = delivery(entry);
                if (delivery == null || mayKnow(document.entry(), delivery, viewer)) {
                    events.add(new Recorded<>(position, entry));
                }
            }
        }
        return events;
    }

    /// The delivery an entry is about, or null when it is about none.
    public static @Nullable Delivery delivery(Entry entry) {
        return switch (entry) {
            case Entry.DeliveryAcknowledged e -> e.delivery();
            case Entry.DeliveryRejected e -> e.delivery();
            case Entry.DeliveryReleased e -> e.delivery();
            case Entry.DeliveryReturned e -> e.delivery();
            case Entry.DeliveryExpired e -> e.delivery();
            case Entry.DeliveryRepeated e -> e.delivery();
            case Entry.DocumentAccepted _,
                    Entry.DocumentRefused _,
                    Entry.PayloadRemoved _,
                    Entry.TableApplied _,
                    Entry.EnrolmentCodeIssued _,
                    Entry.EnrolmentCodeVoided _,
                    Entry.CertificateIssued _,
                    Entry.CertificateRevoked _,
                    Entry.VersionPublished _,
                    Entry.VersionHeld _,
                    Entry.HeldDiscarded _,
                    Entry.VersionWithdrawn _,
                    Entry.OperatorActed _,
                    Entry.SettingChanged _,
                    Entry.PartySuspended _,
                    Entry.PartyResumed _,
                    Entry.OperatorChanged _,
                    Entry.OperatorInvited _,
                    Entry.OperatorKeyAdded _,
                    Entry.OperatorKeyRemoved _ -> null;
        };
    }

    /// Whether the viewer may know that this party reads a document.
    public static boolean mayKnowReader(Entry.DocumentAccepted document, PartyId reader, Viewer viewer) {
        return switch (viewer) {
            case Viewer.Operator _ -> true;
            case Viewer.Party(PartyId id) ->
                reader.equals(id) || (document.envelope().sender().equals(id) && isNoCopy(document.reader(reader)));
        };
    }

    private static boolean isNoCopy(@Nullable Reader reader) {
        return reader != null && !reader.copy();
    }

    private static boolean mayKnow(Entry.DocumentAccepted document, Delivery delivery, Viewer viewer) {
        return mayKnowReader(document, delivery.reader(), viewer);
    }

    /// The payload of a document that stands in the store, or null when it has been removed.
    public byte @Nullable [] inlinePayload(Position document) {
        return store.get(Table.PAYLOADS, Key.of(document.value()));
    }

    /// Whether the journal knows a payload file of this name.
    public boolean knowsFile(String name) {
        return store.get(Table.FILES, name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) != null;
    }
}
