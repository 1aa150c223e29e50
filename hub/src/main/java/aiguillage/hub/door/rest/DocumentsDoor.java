package aiguillage.hub.door.rest;

import aiguillage.hub.delivery.Offers;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Story;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Evidence;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.pki.CertificatePem;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.signature.EnvelopeEvidence;
import aiguillage.protocol.signature.SignatureEvidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where is my document, what happened to it, and the proof. To all who may not see a document it does not
/// exist (I4). Runs on threads that may wait.
public final class DocumentsDoor {

    private final HubParts hub;
    private final PayloadDoor payloads;

    public DocumentsDoor(HubParts hub, PayloadDoor payloads) {
        this.hub = hub;
        this.payloads = payloads;
    }

    /// `GET /v1/documents?key=`: every document with this value of a search key, or this subject, that the
    /// viewer may see.
    public void search(Call call, Viewer viewer) {
        String key = call.query(Query.KEY);
        if (key == null || key.isBlank()) {
            throw new Refused(Problem.BAD_REQUEST, "Parameter key names what to look for: a claim number or a VIN.");
        }
        ArrayNode found = Call.JSON.createArrayNode();
        hub.documents()
                .called(key, PayloadCheck.searched(key), viewer)
                .forEach(document -> found.add(story(document, viewer)));
        call.json(200, found);
    }

    /// `GET /v1/documents/{id}`: its whole history, as far as the viewer may know it.
    public void history(Call call, Viewer viewer) {
        call.json(200, story(find(call, viewer), viewer));
    }

    /// `GET /v1/documents/{id}/receipts`: the receipt of the document and of everything that happened to it.
    public void receipts(Call call, Viewer viewer) {
        Recorded<Entry.DocumentAccepted> document = find(call, viewer);
        var receipts = new StringBuilder("[")
                .append(hub.ledger().receipt(document.position()).toJson());
        for (Recorded<Entry> event : hub.documents().history(document, viewer)) {
            receipts.append(",\n").append(hub.ledger().receipt(event.position()).toJson());
        }
        call.answer(200, "application/json", receipts.append("]\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /// `GET /v1/documents/{id}/signature`: the sender's signature, with all that a third party needs to check
    /// it. Of a document that came in a signed SOAP message: that message.
    public void signature(Call call, Viewer viewer) throws IOException {
        Recorded<Entry.DocumentAccepted> document = find(call, viewer);
        Evidence stored = document.entry().evidence();
        if (stored == null) {
            throw new Refused(Problem.NOT_FOUND, "The document was not signed.");
        }
        if (EnvelopeEvidence.isOne(stored.encoded())) {
            payloads.give(call, document, EnvelopeEvidence.decoded(stored.encoded()));
            return;
        }
        SignatureEvidence evidence = SignatureEvidence.decoded(stored.encoded());
        call.json(
                200,
                Call.JSON
                        .createObjectNode()
                        .put("base", evidence.base())
                        .put("signature", Base64.getEncoder().encodeToString(evidence.signature()))
                        .put("certificate", CertificatePem.text(List.of(evidence.certificate()))));
    }

    /// The one document of this id that the viewer may see. Without `sender`, the viewer's own comes first.
    ///
    /// @throws Refused when there is none, or when there are several and none is the viewer's own
    Recorded<Entry.DocumentAccepted> find(Call call, Viewer viewer) {
        DocumentId id;
        String sender = call.query(Query.SENDER);
        PartyId from;
        try {
            id = new DocumentId(call.variable());
            from = sender == null ? null : new PartyId(sender);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
        if (from == null && viewer instanceof Viewer.Party(PartyId own)) {
            var sent = hub.documents().sent(id, own);
            if (sent.isPresent()) {
                return sent.get();
            }
        }
        List<Recorded<Entry.DocumentAccepted>> named = from == null
                ? hub.documents().named(id, viewer)
                : hub.documents().sent(id, from).stream()
                        .filter(document -> Documents.mayRead(document.entry(), viewer))
                        .toList();
        if (named.isEmpty()) {
            throw notFound();
        }
        if (named.size() > 1) {
            throw new Refused(Problem.BAD_REQUEST, "Several senders used this id: add ?sender=.")
                    .with(
                            "senders",
                            named.stream()
                                    .map(one -> one.entry().envelope().sender().value())
                                    .toList());
        }
        return named.getFirst();
    }

    private static Refused notFound() {
        return new Refused(Problem.NOT_FOUND, "No document of this id was sent by you or to you.");
    }

    private ObjectNode story(Recorded<Entry.DocumentAccepted> document, Viewer viewer) {
        Entry.DocumentAccepted entry = document.entry();
        Envelope envelope = entry.envelope();
        ObjectNode story = Call.JSON
                .createObjectNode()
                .put("id", envelope.id().value())
                .put("sender", envelope.sender().value())
                .put("flow", envelope.flow().toString())
                .put("position", document.position().value())
                .put("accepted", entry.time().toString());
        put(story, "subject", envelope.subject());
        put(story, "contentType", envelope.contentType());
        ObjectNode extensions = story.putObject("attributes");
        envelope.extensions().forEach(extensions::put);
        story.putObject("payload")
                .put("bytes", entry.payload().bytes())
                .put("digest", entry.payload().digest().toString())
                .put("keptUntil", entry.keptUntil().toString());
        ObjectNode keys = story.putObject("keys");
        entry.keys().forEach((name, values) -> values.forEach(keys.withArray(name)::add));
        story.put("signed", entry.evidence() != null);
        Story told = Story.of(hub.documents(), document, viewer, Integer.MAX_VALUE);
        deliveries(story.putArray("deliveries"), entry, told.legs());
        events(story.putArray("events"), told.events());
        return story;
    }

    private static void deliveries(ArrayNode list, Entry.DocumentAccepted entry, List<Story.Leg> legs) {
        for (Story.Leg leg : legs) {
            Recorded<Entry> last = leg.last();
            list.addObject()
                    .put("reader", leg.reader().party().value())
                    .put("copy", leg.reader().copy())
                    .put("state", last == null || leg.isPending() ? "pending" : Offers.state(last.entry()))
                    .put("since", (last == null ? entry.time() : last.entry().time()).toString())
                    .put("offeredUntil", entry.offeredUntil().toString());
        }
    }

    private static void events(ArrayNode list, List<Recorded<Entry>> events) {
        for (Recorded<Entry> event : events) {
            ObjectNode item = list.addObject()
                    .put("position", event.position().value())
                    .put("time", event.entry().time().toString())
                    .put("what", Offers.state(event.entry()));
            Delivery delivery = Documents.delivery(event.entry());
            if (delivery != null) {
                item.put("reader", delivery.reader().value());
            }
            if (event.entry() instanceof Entry.DeliveryRejected rejected) {
                item.put("reason", rejected.reason());
            }
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
