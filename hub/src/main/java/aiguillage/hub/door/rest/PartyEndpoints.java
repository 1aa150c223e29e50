package aiguillage.hub.door.rest;

import static aiguillage.hub.door.call.Operation.ANY;
import static aiguillage.hub.door.call.Operation.JSON;
import static aiguillage.hub.door.call.Operation.TEXT;

import aiguillage.hub.document.Viewer;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Endpoint;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.OpenApi;
import aiguillage.hub.door.call.Operation;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.dataset.DatasetEndpoints;
import aiguillage.hub.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/// The addresses of the main listener, for parties: each described beside the door that answers.
public final class PartyEndpoints {

    private static final String TITLE = "Aiguillage hub: the main listener, for parties";
    private static final String XML = "text/xml";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String[] ENVELOPE = {
        "ce-specversion",
        "ce-id",
        "ce-source",
        "ce-type",
        "ce-subject",
        "ce-time",
        "ce-dataschema",
        "ce-recipient",
        "ce-inreplyto",
        "Content-Digest",
        "Signature-Input",
        "Signature"
    };

    private final HubParts hub;

    public PartyEndpoints(HubParts hub) {
        this.hub = hub;
    }

    /// @param status what the public is told of the hub
    public List<Endpoint> list(
            SubmissionDoor submissions,
            InboxDoor inbox,
            StreamDoor streams,
            QuarantineDoor quarantine,
            DatasetEndpoints datasets,
            List<Endpoint> status) {
        var payloads = new PayloadDoor(hub);
        var list = new ArrayList<Endpoint>();
        list.add(submit().by(call -> submissions.submit(call, call.requireVisitor())));
        list.addAll(documents(new DocumentsDoor(hub, payloads), payloads));
        list.addAll(inbox(inbox, streams, payloads));
        list.addAll(quarantine(quarantine));
        list.addAll(datasets.parties());
        list.addAll(ledger(new LedgerDoor(hub.ledger())));
        list.addAll(status);
        list.add(OpenApi.endpoint(TITLE, Operation.Access.PARTY, list));
        return list;
    }

    private static Operation to(String method, String pattern, String summary) {
        return Operation.of(Operation.Access.PARTY, method, pattern, summary);
    }

    private static Operation submit() {
        return to("POST", "/v1/documents", "Submit a document.")
                .headed(ENVELOPE)
                .says(SubmissionDoor.RATE_LIMIT_POLICY, SubmissionDoor.RATE_LIMIT)
                .takes(ANY, null)
                .gives(201, JSON, "Receipt", "It is durable, routed, and waits in its readers' mailboxes.", "Location")
                .gives(200, JSON, "Receipt", "It was accepted before: the same receipt; nothing changed.", "Location")
                .refuses(
                        Problem.BAD_ENVELOPE,
                        Problem.DIGEST_MISMATCH,
                        Problem.NOT_AUTHORISED,
                        Problem.SENDER_MISMATCH,
                        Problem.ID_TAKEN,
                        Problem.PAYLOAD_INVALID,
                        Problem.NO_ROUTE,
                        Problem.RECIPIENT_UNKNOWN,
                        Problem.SIGNATURE_REQUIRED,
                        Problem.SIGNATURE_INVALID,
                        Problem.SIGNATURE_NOT_FRESH,
                        Problem.JOURNAL_BUSY,
                        Problem.REVOCATION_UNKNOWN,
                        Problem.DISK_FULL);
    }

    private List<Endpoint> documents(DocumentsDoor documents, PayloadDoor payloads) {
        return List.of(
                to("GET", "/v1/documents", "Find documents by a search key.")
                        .asks(Query.KEY)
                        .gives(200, JSON, "Documents", "The newest that you may see, oldest first.")
                        .waits(call -> documents.search(call, party(call))),
                document("", "A document's whole history.")
                        .gives(200, JSON, "Document", "As far as you may know it.")
                        .waits(call -> documents.history(call, party(call))),
                bytes(document("/payload", "A document's bytes, whole or a range."))
                        .waits(call -> payloads.give(call, documents.find(call, party(call)))),
                document("/receipts", "The proofs of a document and of all that happened to it.")
                        .gives(200, JSON, "Receipts", "The document's first, then as it happened.")
                        .waits(call -> documents.receipts(call, party(call))),
                document("/signature", "The sender's signature over a document, for third parties.")
                        .gives(200, JSON, "Signature", "All that is needed to check it.")
                        .gives(200, XML, null, "Or the signed SOAP message in which it came.")
                        .gives(200, "multipart/related", null, "Of AS4: that message with the payload.")
                        .refuses(Problem.NOT_FOUND, Problem.PAYLOAD_GONE)
                        .waits(call -> documents.signature(call, party(call))));
    }

