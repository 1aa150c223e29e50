package aiguillage.hub.operators;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.protocol.FlowName;

/// What of the journal somebody sees who looks after the hub (I4, for people): what is of his brands, and what
/// he did himself. What is of no brand is seen by those who look after all.
public record Sight(Operator operator) {

    public boolean sees(Entry entry) {
        return operator.seesAll()
                || switch (entry) {
                    case Entry.DocumentAccepted e ->
                        operator.sees(e.envelope().flow().brand());
                    case Entry.DocumentRefused e ->
                        FlowName.find(e.flow())
                                .filter(flow -> operator.sees(flow.brand()))
                                .isPresent();
                    case Entry.DeliveryAcknowledged _,
                            Entry.DeliveryRejected _,
                            Entry.DeliveryReleased _,
                            Entry.DeliveryReturned _,
                            Entry.DeliveryRepeated _,
                            Entry.DeliveryExpired _ -> sees(Documents.delivery(entry));
                    case Entry.VersionPublished e -> operator.sees(e.dataset().brand());
                    case Entry.VersionHeld e -> operator.sees(e.dataset().brand());
                    case Entry.HeldDiscarded e -> operator.sees(e.dataset().brand());
                    case Entry.VersionWithdrawn e -> operator.sees(e.dataset().brand());
                    case Entry.OperatorActed e -> e.operator().equals(operator.name());
                    case Entry.SettingChanged e -> e.by().equals(operator.by());
                    case Entry.PayloadRemoved _,
                            Entry.TableApplied _,
                            Entry.EnrolmentCodeIssued _,
                            Entry.EnrolmentCodeVoided _,
                            Entry.CertificateIssued _,
                            Entry.CertificateRevoked _,
                            Entry.PartySuspended _,
                            Entry.PartyResumed _,
                            Entry.OperatorChanged _,
                            Entry.OperatorInvited _,
                            Entry.OperatorKeyAdded _,
                            Entry.OperatorKeyRemoved _ -> false;
                };
    }

    private boolean sees(@org.jspecify.annotations.Nullable Delivery delivery) {
        return delivery != null && operator.sees(delivery.flow().brand());
    }
}
