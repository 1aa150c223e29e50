package aiguillage.hub.entry;

import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An entry as bytes, both ways. One byte for the kind, 8 for the time, then the fields in the order of the
/// record; maps are sorted, so that one entry has one form on every machine (I5).
public final class EntryCodec {

    private static final int DOCUMENT_ACCEPTED = 1;
    private static final int DOCUMENT_REFUSED = 2;
    private static final int DELIVERY_ACKNOWLEDGED = 3;
    private static final int DELIVERY_REJECTED = 4;
    private static final int DELIVERY_RELEASED = 5;
    private static final int DELIVERY_RETURNED = 6;
    private static final int DELIVERY_EXPIRED = 7;
    private static final int TABLE_APPLIED = 8;
    private static final int ENROLMENT_CODE_ISSUED = 9;
    private static final int CERTIFICATE_ISSUED = 10;
    private static final int CERTIFICATE_REVOKED = 11;
    private static final int PAYLOAD_REMOVED = 12;
    private static final int ENROLMENT_CODE_VOIDED = 13;
    private static final int CERTIFICATE_ISSUED_FOR_KEY = 14;
    private static final int VERSION_PUBLISHED = 15;
    private static final int VERSION_HELD = 16;
    private static final int HELD_DISCARDED = 17;
    private static final int VERSION_WITHDRAWN = 18;
    private static final int OPERATOR_ACTED = 19;
    private static final int SETTING_CHANGED = 20;
    private static final int DELIVERY_REPEATED = 25;
    private static final int PARTY_SUSPENDED = 26;
    private static final int PARTY_RESUMED = 27;
    private static final int OPERATOR_CHANGED = 21;
    private static final int OPERATOR_INVITED = 22;
    private static final int OPERATOR_KEY_ADDED = 23;
    private static final int OPERATOR_KEY_REMOVED = 24;

    /// Positions and versions count from 1.
    private static final long NONE = 0;

    /// An entry as bytes. Longer than a screen: a case per kind of entry.
    public static byte[] encode(Entry entry) {
        var out = new ByteWriter(384);
        switch (entry) {
            case Entry.DocumentAccepted e -> accepted(out.one(DOCUMENT_ACCEPTED).time(e.time()), e);
            case Entry.DocumentRefused e -> {
                out.one(DOCUMENT_REFUSED)
                        .time(e.time())
                        .text(e.sender().value())
                        .text(e.id());
                out.text(e.flow()).bytes(bytes(e.payload())).text(e.problem()).text(e.reason());
            }
            case Entry.DeliveryAcknowledged e ->
                delivery(out.one(DELIVERY_ACKNOWLEDGED).time(e.time()), e.delivery());
            case Entry.DeliveryRejected e ->
                delivery(out.one(DELIVERY_REJECTED).time(e.time()), e.delivery())
                        .text(e.reason());
            case Entry.DeliveryReleased e ->
                delivery(out.one(DELIVERY_RELEASED).time(e.time()), e.delivery())
                        .text(e.by());
            case Entry.DeliveryReturned e ->
                delivery(out.one(DELIVERY_RETURNED).time(e.time()), e.delivery())
                        .text(e.by());
            case Entry.DeliveryRepeated e ->
                delivery(out.one(DELIVERY_REPEATED).time(e.time()), e.delivery())
                        .number(e.ended().value())
                        .time(e.offeredUntil())
                        .text(e.by())
                        .text(e.reason());
            case Entry.DeliveryExpired e -> delivery(out.one(DELIVERY_EXPIRED).time(e.time()), e.delivery());
            case Entry.PayloadRemoved e ->
                out.one(PAYLOAD_REMOVED).time(e.time()).number(e.document().value());
            case Entry.TableApplied e -> {
                out.one(TABLE_APPLIED)
                        .time(e.time())
                        .text(e.text())
                        .size(e.schemas().size());
                new TreeMap<>(e.schemas())
                        .forEach((name, digest) -> out.text(name).fixed(digest.bytes()));
                out.text(e.by());
            }
            case Entry.EnrolmentCodeIssued e ->
                out.one(ENROLMENT_CODE_ISSUED)
                        .time(e.time())
                        .text(e.party().value())
                        .fixed(e.code().bytes())
                        .time(e.expires());
            case Entry.CertificateIssued e -> {
                Digest key = e.key();
                out.one(key == null ? CERTIFICATE_ISSUED : CERTIFICATE_ISSUED_FOR_KEY)
                        .time(e.time())
                        .text(e.party().value())
                        .text(e.serial());
                out.time(e.notAfter()).bytes(bytes(e.code()));
                if (key != null) {
                    out.fixed(key.bytes());
                }
            }
            case Entry.EnrolmentCodeVoided e ->
                out.one(ENROLMENT_CODE_VOIDED)
                        .time(e.time())
                        .text(e.party().value())
                        .fixed(e.code().bytes())
                        .text(e.reason());
            case Entry.CertificateRevoked e ->
                out.one(CERTIFICATE_REVOKED).time(e.time()).text(e.serial()).text(e.reason());
            case Entry.VersionPublished e -> published(out.one(VERSION_PUBLISHED), e);
            case Entry.VersionHeld e -> held(out.one(VERSION_HELD), e);
            case Entry.HeldDiscarded e -> discarded(out.one(HELD_DISCARDED), e);
            case Entry.VersionWithdrawn e -> withdrawn(out.one(VERSION_WITHDRAWN), e);
            case Entry.OperatorActed e ->
                out.one(OPERATOR_ACTED)
                        .time(e.time())
                        .text(e.operator())
                        .text(e.action())
                        .text(e.subject())
                        .text(e.reason());
            case Entry.SettingChanged e ->
                out.one(SETTING_CHANGED)
                        .time(e.time())
                        .text(e.name())
                        .text(e.value())
                        .text(e.by());
            case Entry.PartySuspended e ->
                standing(out.one(PARTY_SUSPENDED).time(e.time()), e.party(), e.reason(), e.by());
            case Entry.PartyResumed e -> standing(out.one(PARTY_RESUMED).time(e.time()), e.party(), e.reason(), e.by());
            case Entry.OperatorChanged e -> changed(out.one(OPERATOR_CHANGED).time(e.time()), e);
            case Entry.OperatorInvited e ->
                out.one(OPERATOR_INVITED)
                        .time(e.time())
                        .text(e.operator())
                        .fixed(e.link().bytes())
                        .time(e.expires())
                        .text(e.by());
            case Entry.OperatorKeyAdded e ->
                out.one(OPERATOR_KEY_ADDED)
                        .time(e.time())
                        .text(e.operator())
                        .text(e.credential())
                        .text(e.key())
                        .text(e.label())
                        .bytes(bytes(e.link()));
            case Entry.OperatorKeyRemoved e ->
                out.one(OPERATOR_KEY_REMOVED)
                        .time(e.time())
                        .text(e.operator())
                        .fixed(e.credential().bytes())
                        .text(e.by());
        }
        return out.done();
    }

