package aiguillage.hub.yard;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.EndState;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Table;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Applies entries to the views. Pure but for the views it is given: all it reads and writes goes through the
/// [Overlay]. Only the journal's writer thread uses it.
public final class Yard {

    /// How long a notice is offered to the sender.
    public static final Duration NOTICE_OFFERED_FOR = Duration.ofDays(30);

    /// What the id of a notice begins with; the position of its cause follows.
    private static final String NOTICE = "notice-";

    /// The name under which [Table#CURRENT] holds the position of the routing table in force.
    public static final String ROUTING_TABLE = "routing-table";

    private final PartyId hub;

    /// @param hub the hub's own name: the sender of its notices
    public Yard(PartyId hub) {
        this.hub = hub;
    }

    /// Applies one entry.
    ///
    /// @param position where it will stand if it changes anything
    /// @param views read and changed; unchanged when the outcome is not [Outcome.Recorded]
    public Outcome apply(Position position, Entry entry, Overlay views) {
        return switch (entry) {
            case Entry.DocumentAccepted e -> accept(position, e, views);
            case Entry.DocumentRefused e -> {
                byte[] sender = e.sender().value().getBytes(StandardCharsets.UTF_8);
                views.put(Table.REFUSED, Key.of(position.value()), sender);
                yield new Outcome.Recorded(position);
            }
            case Entry.DeliveryAcknowledged e -> acknowledge(position, e, views);
            case Entry.DeliveryRejected e -> reject(position, e, views);
            case Entry.DeliveryReleased e -> release(position, e, views);
            case Entry.DeliveryReturned e -> giveBack(position, e, views);
            case Entry.DeliveryExpired e -> expire(position, e, views);
            case Entry.DeliveryRepeated e -> Repeats.repeat(position, e, views);
            case Entry.PayloadRemoved e -> remove(position, e, views);
            case Entry.TableApplied _ -> {
                byte[] before = views.get(Table.CURRENT, currentKey(ROUTING_TABLE));
                views.put(Table.TABLES, Key.of(position.value()), before == null ? Key.of(0) : before);
                views.put(Table.CURRENT, currentKey(ROUTING_TABLE), Key.of(position.value()));
                yield new Outcome.Recorded(position);
            }
            case Entry.EnrolmentCodeIssued e -> {
                views.put(Table.CODES, e.code().bytes(), new CodeRow(e.party(), e.expires()).encode());
                yield new Outcome.Recorded(position);
            }
            case Entry.EnrolmentCodeVoided e -> voidCode(position, e, views);
            case Entry.CertificateIssued e -> issue(position, e, views);
            case Entry.CertificateRevoked e -> revoke(position, e, views);
            case Entry.VersionPublished e -> Versions.publish(position, e, views);
            case Entry.VersionHeld e -> Versions.hold(position, e, views);
            case Entry.HeldDiscarded e -> Versions.discard(position, e, views);
            case Entry.VersionWithdrawn e -> Versions.withdraw(position, e, views);
            case Entry.OperatorActed _ -> {
                views.put(Table.ACTS, Key.of(position.value()), HistoryEvent.NOTHING);
                yield new Outcome.Recorded(position);
            }
            case Entry.SettingChanged e -> set(position, e, views);
            case Entry.PartySuspended e -> suspend(position, e, views);
            case Entry.PartyResumed e -> resume(position, e, views);
            case Entry.OperatorChanged e -> People.change(position, e, views);
            case Entry.OperatorInvited e -> People.invite(position, e, views);
            case Entry.OperatorKeyAdded e -> People.addKey(position, e, views);
            case Entry.OperatorKeyRemoved e -> People.removeKey(position, e, views);
        };
    }

