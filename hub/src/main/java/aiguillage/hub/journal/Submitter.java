package aiguillage.hub.journal;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.protocol.PartyId;

/// Whose lane an entry waits in.
final class Submitter {

    private static final String OPERATOR = "operator";

    /// What an operator's name follows, as in `operator:ada`; a party's name has no colon.
    private static final String PERSON = OPERATOR + ":";

    private Submitter() {}

    /// The party that asked for it. What the clock, the operator or an unproven stranger asks for is the hub's
    /// own: a party that floods the journal cannot hold it up, and nobody can fill a lane in another's name.
    static PartyId of(Entry entry, PartyId hub) {
        return switch (entry) {
            case Entry.DocumentAccepted accepted -> accepted.envelope().sender();
            case Entry.DocumentRefused refused -> refused.sender();
            case Entry.DeliveryAcknowledged acknowledged ->
                acknowledged.delivery().reader();
            case Entry.DeliveryRejected rejected -> rejected.delivery().reader();
            case Entry.DeliveryReleased released -> decided(released.by(), released.delivery(), hub);
            case Entry.DeliveryReturned returned -> decided(returned.by(), returned.delivery(), hub);
            case Entry.VersionPublished published -> party(published.by(), hub);
            case Entry.VersionHeld held -> party(held.by(), hub);
            case Entry.HeldDiscarded discarded -> party(discarded.by(), hub);
            case Entry.VersionWithdrawn withdrawn -> party(withdrawn.by(), hub);
            case Entry.DeliveryRepeated _,
                    Entry.DeliveryExpired _,
                    Entry.PayloadRemoved _,
                    Entry.TableApplied _,
                    Entry.EnrolmentCodeIssued _,
                    Entry.EnrolmentCodeVoided _,
                    Entry.CertificateIssued _,
                    Entry.CertificateRevoked _,
                    Entry.OperatorActed _,
                    Entry.SettingChanged _,
                    Entry.PartySuspended _,
                    Entry.PartyResumed _,
                    Entry.OperatorChanged _,
                    Entry.OperatorInvited _,
                    Entry.OperatorKeyAdded _,
                    Entry.OperatorKeyRemoved _ -> hub;
        };
    }

    private static PartyId party(String by, PartyId hub) {
        return by.equals(OPERATOR) || by.startsWith(PERSON) ? hub : new PartyId(by);
    }

    private static PartyId decided(String by, Delivery delivery, PartyId hub) {
        return by.equals(delivery.reader().value()) ? delivery.reader() : hub;
    }
}