    /// The entry in these bytes.
    ///
    /// @throws IllegalStateException when the bytes are not an entry: a newer hub wrote them, or they are
    ///     damaged
    public static Entry decode(byte[] bytes) {
        return decode(new ByteReader(bytes));
    }

    private static Entry decode(ByteReader in) {
        int kind = in.one();
        Instant time = in.time();
        Entry entry = switch (kind) {
            case DOCUMENT_ACCEPTED -> accepted(time, in);
            case DOCUMENT_REFUSED -> refused(time, in);
            case DELIVERY_ACKNOWLEDGED -> new Entry.DeliveryAcknowledged(time, delivery(in));
            case DELIVERY_REJECTED -> new Entry.DeliveryRejected(time, delivery(in), in.text());
            case DELIVERY_RELEASED -> new Entry.DeliveryReleased(time, delivery(in), in.text());
            case DELIVERY_RETURNED -> new Entry.DeliveryReturned(time, delivery(in), in.text());
            case DELIVERY_EXPIRED -> new Entry.DeliveryExpired(time, delivery(in));
            case PAYLOAD_REMOVED -> new Entry.PayloadRemoved(time, position(in));
            case TABLE_APPLIED -> table(time, in);
            case ENROLMENT_CODE_ISSUED -> new Entry.EnrolmentCodeIssued(time, party(in), digest(in), in.time());
            case CERTIFICATE_ISSUED ->
                new Entry.CertificateIssued(time, party(in), in.text(), in.time(), digestOrNull(in));
            case CERTIFICATE_ISSUED_FOR_KEY ->
                new Entry.CertificateIssued(time, party(in), in.text(), in.time(), digestOrNull(in), digest(in));
            case ENROLMENT_CODE_VOIDED -> new Entry.EnrolmentCodeVoided(time, party(in), digest(in), in.text());
            case CERTIFICATE_REVOKED -> new Entry.CertificateRevoked(time, in.text(), in.text());
            case VERSION_PUBLISHED -> published(time, in);
            case VERSION_HELD ->
                new Entry.VersionHeld(
                        time,
                        dataset(in),
                        in.number(),
                        in.time(),
                        in.one() != 0,
                        VersionContent.decode(in),
                        in.text(),
                        in.text());
            case HELD_DISCARDED -> new Entry.HeldDiscarded(time, dataset(in), position(in), in.text());
            case VERSION_WITHDRAWN -> new Entry.VersionWithdrawn(time, dataset(in), in.number(), in.text());
            case OPERATOR_ACTED -> new Entry.OperatorActed(time, in.text(), in.text(), in.text(), in.text());
            case SETTING_CHANGED -> new Entry.SettingChanged(time, in.text(), in.text(), in.text());
            case DELIVERY_REPEATED ->
                new Entry.DeliveryRepeated(time, delivery(in), position(in), in.time(), in.text(), in.text());
            case PARTY_SUSPENDED -> new Entry.PartySuspended(time, party(in), in.text(), in.text());
            case PARTY_RESUMED -> new Entry.PartyResumed(time, party(in), in.text(), in.text());
            case OPERATOR_CHANGED -> changed(time, in);
            case OPERATOR_INVITED -> new Entry.OperatorInvited(time, in.text(), digest(in), in.time(), in.text());
            case OPERATOR_KEY_ADDED ->
                new Entry.OperatorKeyAdded(time, in.text(), in.text(), in.text(), in.text(), digestOrNull(in));
            case OPERATOR_KEY_REMOVED -> new Entry.OperatorKeyRemoved(time, in.text(), digest(in), in.text());
            default ->
                throw new IllegalStateException("entry of kind " + kind + ": written by a newer version of the hub");
        };
        in.end();
        return entry;
    }

