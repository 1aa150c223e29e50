package aiguillage.simulation.check;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.MailboxRow;
import aiguillage.protocol.Envelope;
import aiguillage.simulation.disk.HubStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One hub's journal, read again entry by entry as it becomes durable, into maps.
public final class HubTruth {

    private final String hub;
    private final HubStore store;
    private final Paths paths;
    private final Findings findings;
    private final List<byte[]> entries = new ArrayList<>();
    private final Map<String, Accepted> accepted = new HashMap<>();
    private final Map<String, List<Long>> byPayload = new TreeMap<>();
    private final Map<String, Offer> pending = new TreeMap<>();
    private final Map<String, Offer> quarantined = new TreeMap<>();
    private final Map<String, Offer> everything = new TreeMap<>();

    /// A document that the journal says was accepted.
    ///
    /// @param payload the digest of its payload
    /// @param content the digest of its envelope
    public record Accepted(long position, String sender, String id, String flow, String payload, String content) {}

    /// A delivery, from the entry that made it on.
    ///
    /// @param until when it expires
    public record Offer(String reader, String flow, long position, Accepted document, boolean copy, Instant until) {}

    public HubTruth(String hub, HubStore store, Paths paths, Findings findings) {
        this.hub = hub;
        this.store = store;
        this.paths = paths;
        this.findings = findings;
    }

    public HubStore store() {
        return store;
    }

    /// How many documents were accepted.
    public int documents() {
        return accepted.size();
    }

    public @Nullable Accepted accepted(String sender, String id) {
        absorb();
        return accepted.get(sender + " " + id);
    }

    /// The positions of documents with this payload: one, or the document came in twice.
    public List<Long> withPayload(String digest) {
        absorb();
        return byPayload.getOrDefault(digest, List.of());
    }

    /// A delivery that is or was in a reader's mailbox, or null.
    public @Nullable Offer offer(String reader, long position) {
        absorb();
        return everything.get(reader + " " + position);
    }

    /// What waits for a reader between two positions, both left out.
    public @Nullable Offer waitingBetween(String reader, long after, long before) {
        absorb();
        for (Offer offer : pending.values()) {
            if (offer.reader().equals(reader) && offer.position() > after && offer.position() < before) {
                return offer;
            }
        }
        return null;
    }

    /// How many deliveries wait or are in quarantine.
    public int open() {
        absorb();
        return pending.size() + quarantined.size();
    }

    /// The first that waits, for people.
    public String firstOpen() {
        return pending.isEmpty()
                ? quarantined.values().toString()
                : pending.values().iterator().next().toString();
    }

    /// Reads what has become durable since.
    public void absorb() {
        while (true) {
            byte[] stored = store.durable(Table.ENTRIES, Key.of(entries.size() + 1L));
            if (stored == null) {
                return;
            }
            entries.add(stored);
            apply(entries.size(), EntryCodec.decodeStored(stored));
        }
    }

    private void apply(long position, Entry entry) {
        switch (entry) {
            case Entry.DocumentAccepted e -> accept(position, e);
            case Entry.DeliveryAcknowledged e -> end(pending, position, e, e.delivery(), "delivered");
            case Entry.DeliveryRejected e -> {
                Offer offer = end(pending, position, e, e.delivery(), "rejected");
                if (offer != null) {
                    quarantined.put(key(offer), offer);
                }
            }
            case Entry.DeliveryReleased e -> {
                Offer offer = end(quarantined, position, e, e.delivery(), "released");
                if (offer != null) {
                    offer(new Offer(offer.reader, offer.flow, position, offer.document, offer.copy, offer.until));
                }
            }
            case Entry.DeliveryReturned e -> end(quarantined, position, e, e.delivery(), "returned");
            case Entry.DeliveryExpired e -> expire(position, e);
            case Entry.DeliveryRepeated e -> repeat(position, e);
            case Entry.PayloadRemoved _,
                    Entry.TableApplied _,
                    Entry.DocumentRefused _,
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
                    Entry.OperatorKeyRemoved _ -> {
                // no mailbox changes
            }
        }
    }

    private void accept(long position, Entry.DocumentAccepted e) {
        Envelope envelope = e.envelope();
        String sender = envelope.sender().value();
        var document = new Accepted(
                position,
                sender,
                envelope.id().value(),
                envelope.flow().toString(),
                e.payload().digest().toString(),
                envelope.contentDigest().toString());
        Accepted before = accepted.putIfAbsent(sender + " " + document.id, document);
        findings.require(before == null, "I2 once", hub + " accepted " + document + " after " + before);
        byPayload.computeIfAbsent(document.payload, digest -> new ArrayList<>()).add(position);
        Set<String> copies = new TreeSet<>();
        List<String> readers = new ArrayList<>();
        for (Reader reader : e.readers()) {
            (reader.copy() ? copies : readers).add(reader.party().value());
        }
        requireNeedToKnow(document, envelope, readers, copies);
        Paths.Way way = paths.of(document.flow);
        if (way != null) {
            findings.require(
                    e.offeredUntil().equals(e.time().plus(way.offeredFor())),
                    "I3 nothing dropped",
                    document + " is offered until " + e.offeredUntil() + ", accepted at " + e.time());
        }
        readers.forEach(one -> offer(new Offer(one, document.flow, position, document, false, e.offeredUntil())));
        copies.forEach(one -> offer(new Offer(one, document.flow, position, document, true, e.offeredUntil())));
    }

