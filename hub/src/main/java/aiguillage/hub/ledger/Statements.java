package aiguillage.hub.ledger;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Statement;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// What the ledger says of each kind of entry. Part of what is hashed: the words of a kind never change.
public final class Statements {

    private final String hub;

    /// @param hub the hub's own name, in every statement
    public Statements(PartyId hub) {
        this.hub = hub.value();
    }

    /// The statement of an entry at its position. Longer than a screen: a case per kind of entry, a line per
    /// fact.
    public Statement of(Position position, Entry entry) {
        return switch (entry) {
            case Entry.DocumentAccepted e ->
                begin("document-accepted", position, entry)
                        .with("sender", e.envelope().sender().value())
                        .with("id", e.envelope().id().value())
                        .with("flow", e.envelope().flow().toString())
                        .with("payload", e.payload().digest().toString())
                        .with("bytes", Long.toString(e.payload().bytes()))
                        .with("envelope", e.envelope().contentDigest().toString())
                        .done();
            case Entry.DocumentRefused e -> {
                Statement.Writer statement = begin("document-refused", position, entry)
                        .with("sender", e.sender().value())
                        .with("id", e.id())
                        .with("flow", e.flow());
                Digest payload = e.payload();
                if (payload != null) {
                    statement.with("payload", payload.toString());
                }
                yield statement
                        .with("problem", e.problem())
                        .with("reason", e.reason())
                        .done();
            }
            case Entry.DeliveryAcknowledged e ->
                delivery("delivery-acknowledged", position, entry, e.delivery()).done();
            case Entry.DeliveryRejected e ->
                delivery("delivery-rejected", position, entry, e.delivery())
                        .with("reason", e.reason())
                        .done();
            case Entry.DeliveryReleased e ->
                delivery("delivery-released", position, entry, e.delivery())
                        .with("by", e.by())
                        .done();
            case Entry.DeliveryReturned e ->
                delivery("delivery-returned", position, entry, e.delivery())
                        .with("by", e.by())
                        .done();
            case Entry.DeliveryRepeated e ->
                delivery("delivery-repeated", position, entry, e.delivery())
                        .with("ended", e.ended().toString())
                        .with("until", e.offeredUntil().toString())
                        .with("by", e.by())
                        .with("reason", e.reason())
                        .done();
            case Entry.DeliveryExpired e ->
                delivery("delivery-expired", position, entry, e.delivery()).done();
            case Entry.PayloadRemoved e ->
                begin("payload-removed", position, entry)
                        .with("document", e.document().toString())
                        .done();
            case Entry.TableApplied e ->
                begin("table-applied", position, entry)
                        .with(
                                "table",
                                Digest.of(e.text().getBytes(StandardCharsets.UTF_8))
                                        .toString())
                        .with("by", e.by())
                        .done();
            case Entry.PartySuspended e -> standing("party-suspended", position, entry, e.party(), e.reason(), e.by());
            case Entry.PartyResumed e -> standing("party-resumed", position, entry, e.party(), e.reason(), e.by());
            case Entry.EnrolmentCodeIssued e ->
                begin("enrolment-code-issued", position, entry)
                        .with("party", e.party().value())
                        .with("expires", e.expires().toString())
                        .done();
            case Entry.EnrolmentCodeVoided e ->
                begin("enrolment-code-voided", position, entry)
                        .with("party", e.party().value())
                        .with("reason", e.reason())
                        .done();
            case Entry.CertificateIssued e ->
                begin("certificate-issued", position, entry)
                        .with("party", e.party().value())
                        .with("serial", e.serial())
                        .with("not-after", e.notAfter().toString())
                        .done();
            case Entry.CertificateRevoked e ->
                begin("certificate-revoked", position, entry)
                        .with("serial", e.serial())
                        .with("reason", e.reason())
                        .done();
            case Entry.VersionPublished e -> {
                Statement.Writer statement = dataset("version-published", position, entry, e.dataset())
                        .with("version", Long.toString(e.number()))
                        .with("from", Long.toString(e.from()))
                        .with("effective", e.effective().toString())
                        .with("layer", e.content().layer().toString())
                        .with("root", e.content().root().toString())
                        .with("rows", Long.toString(e.content().rows()));
                Long restores = e.restores();
                if (restores != null) {
                    statement.with("restores", restores.toString());
                }
                yield statement.with("by", e.by()).done();
            }
            case Entry.VersionHeld e ->
                dataset("version-held", position, entry, e.dataset())
                        .with("from", Long.toString(e.from()))
                        .with("effective", e.effective().toString())
                        .with("layer", e.content().layer().toString())
                        .with("root", e.content().root().toString())
                        .with("by", e.by())
                        .done();
            case Entry.HeldDiscarded e ->
                dataset("held-discarded", position, entry, e.dataset())
                        .with("held", e.held().toString())
                        .with("by", e.by())
                        .done();
            case Entry.VersionWithdrawn e ->
                dataset("version-withdrawn", position, entry, e.dataset())
                        .with("version", Long.toString(e.number()))
                        .with("by", e.by())
                        .done();
            case Entry.OperatorActed e ->
                begin("operator-acted", position, entry)
                        .with("operator", e.operator())
                        .with("action", e.action())
                        .with("subject", e.subject())
                        .with("reason", e.reason())
                        .done();
            case Entry.SettingChanged e ->
                begin("setting-changed", position, entry)
                        .with("name", e.name())
                        .with(
                                "value",
                                Digest.of(e.value().getBytes(StandardCharsets.UTF_8))
                                        .toString())
                        .with("by", e.by())
                        .done();
            case Entry.OperatorChanged e ->
                begin("operator-changed", position, entry)
                        .with("operator", e.operator())
                        .with("rank", e.isRemoved() ? "none" : e.rank())
                        .with(
                                "brands",
                                e.brands().stream().map(Brand::value).sorted().collect(Collectors.joining(" ")))
                        .with("by", e.by())
                        .done();
            case Entry.OperatorInvited e ->
                begin("operator-invited", position, entry)
                        .with("operator", e.operator())
                        .with("expires", e.expires().toString())
                        .with("by", e.by())
                        .done();
            case Entry.OperatorKeyAdded e ->
                begin("operator-key-added", position, entry)
                        .with("operator", e.operator())
                        .with("credential", e.credential())
                        .with("key", e.key())
                        .done();
            case Entry.OperatorKeyRemoved e ->
                begin("operator-key-removed", position, entry)
                        .with("operator", e.operator())
                        .with("credential", e.credential().toString())
                        .with("by", e.by())
                        .done();
        };
    }

    private Statement.Writer begin(String kind, Position position, Entry entry) {
        return Statement.of(kind, hub, position).with("time", entry.time().toString());
    }

    private Statement standing(String kind, Position position, Entry entry, PartyId party, String reason, String by) {
        return begin(kind, position, entry)
                .with("party", party.value())
                .with("reason", reason)
                .with("by", by)
                .done();
    }

    private Statement.Writer dataset(String kind, Position position, Entry entry, DatasetName dataset) {
        return begin(kind, position, entry).with("dataset", dataset.toString());
    }

    private Statement.Writer delivery(String kind, Position position, Entry entry, Delivery delivery) {
        return begin(kind, position, entry)
                .with("reader", delivery.reader().value())
                .with("sender", delivery.sender().value())
                .with("id", delivery.id().value())
                .with("document", delivery.document().toString())
                .with("delivery", delivery.position().toString());
    }
}