    private EntryCodec() {}

    /// The number of random bytes in front of a stored entry; see `aiguillage.protocol.proof.Leaf`.
    public static final int SALTS_BYTES = 32;

    /// An entry as the store holds it: behind its salts.
    public static byte[] encodeStored(byte[] salts, byte[] encoded) {
        byte[] stored = Arrays.copyOf(salts, SALTS_BYTES + encoded.length);
        System.arraycopy(encoded, 0, stored, SALTS_BYTES, encoded.length);
        return stored;
    }

    /// The entry in a stored record.
    public static Entry decodeStored(byte[] stored) {
        return decode(new ByteReader(stored, SALTS_BYTES));
    }

    private static void standing(ByteWriter out, PartyId party, String reason, String by) {
        out.text(party.value()).text(reason).text(by);
    }

    private static void accepted(ByteWriter out, Entry.DocumentAccepted e) {
        envelope(out, e.envelope());
        out.fixed(e.payload().digest().bytes())
                .number(e.payload().bytes())
                .text(e.payload().file());
        out.size(e.readers().size());
        for (Reader reader : e.readers()) {
            out.text(reader.party().value()).one(reader.copy() ? 1 : 0);
        }
        out.time(e.offeredUntil())
                .time(e.keptUntil())
                .one(EndState.bits(e.notices()))
                .size(e.keys().size());
        if (!e.keys().isEmpty()) {
            new TreeMap<>(e.keys()).forEach((name, values) -> {
                out.text(name).size(values.size());
                values.forEach(out::text);
            });
        }
        Evidence evidence = e.evidence();
        out.bytes(evidence == null ? null : evidence.encoded());
    }

    private static Entry accepted(Instant time, ByteReader in) {
        Envelope envelope = envelope(in);
        var payload = new Payload(digest(in), in.number(), in.textOrNull());
        List<Reader> readers = EncodedReaders.read(in);
        Instant offeredUntil = in.time();
        Instant keptUntil = in.time();
        Set<EndState> notices = EndState.ofBits(in.one());
        var keys = new TreeMap<String, List<String>>();
        for (int n = in.size(); n > 0; n--) {
            String name = in.text();
            var values = new ArrayList<String>();
            for (int m = in.size(); m > 0; m--) {
                values.add(in.text());
            }
            keys.put(name, values);
        }
        byte[] signature = in.bytesOrNull();
        Evidence evidence = signature == null ? null : new Evidence(signature);
        return new Entry.DocumentAccepted(
                time, envelope, payload, readers, offeredUntil, keptUntil, notices, keys, evidence);
    }

    private static Entry refused(Instant time, ByteReader in) {
        return new Entry.DocumentRefused(time, party(in), in.text(), in.text(), digestOrNull(in), in.text(), in.text());
    }

    private static Entry table(Instant time, ByteReader in) {
        String text = in.text();
        var schemas = new TreeMap<String, Digest>();
        for (int n = in.size(); n > 0; n--) {
            schemas.put(in.text(), digest(in));
        }
        return new Entry.TableApplied(time, text, schemas, in.text());
    }