    private void requireNeedToKnow(Accepted document, Envelope envelope, List<String> readers, Set<String> copies) {
        Paths.Way way = paths.of(document.flow);
        List<String> expected = way == null
                ? List.of()
                : way.readers().isEmpty() ? List.of(String.valueOf(envelope.extension("recipient"))) : way.readers();
        findings.require(
                way != null && expected.equals(readers) && way.copies().equals(copies),
                "I4 need to know",
                hub + " gives " + document + " to " + readers + " and copies to " + copies + ", not to " + expected);
    }

    private void offer(Offer offer) {
        pending.put(key(offer), offer);
        everything.put(offer.reader + " " + offer.position, offer);
    }

    private @Nullable Offer end(Map<String, Offer> where, long position, Entry entry, Delivery delivery, String how) {
        String key = delivery.reader().value() + " " + delivery.flow() + " "
                + delivery.position().value();
        Offer offer = where.remove(key);
        if (offer == null) {
            findings.violated(
                    "I3 nothing dropped",
                    hub + " recorded " + entry + " at " + position + ", but there is no such delivery to be " + how);
            return null;
        }
        Paths.Way way = paths.of(offer.flow);
        if (way != null && !offer.copy && way.notices().contains(how)) {
            offer(new Offer(
                    offer.document.sender,
                    offer.flow + ".notice",
                    position,
                    offer.document,
                    false,
                    entry.time().plus(java.time.Duration.ofDays(30))));
        }
        return offer;
    }

    private void expire(long position, Entry.DeliveryExpired e) {
        String key = e.delivery().reader().value() + " " + e.delivery().flow() + " "
                + e.delivery().position().value();
        Map<String, Offer> where = pending.containsKey(key) ? pending : quarantined;
        Offer offer = end(where, position, e, e.delivery(), "expired");
        if (offer != null) {
            findings.require(
                    !offer.until.isAfter(e.time()),
                    "I3 nothing dropped",
                    hub + " let " + offer + " expire at " + e.time() + " already");
        }
    }

    private void repeat(long position, Entry.DeliveryRepeated e) {
        Delivery delivery = e.delivery();
        String reader = delivery.reader().value();
        Offer offer = everything.get(reader + " " + delivery.position().value());
        if (offer == null || isOpen(offer)) {
            findings.violated(
                    "I3 nothing dropped", hub + " offers " + delivery + " once more at " + position + ", but it waits");
            return;
        }
        offer(new Offer(offer.reader, offer.flow, position, offer.document, offer.copy, e.offeredUntil()));
    }

    private boolean isOpen(Offer offer) {
        return pending.values().stream().anyMatch(one -> isSame(one, offer))
                || quarantined.values().stream().anyMatch(one -> isSame(one, offer));
    }

    private static boolean isSame(Offer one, Offer other) {
        return one.reader.equals(other.reader) && one.flow.equals(other.flow) && one.document.equals(other.document);
    }

    private static String key(Offer offer) {
        return offer.reader + " " + offer.flow + " " + offer.position;
    }

    /// The store's views say what the journal says, and nothing that was durable has changed.
    public void compareViews() {
        absorb();
        compare(Table.PENDING, pending);
        compare(Table.QUARANTINE, quarantined);
        findings.require(
                store.durable(Table.DOCUMENTS).size() == accepted.size(),
                "I5 deterministic",
                hub + " has other documents in its view than in its journal");
        Map<String, long[]> counts = new TreeMap<>();
        pending.values().forEach(offer -> count(counts, offer)[0]++);
        quarantined.values().forEach(offer -> count(counts, offer)[1]++);
        store.durable(Table.MAILBOXES).forEach((key, value) -> {
            String reader = Key.textAt(key, 0);
            String mailbox = reader + " " + Key.textAt(key, reader.length() + 1);
            MailboxRow row = MailboxRow.decode(value);
            long[] found = counts.getOrDefault(mailbox, new long[2]);
            findings.require(
                    row.pending() == found[0] && row.quarantined() == found[1],
                    "I3 nothing dropped",
                    hub + " counts " + row + " for " + mailbox + ", the journal says " + Arrays.toString(found));
        });
    }

    private static long[] count(Map<String, long[]> counts, Offer offer) {
        return counts.computeIfAbsent(offer.reader + " " + offer.flow, mailbox -> new long[2]);
    }

    private void compare(Table table, Map<String, Offer> expected) {
        Set<String> found = new TreeSet<>();
        store.durable(table).keySet().forEach(key -> {
            String reader = Key.textAt(key, 0);
            String flow = Key.textAt(key, reader.length() + 1);
            found.add(reader + " " + flow + " " + Key.lastNumber(key));
        });
        findings.require(
                found.equals(expected.keySet()),
                "I3 nothing dropped",
                hub + " has in " + table + " " + found + ", the journal says " + expected.keySet());
    }

    /// What was once durable is durable still, byte for byte.
    public void requireNothingLost() {
        for (int i = 0; i < entries.size(); i++) {
            byte[] now = store.durable(Table.ENTRIES, Key.of(i + 1L));
            findings.require(
                    Arrays.equals(now, entries.get(i)), "I1 durable", hub + " has lost or changed entry " + (i + 1));
        }
    }
}
