package aiguillage.hub.figures;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.figures.Happening.Kind;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last entries of the journal, each told in one line, since this hub's start. Safe from any thread.
public final class Tail {

    /// What is remembered.
    public static final int MAX = 2_000;

    private final Happening[] ring = new Happening[MAX];
    private long last;

    void recorded(Entry entry) {
        Told told = told(entry);
        if (told != null) {
            add(entry.time(), told);
        }
    }

    private record Told(
            Kind kind, @Nullable Brand brand, @Nullable PartyId party, String flow, String subject, String detail) {}

    private synchronized void add(Instant at, Told told) {
        last++;
        ring[place(last)] = new Happening(
                last, at, told.kind, told.brand, told.party, told.flow, cut(told.subject), cut(told.detail));
    }

    private static int place(long number) {
        return (int) (number % MAX);
    }

    private static String cut(String text) {
        return text.length() <= Happening.TEXT_CHARS_MAX ? text : text.substring(0, Happening.TEXT_CHARS_MAX) + "…";
    }

    /// The number of the newest; 0 when there is none.
    public synchronized long last() {
        return last;
    }

    /// Those behind a number that are still remembered, newest first.
    ///
    /// @param after 0: all
    public synchronized List<Happening> after(long after) {
        var found = new ArrayList<Happening>();
        long first = Math.max(after, last - MAX);
        for (long number = last; number > first; number--) {
            found.add(ring[place(number)]);
        }
        return found;
    }

    /// Null for what people do not want to see pass.
    private static @Nullable Told told(Entry entry) {
        return switch (entry) {
            case Entry.DocumentAccepted e ->
                new Told(
                        Kind.ACCEPTED,
                        e.envelope().flow().brand(),
                        e.envelope().sender(),
                        e.envelope().flow().toString(),
                        e.envelope().id().value(),
                        "");
            case Entry.DocumentRefused e ->
                new Told(Kind.REFUSED, brand(e.flow()), e.sender(), cut(e.flow()), e.id(), e.problem());
            case Entry.DeliveryAcknowledged e -> delivery(Kind.DELIVERED, e.delivery(), "");
            case Entry.DeliveryRejected e -> delivery(Kind.REJECTED, e.delivery(), e.reason());
            case Entry.DeliveryExpired e -> delivery(Kind.EXPIRED, e.delivery(), "");
            case Entry.DeliveryReleased e -> delivery(Kind.RELEASED, e.delivery(), e.by());
            case Entry.DeliveryReturned e -> delivery(Kind.RETURNED, e.delivery(), e.by());
            case Entry.DeliveryRepeated e -> delivery(Kind.REPEATED, e.delivery(), e.by());
            case Entry.VersionPublished e ->
                new Told(
                        Kind.PUBLISHED,
                        e.dataset().brand(),
                        null,
                        e.dataset().toString(),
                        String.valueOf(e.number()),
                        e.by());
            case Entry.CertificateIssued e -> new Told(Kind.TRUST, null, e.party(), "", e.serial(), "issued");
            case Entry.EnrolmentCodeIssued e -> new Told(Kind.TRUST, null, e.party(), "", "", "code");
            case Entry.CertificateRevoked e -> new Told(Kind.TRUST, null, null, "", e.serial(), "revoked");
            case Entry.PartySuspended e -> new Told(Kind.TRUST, null, e.party(), "", "", "suspended");
            case Entry.PartyResumed e -> new Told(Kind.TRUST, null, e.party(), "", "", "resumed");
            case Entry.OperatorChanged e -> new Told(Kind.ACT, null, null, "", e.operator(), e.by());
            case Entry.TableApplied e -> new Told(Kind.TABLE, null, null, "", "", e.by());
            case Entry.OperatorActed e ->
                new Told(Kind.ACT, null, null, "", e.subject(), e.operator() + ": " + e.action());
            case Entry.SettingChanged e -> new Told(Kind.ACT, null, null, "", e.name(), e.by());
            default -> null;
        };
    }

    private static Told delivery(Kind kind, Delivery delivery, String detail) {
        return new Told(
                kind,
                delivery.flow().brand(),
                delivery.reader(),
                delivery.flow().toString(),
                delivery.id().value(),
                detail);
    }

    /// The brand of a flow as a stranger to it wrote it; null when it is none.
    static @Nullable Brand brand(String flow) {
        return FlowName.find(flow).map(FlowName::brand).orElse(null);
    }
}
