package aiguillage.hub.delivery;

import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A delivery as a structured CloudEvent (JSON format 1.0.2). Beside the envelope's attributes it carries
/// `position` (the delivery's), `bytes` and `digest` of the payload, and the payload itself as `data_base64`
/// or, when it is larger than [#INLINE_BYTES_MAX], the path where it can be had as `dataref`. Safe from any
/// thread.
public final class Offers {

    /// The largest payload that stands in the event itself.
    public static final int INLINE_BYTES_MAX = 64_000;

    /// Releases of one delivery that are followed back at most.
    private static final int RELEASES_MAX = 100;

    private static final JsonMapper JSON = new JsonMapper();

    private final Documents documents;
    private final PartyId hub;
    private final int inlineBytesMax;
    private final Broadcasts broadcasts = new Broadcasts();

    /// @param inlineBytesMax usually [#INLINE_BYTES_MAX]
    public Offers(Documents documents, PartyId hub, int inlineBytesMax) {
        this.documents = documents;
        this.hub = hub;
        this.inlineBytesMax = inlineBytesMax;
    }

    /// The delivery in JSON, on one line.
    public byte[] event(DeliveryRow row) {
        Delivery delivery = row.delivery();
        if (delivery.flow().isNotices()) {
            return notice(delivery);
        }
        byte[] ready = broadcasts.event(delivery);
        return ready == null ? broadcast(delivery) : ready;
    }

    /// As [#event], but however small the payload of a document, it is had elsewhere.
    public byte[] eventByReference(DeliveryRow row) {
        Delivery delivery = row.delivery();
        return delivery.flow().isNotices()
                ? notice(delivery)
                : document(delivery, documents.document(delivery.document()).entry(), -1);
    }

    private byte[] broadcast(Delivery delivery) {
        Entry.DocumentAccepted document =
                documents.document(delivery.document()).entry();
        byte[] event = document(delivery, document, inlineBytesMax);
        if (document.readers().size() > 1) {
            broadcasts.made(delivery, event);
        }
        return event;
    }

    private byte[] document(Delivery delivery, Entry.DocumentAccepted document, int inlinedBytesMax) {
        byte[] inline = null;
        if (document.payload().bytes() <= inlinedBytesMax && document.payload().file() == null) {
            inline = documents.inlinePayload(delivery.document());
        }
        return event(
                delivery,
                document.envelope(),
                document.time(),
                document.payload().digest(),
                document.payload().bytes(),
                inline,
                isRepeated(delivery));
    }

    /// Whether an operator had the document offered once more; still so when it was rejected then, and released.
    public boolean isRepeated(Delivery delivery) {
        Delivery one = delivery;
        for (int i = 0; i < RELEASES_MAX && !one.position().equals(one.document()); i++) {
            Entry offered = documents.entry(one.position());
            if (!(offered instanceof Entry.DeliveryReleased released)) {
                return offered instanceof Entry.DeliveryRepeated;
            }
            one = released.delivery();
        }
        return false;
    }

    private byte[] notice(Delivery delivery) {
        byte[] content = noticeContent(delivery);
        Recorded<Entry.DocumentAccepted> about = documents.document(delivery.document());
        Envelope envelope = new Envelope(
                delivery.id(),
                hub,
                delivery.flow(),
                about.entry().envelope().subject(),
                null,
                "application/json",
                null,
                new TreeMap<>(Map.of(
                        Envelope.IN_REPLY_TO, about.entry().envelope().id().value())));
        Instant time = documents.entry(Yard.noticeCause(delivery.id())).time();
        return event(delivery, envelope, time, Digest.of(content), content.length, content, false);
    }

    /// The payload of a notice: what became of which document, at which reader, why and when.
    public byte[] noticeContent(Delivery notice) {
        Entry end = documents.entry(Yard.noticeCause(notice.id()));
        Delivery ended = Documents.delivery(end);
        if (ended == null) {
            throw new AssertionError("the notice " + notice.id() + " is about no delivery");
        }
        ObjectNode content = JSON.createObjectNode()
                .put("document", ended.id().value())
                .put("position", ended.document().value())
                .put("reader", ended.reader().value())
                .put("state", state(end));
        if (end instanceof Entry.DeliveryRejected rejected) {
            content.put("reason", rejected.reason());
        }
        return JSON.writeValueAsBytes(content.put("time", end.time().toString()));
    }

    /// The word for what an entry did to a delivery.
    public static String state(Entry entry) {
        return switch (entry) {
            case Entry.DeliveryAcknowledged _ -> "delivered";
            case Entry.DeliveryRejected _ -> "rejected";
            case Entry.DeliveryReleased _ -> "released";
            case Entry.DeliveryReturned _ -> "returned";
            case Entry.DeliveryRepeated _ -> "replayed";
            case Entry.DeliveryExpired _ -> "expired";
            case Entry.DocumentAccepted _ -> "accepted";
            case Entry.PayloadRemoved _ -> "payload-removed";
            case Entry.DocumentRefused _,
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
                    Entry.OperatorKeyRemoved _ -> throw new AssertionError("no document comes to " + entry);
        };
    }

    private static byte[] event(
            Delivery delivery,
            Envelope envelope,
            Instant accepted,
            Digest digest,
            long bytes,
            byte @Nullable [] inline,
            boolean isRepeated) {
        var out = new ByteArrayOutputStream(512 + (inline == null ? 0 : inline.length * 4 / 3));
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", CloudEvents.SPEC_VERSION);
            json.writeStringProperty("id", envelope.id().value());
            json.writeStringProperty("source", PartyId.URN_PREFIX + envelope.sender());
            json.writeStringProperty("type", envelope.flow().toString());
            optional(json, "subject", envelope.subject());
            Instant time = envelope.time();
            json.writeStringProperty("time", (time == null ? accepted : time).toString());
            optional(json, "datacontenttype", envelope.contentType());
            optional(json, "dataschema", envelope.dataSchema());
            extensions(envelope, isRepeated ? delivery.document() : null).forEach(json::writeStringProperty);
            json.writeStringProperty("position", delivery.position().toString());
            json.writeStringProperty("bytes", Long.toString(bytes));
            json.writeStringProperty("digest", digest.toString());
            if (inline == null) {
                json.writeStringProperty("dataref", "/v1/inbox/" + delivery.position() + "/payload");
            } else {
                json.writeStringProperty("data_base64", Base64.getEncoder().encodeToString(inline));
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /// Left out where the sender has set all attributes there may be: a reader would take the event for
    /// malformed.
    private static Map<String, String> extensions(Envelope envelope, @Nullable Position replayOf) {
        Map<String, String> own = envelope.extensions();
        if (replayOf == null || (own.size() >= Envelope.EXTENSIONS_MAX && !own.containsKey(Envelope.REPLAY_OF))) {
            return own;
        }
        var marked = new TreeMap<>(own);
        marked.put(Envelope.REPLAY_OF, replayOf.toString());
        return marked;
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