    /// The key of a row of [Table#CURRENT].
    public static byte[] currentKey(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private Outcome accept(Position position, Entry.DocumentAccepted e, Overlay views) {
        DocumentId id = e.envelope().id();
        PartyId sender = e.envelope().sender();
        byte[] key = DocumentRow.key(id, sender);
        var row = new DocumentRow(position, e.payload().digest(), e.envelope().contentDigest());
        byte[] known = views.get(Table.DOCUMENTS, key);
        if (known != null) {
            DocumentRow first = DocumentRow.decode(known);
            return first.sameContent(row)
                    ? new Outcome.Repeated(first.position())
                    : new Outcome.Conflict(first.position(), first.payload(), first.envelope());
        }
        views.put(Table.DOCUMENTS, key, row.encode());
        for (Reader reader : e.readers()) {
            var delivery = new Delivery(reader.party(), e.envelope().flow(), position, position, sender, id);
            Set<EndState> notices = reader.copy() ? Set.of() : e.notices();
            offer(new DeliveryRow(delivery, e.offeredUntil(), reader.copy(), notices, 0), views);
        }
        e.keys()
                .forEach((name, values) -> values.forEach(value -> views.put(
                        Table.SEARCH,
                        Key.text(value).then(position.value()).done(),
                        name.getBytes(StandardCharsets.UTF_8))));
        String subject = e.envelope().subject();
        if (subject != null) {
            byte[] found = Key.text(subject).then(position.value()).done();
            views.put(Table.SUBJECTS, found, HistoryEvent.NOTHING);
        }
        views.put(Table.DUE, new Due.Removal(e.keptUntil(), position).key(), HistoryEvent.NOTHING);
        String file = e.payload().file();
        if (file != null) {
            views.put(Table.FILES, file.getBytes(StandardCharsets.UTF_8), Key.of(position.value()));
        }
        return new Outcome.Recorded(position);
    }

    private Outcome acknowledge(Position position, Entry.DeliveryAcknowledged e, Overlay views) {
        DeliveryRow row = row(Table.PENDING, e.delivery(), views);
        if (row == null) {
            return new Outcome.Ended();
        }
        end(Table.PENDING, row, views);
        return told(position, e.time(), row, EndState.DELIVERED, views);
    }

    private Outcome reject(Position position, Entry.DeliveryRejected e, Overlay views) {
        DeliveryRow row = row(Table.PENDING, e.delivery(), views);
        if (row == null) {
            return new Outcome.Ended();
        }
        views.delete(Table.PENDING, row.key());
        views.put(
                Table.QUARANTINE,
                row.key(),
                row.at(row.delivery().position(), position.value()).encode());
        count(row, -1, 1, views);
        return told(position, e.time(), row, EndState.REJECTED, views);
    }

    private Outcome release(Position position, Entry.DeliveryReleased e, Overlay views) {
        DeliveryRow row = row(Table.QUARANTINE, e.delivery(), views);
        if (row == null) {
            return new Outcome.Ended();
        }
        end(Table.QUARANTINE, row, views);
        offer(row.at(position, 0), views);
        return recorded(position, row, views);
    }

    private Outcome giveBack(Position position, Entry.DeliveryReturned e, Overlay views) {
        DeliveryRow row = row(Table.QUARANTINE, e.delivery(), views);
        if (row == null) {
            return new Outcome.Ended();
        }
        end(Table.QUARANTINE, row, views);
        return told(position, e.time(), row, EndState.RETURNED, views);
    }

    private Outcome expire(Position position, Entry.DeliveryExpired e, Overlay views) {
        for (Table table : List.of(Table.PENDING, Table.QUARANTINE)) {
            DeliveryRow row = row(table, e.delivery(), views);
            if (row != null && !row.offeredUntil().isAfter(e.time())) {
                end(table, row, views);
                return told(position, e.time(), row, EndState.EXPIRED, views);
            }
        }
        return new Outcome.Ended();
    }

    private Outcome remove(Position position, Entry.PayloadRemoved e, Overlay views) {
        byte[] stored = views.get(Table.ENTRIES, Key.of(e.document().value()));
        if (stored == null || !(EntryCodec.decodeStored(stored) instanceof Entry.DocumentAccepted document)) {
            throw new AssertionError(
                    "the payload of position " + e.document() + " is to go, but no document stands there");
        }
        byte[] due = new Due.Removal(document.keptUntil(), e.document()).key();
        if (document.keptUntil().isAfter(e.time()) || views.get(Table.DUE, due) == null) {
            return new Outcome.Ended();
        }
        views.delete(Table.DUE, due);
        String file = document.payload().file();
        if (file == null) {
            views.delete(Table.PAYLOADS, Key.of(e.document().value()));
        } else {
            views.delete(Table.FILES, file.getBytes(StandardCharsets.UTF_8));
        }
        history(e.document(), position, views);
        return new Outcome.Recorded(position);
    }

    private Outcome issue(Position position, Entry.CertificateIssued e, Overlay views) {
        Digest code = e.code();
        boolean isShutOut = views.get(Table.SUSPENDED, SuspensionRow.key(e.party())) != null;
        if (code == null && isShutOut) { // a renewal that was under way when its party was suspended
            return new Outcome.CodeRefused(Outcome.CodeFault.SUSPENDED);
        }
        if (code != null) {
            byte[] known = views.get(Table.CODES, code.bytes());
            CodeRow row = known == null ? null : CodeRow.decode(known);
            if (row == null || !row.party().equals(e.party())) {
                return new Outcome.CodeRefused(Outcome.CodeFault.UNKNOWN);
            }
            if (row.state() == CodeRow.State.VOID) {
                return new Outcome.CodeRefused(Outcome.CodeFault.VOID);
            }
            if (row.state() == CodeRow.State.USED && !isAskedAgain(row, e, views)) {
                return new Outcome.CodeRefused(Outcome.CodeFault.USED);
            }
            if (!row.expires().isAfter(e.time())) {
                return new Outcome.CodeRefused(Outcome.CodeFault.EXPIRED);
            }
            if (isShutOut) {
                return new Outcome.CodeRefused(Outcome.CodeFault.SUSPENDED);
            }
            var used = new CodeRow(row.party(), row.expires(), CodeRow.State.USED, e.key(), e.serial());
            views.put(Table.CODES, code.bytes(), used.encode());
        }
        views.put(
                Table.CERTIFICATES,
                certificateKey(e.serial()),
                new CertificateRow(e.party(), e.notAfter(), false, e.key()).encode());
        return new Outcome.Recorded(position);
    }

    /// Whether the code comes again with the key it was used for: the answer was lost, and whoever has the key
    /// asks for it anew. Not once the certificate it gave was revoked.
    private static boolean isAskedAgain(CodeRow row, Entry.CertificateIssued e, Overlay views) {
        Digest key = row.key();
        String serial = row.serial();
        if (key == null || serial == null || !Objects.equals(key, e.key())) {
            return false;
        }
        byte[] given = views.get(Table.CERTIFICATES, certificateKey(serial));
        return given != null && !CertificateRow.decode(given).revoked();
    }

    private static Outcome set(Position position, Entry.SettingChanged e, Overlay views) {
        byte[] key = Key.text(e.name()).done();
        byte[] value = e.value().getBytes(StandardCharsets.UTF_8);
        byte[] before = views.get(Table.SETTINGS, key);
        if (Arrays.equals(before == null ? new byte[0] : before, value)) {
            return new Outcome.Ended();
        }
        if (value.length == 0) {
            views.delete(Table.SETTINGS, key);
        } else {
            views.put(Table.SETTINGS, key, value);
        }
        return new Outcome.Recorded(position);
    }

    private static Outcome suspend(Position position, Entry.PartySuspended e, Overlay views) {
        byte[] key = SuspensionRow.key(e.party());
        if (views.get(Table.SUSPENDED, key) != null) {
            return new Outcome.Ended();
        }
        views.put(Table.SUSPENDED, key, new SuspensionRow(e.time(), e.reason(), e.by()).encode());
        return new Outcome.Recorded(position);
    }

    private static Outcome resume(Position position, Entry.PartyResumed e, Overlay views) {
        byte[] key = SuspensionRow.key(e.party());
        if (views.get(Table.SUSPENDED, key) == null) {
            return new Outcome.Ended();
        }
        views.delete(Table.SUSPENDED, key);
        return new Outcome.Recorded(position);
    }

    private Outcome voidCode(Position position, Entry.EnrolmentCodeVoided e, Overlay views) {
        byte[] known = views.get(Table.CODES, e.code().bytes());
        CodeRow row = known == null ? null : CodeRow.decode(known);
        if (row == null || row.state() == CodeRow.State.VOID) {
            return new Outcome.Ended();
        }
        var ended = new CodeRow(row.party(), row.expires(), CodeRow.State.VOID, row.key(), row.serial());
        views.put(Table.CODES, e.code().bytes(), ended.encode());
        return new Outcome.Recorded(position);
    }

    private Outcome revoke(Position position, Entry.CertificateRevoked e, Overlay views) {
        byte[] key = certificateKey(e.serial());
        byte[] known = views.get(Table.CERTIFICATES, key);
        CertificateRow row =
                known == null ? new CertificateRow(null, Instant.EPOCH, false, null) : CertificateRow.decode(known);
        if (row.revoked()) {
            return new Outcome.Ended();
        }
        var ended = new CertificateRow(row.party(), row.notAfter(), true, row.key());
        views.put(Table.CERTIFICATES, key, ended.encode());
        return new Outcome.Recorded(position);
    }

    private static byte[] certificateKey(String serial) {
        return serial.getBytes(StandardCharsets.US_ASCII);
    }

    private static @org.jspecify.annotations.Nullable DeliveryRow row(Table table, Delivery delivery, Overlay views) {
        byte[] key = DeliveryRow.key(delivery.reader(), delivery.flow(), delivery.position());
        byte[] stored = views.get(table, key);
        if (stored == null) {
            return null;
        }
        DeliveryRow row = DeliveryRow.decode(key, stored);
        if (!row.delivery().equals(delivery)) {
            throw new AssertionError("the mailbox holds " + row.delivery() + " where the entry says " + delivery);
        }
        return row;
    }

    /// Puts a delivery into its mailbox.
    static void offer(DeliveryRow row, Overlay views) {
        views.put(Table.PENDING, row.key(), row.encode());
        views.put(Table.DUE, expiry(row), HistoryEvent.NOTHING);
        count(row, 1, 0, views);
    }

    /// Takes a delivery out of where it stands.
    private static void end(Table table, DeliveryRow row, Overlay views) {
        views.delete(table, row.key());
        views.delete(Table.DUE, expiry(row));
        count(row, table == Table.PENDING ? -1 : 0, table == Table.QUARANTINE ? -1 : 0, views);
    }

    private static byte[] expiry(DeliveryRow row) {
        Delivery delivery = row.delivery();
        return new Due.Expiry(row.offeredUntil(), delivery.reader(), delivery.flow(), delivery.position()).key();
    }

    private static void count(DeliveryRow row, int pending, int quarantined, Overlay views) {
        byte[] key = MailboxRow.key(row.delivery().reader(), row.delivery().flow());
        byte[] stored = views.get(Table.MAILBOXES, key);
        MailboxRow now = stored == null ? MailboxRow.EMPTY : MailboxRow.decode(stored);
        views.put(
                Table.MAILBOXES,
                key,
                new MailboxRow(now.pending() + pending, now.quarantined() + quarantined).encode());
    }

    /// Records what became of a delivery, and tells the sender if the flow wants that.
    private Outcome told(Position position, Instant time, DeliveryRow row, EndState state, Overlay views) {
        if (row.notices().contains(state)) {
            Delivery about = row.delivery();
            var notice = new Delivery(
                    about.sender(), about.flow().notices(), position, about.document(), hub, noticeId(position));
            offer(new DeliveryRow(notice, time.plus(NOTICE_OFFERED_FOR), false, Set.of(), 0), views);
        }
        return recorded(position, row, views);
    }

    /// The id of the notice that the entry at this position gave rise to.
    public static DocumentId noticeId(Position position) {
        return new DocumentId(NOTICE + position);
    }

    /// The entry that gave rise to a notice with this id. The position of the delivery does not tell: it is
    /// another once the notice was released from quarantine.
    public static Position noticeCause(DocumentId notice) {
        return Position.of(notice.value().substring(NOTICE.length()));
    }

    static Outcome recorded(Position position, DeliveryRow row, Overlay views) {
        if (!row.delivery().flow().isNotices()) {
            history(row.delivery().document(), position, views);
        }
        return new Outcome.Recorded(position);
    }

    private static void history(Position document, Position event, Overlay views) {
        views.put(Table.HISTORY, new HistoryEvent(document, event).key(), HistoryEvent.NOTHING);
    }
}