    private static Operation document(String part, String summary) {
        return to("GET", "/v1/documents/{id}" + part, summary)
                .asks(Query.SENDER)
                .refuses(Problem.NOT_FOUND);
    }

    private static Operation bytes(Operation operation) {
        return operation
                .headed("Range")
                .gives(200, ANY, null, "The whole.", "Content-Digest", "Repr-Digest", "Accept-Ranges")
                .gives(206, ANY, null, "The range asked for.", "Content-Range", "Repr-Digest", "Accept-Ranges")
                .refuses(Problem.NOT_FOUND, Problem.PAYLOAD_GONE, Problem.RANGE_NOT_SATISFIABLE);
    }

    private static List<Endpoint> inbox(InboxDoor inbox, StreamDoor streams, PayloadDoor payloads) {
        return List.of(
                to("GET", "/v1/inbox", "What waits in your mailbox; long poll with wait.")
                        .asks(Query.AFTER, Query.LIMIT, Query.WAIT, Query.FLOW)
                        .gives(200, BATCH, "Deliveries", "In order of position.", "Retry-After")
                        .waits(inbox::pull),
                to("GET", "/v1/inbox/stream", "The permanent flow of your deliveries.")
                        .asks(Query.FLOW)
                        .headed("Last-Event-ID")
                        .gives(200, "text/event-stream", "Stream", "Does not end by itself.", "Cache-Control")
                        .waits(streams::open),
                to("POST", "/v1/inbox/acknowledgements", "Acknowledge or reject deliveries.")
                        .takes(JSON, "Ends")
                        .gives(200, JSON, "Ended", "How many came to which end.")
                        .refuses(Problem.JOURNAL_BUSY)
                        .waits(inbox::end),
                bytes(to("GET", "/v1/inbox/{position}/payload", "The bytes of a delivery, whole or a range."))
                        .waits(call -> inbox.payload(call, payloads)));
    }

    private static List<Endpoint> quarantine(QuarantineDoor quarantine) {
        return List.of(
                to("GET", "/v1/inbox/quarantine", "What you rejected, until it is decided.")
                        .asks(Query.AFTER)
                        .gives(200, JSON, "Quarantine", "In order of position.")
                        .waits(quarantine::list),
                decision("release", "Have a rejected delivery offered again.")
                        .waits(call -> quarantine.decide(call, true)),
                decision("return", "Send a rejected delivery back for good.")
                        .waits(call -> quarantine.decide(call, false)));
    }

    private static Operation decision(String word, String summary) {
        return to("POST", "/v1/inbox/quarantine/{position}/" + word, summary)
                .gives(200, JSON, "Recorded", "It is decided.")
                .refuses(Problem.NOT_FOUND, Problem.JOURNAL_BUSY);
    }

    private List<Endpoint> ledger(LedgerDoor ledger) {
        return List.of(
                to("GET", "/v1/ledger/checkpoint", "The ledger's signed head.")
                        .gives(200, TEXT, "Checkpoint", "A signed note (C2SP tlog-checkpoint).")
                        .waits(ledger::checkpoint),
                to("GET", "/v1/ledger/key", "The key with which receipts are checked.")
                        .gives(200, TEXT, "LedgerKey", "A verifier key (C2SP signed-note).")
                        .waits(ledger::key),
                to("GET", "/v1/ledger/proof", "That an entry is in the ledger.")
                        .asks(Query.POSITION, Query.SIZE)
                        .gives(200, JSON, "Proof", "An inclusion proof (RFC 9162, 2.1.3).")
                        .refuses(Problem.NOT_FOUND)
                        .waits(ledger::proof),
                to("GET", "/v1/ledger/consistency", "That the ledger only grew.")
                        .asks(Query.FROM, Query.TO)
                        .gives(200, JSON, "Proof", "A consistency proof (RFC 9162, 2.1.4).")
                        .refuses(Problem.NOT_FOUND)
                        .waits(ledger::consistency));
    }

    private static Viewer party(Call call) {
        return new Viewer.Party(call.party());
    }
}