    private static void published(ByteWriter out, Entry.VersionPublished e) {
        out.time(e.time()).text(e.dataset().toString()).number(e.number());
        terms(out, e.from(), e.effective(), e.isSealed(), e.content()).text(e.by());
        Position held = e.held();
        Long restores = e.restores();
        out.number(held == null ? NONE : held.value()).number(restores == null ? NONE : restores);
    }

    private static void held(ByteWriter out, Entry.VersionHeld e) {
        out.time(e.time()).text(e.dataset().toString());
        terms(out, e.from(), e.effective(), e.isSealed(), e.content())
                .text(e.by())
                .text(e.report());
    }

    private static void discarded(ByteWriter out, Entry.HeldDiscarded e) {
        out.time(e.time()).text(e.dataset().toString()).number(e.held().value()).text(e.by());
    }

    private static void withdrawn(ByteWriter out, Entry.VersionWithdrawn e) {
        out.time(e.time()).text(e.dataset().toString()).number(e.number()).text(e.by());
    }

    private static void changed(ByteWriter out, Entry.OperatorChanged e) {
        out.text(e.operator()).text(e.rank()).size(e.brands().size());
        new TreeSet<>(e.brands()).forEach(brand -> out.text(brand.value()));
        out.one(e.isRemoved() ? 1 : 0).text(e.by());
    }

    private static Entry changed(Instant time, ByteReader in) {
        String operator = in.text();
        String rank = in.text();
        var brands = new TreeSet<Brand>();
        for (int n = in.size(); n > 0; n--) {
            brands.add(new Brand(in.text()));
        }
        return new Entry.OperatorChanged(time, operator, rank, brands, in.one() != 0, in.text());
    }

    private static ByteWriter terms(
            ByteWriter out, long from, Instant effective, boolean isSealed, VersionContent content) {
        out.number(from).time(effective).one(isSealed ? 1 : 0);
        content.encode(out);
        return out;
    }

    private static Entry published(Instant time, ByteReader in) {
        DatasetName dataset = dataset(in);
        long number = in.number();
        long from = in.number();
        Instant effective = in.time();
        boolean isSealed = in.one() != 0;
        VersionContent content = VersionContent.decode(in);
        String by = in.text();
        long held = in.number();
        long restores = in.number();
        return new Entry.VersionPublished(
                time,
                dataset,
                number,
                from,
                effective,
                isSealed,
                content,
                by,
                held == NONE ? null : new Position(held),
                restores == NONE ? null : restores);
    }

    private static DatasetName dataset(ByteReader in) {
        return DatasetName.of(in.text());
    }

    private static void envelope(ByteWriter out, Envelope e) {
        out.text(e.id().value())
                .text(e.sender().value())
                .text(e.flow().toString())
                .text(e.subject());
        out.text(e.time() == null ? null : e.time().toString())
                .text(e.contentType())
                .text(e.dataSchema());
        out.size(e.extensions().size());
        for (Map.Entry<String, String> extension : e.extensions().entrySet()) {
            out.text(extension.getKey()).text(extension.getValue());
        }
    }

    private static Envelope envelope(ByteReader in) {
        var id = new DocumentId(in.text());
        PartyId sender = party(in);
        FlowName flow = flow(in);
        String subject = in.textOrNull();
        String time = in.textOrNull();
        String contentType = in.textOrNull();
        String dataSchema = in.textOrNull();
        var extensions = new TreeMap<String, String>();
        for (int n = in.size(); n > 0; n--) {
            extensions.put(in.text(), in.text());
        }
        return new Envelope(
                id,
                sender,
                flow,
                subject,
                time == null ? null : Instant.parse(time),
                contentType,
                dataSchema,
                Collections.unmodifiableSortedMap(extensions));
    }

    private static ByteWriter delivery(ByteWriter out, Delivery d) {
        out.text(d.reader().value())
                .text(d.flow().toString())
                .number(d.position().value());
        return out.number(d.document().value()).text(d.sender().value()).text(d.id().value());
    }

    private static Delivery delivery(ByteReader in) {
        return new Delivery(party(in), flow(in), position(in), position(in), party(in), new DocumentId(in.text()));
    }

    private static PartyId party(ByteReader in) {
        return new PartyId(in.text());
    }

    private static FlowName flow(ByteReader in) {
        return FlowName.of(in.text());
    }

    private static Position position(ByteReader in) {
        return new Position(in.number());
    }

    private static Digest digest(ByteReader in) {
        return new Digest(in.fixed(Digest.BYTES));
    }

    private static @Nullable Digest digestOrNull(ByteReader in) {
        byte[] bytes = in.bytesOrNull();
        return bytes == null ? null : new Digest(bytes);
    }

    private static byte @Nullable [] bytes(@Nullable Digest digest) {
        return digest == null ? null : digest.bytes();
    }
}
