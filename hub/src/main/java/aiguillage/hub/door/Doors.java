package aiguillage.hub.door;

import aiguillage.hub.document.Viewer;
import aiguillage.hub.store.Store;
import aiguillage.pki.CertificateAuthority;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/// All addresses of all three listeners: the table of contents of the wire.
public final class Doors {

    private final HubParts hub;
    private final Uploads uploads = new Uploads();
    private final Pace pace;
    private final Endpoints main;
    private final Endpoints enrolment;
    private final Endpoints operations;
    private final StreamDoor streams;

    /// @param waiting runs what may wait, each on its own thread
    /// @param backup writes a backup into a folder and returns its checkpoint
    public Doors(
            HubParts hub,
            Store store,
            CertificateAuthority authority,
            Duration certificateLifetime,
            OperatorToken token,
            Function<Path, String> backup,
            ScheduledExecutorService timer,
            Executor waiting,
            SecureRandom random) {
        this.hub = hub;
        this.pace = new Pace(random);
        var offers = new Offers(hub.documents(), hub.name());
        var inbox = new InboxDoor(hub, offers, uploads, pace, timer, waiting);
        var quarantine = new QuarantineDoor(hub);
        this.streams = new StreamDoor(hub, offers, pace, waiting);
        this.main = new Endpoints(hub, main(inbox, quarantine, waiting), waiting);
        this.enrolment =
                new Endpoints(hub, enrolment(new EstDoor(hub, authority, certificateLifetime, uploads)), waiting);
        var operator = new OperatorDoor(hub, store, uploads, quarantine, backup, random);
        this.operations = new Endpoints(hub, operations(operator, token), waiting);
    }

    private List<Endpoint> main(InboxDoor inbox, QuarantineDoor quarantine, Executor waiting) {
        var submissions = new SubmissionDoor(hub, uploads, waiting);
        var documents = new DocumentsDoor(hub);
        var payloads = new PayloadDoor(hub);
        var ledger = new LedgerDoor(hub.ledger());
        var list = new ArrayList<Endpoint>();
        list.add(new Endpoint("POST", "/v1/documents", "Submit a document.", false, submissions::submit));
        list.add(waits(
                "GET",
                "/v1/documents",
                "Find documents by a search key.",
                call -> documents.search(call, party(call))));
        list.add(waits(
                "GET",
                "/v1/documents/{id}",
                "A document's whole history.",
                call -> documents.history(call, party(call))));
        list.add(waits("GET", "/v1/documents/{id}/payload", "A document's bytes, whole or a range.", call -> {
            payloads.give(call, documents.find(call, party(call)));
        }));
        list.add(waits(
                "GET",
                "/v1/documents/{id}/receipts",
                "The proofs of a document and of all that happened to it.",
                call -> documents.receipts(call, party(call))));
        list.add(waits("GET", "/v1/inbox", "What waits in your mailbox; long poll with wait.", inbox::pull));
        list.add(waits("GET", "/v1/inbox/stream", "The permanent flow of your deliveries.", streams::open));
        list.add(waits("POST", "/v1/inbox/acknowledgements", "Acknowledge or reject deliveries.", inbox::end));
        list.add(waits("GET", "/v1/inbox/quarantine", "What you rejected, until it is decided.", quarantine::list));
        list.add(waits(
                "POST",
                "/v1/inbox/quarantine/{position}/release",
                "Have a rejected delivery offered again.",
                call -> quarantine.decide(call, true)));
        list.add(waits(
                "POST",
                "/v1/inbox/quarantine/{position}/return",
                "Send a rejected delivery back for good.",
                call -> quarantine.decide(call, false)));
        list.add(waits(
                "GET",
                "/v1/inbox/{position}/payload",
                "The bytes of a delivery, whole or a range.",
                call -> inbox.payload(call, payloads)));
        list.add(waits("GET", "/v1/ledger/checkpoint", "The ledger's signed head.", known(ledger::checkpoint)));
        list.add(waits("GET", "/v1/ledger/key", "The key with which receipts are checked.", known(ledger::key)));
        list.add(waits("GET", "/v1/ledger/proof", "That an entry is in the ledger.", known(ledger::proof)));
        list.add(waits("GET", "/v1/ledger/consistency", "That the ledger only grew.", known(ledger::consistency)));
        list.add(waits("GET", "/v1/openapi.json", "This description.", known(call -> OpenApi.give(call, list))));
        return list;
    }

    private static Endpoint waits(String method, String pattern, String summary, Endpoint.Door door) {
        return new Endpoint(method, pattern, summary, true, door);
    }

    private Viewer party(Call call) {
        return new Viewer.Party(
                hub.trust().identify(Sessions.of(call.request())).party());
    }

    /// For every party the routing table knows.
    private Endpoint.Door known(Endpoint.Door door) {
        return call -> {
            hub.trust().identify(Sessions.of(call.request()));
            door.answer(call);
        };
    }

    private static List<Endpoint> enrolment(EstDoor est) {
        return List.of(
                waits("GET", "/.well-known/est/cacerts", "The authority's certificates.", est::certificates),
                waits("POST", "/.well-known/est/simpleenroll", "A first certificate, for a code.", est::enrol),
                waits("POST", "/.well-known/est/simplereenroll", "The next certificate.", est::renew));
    }

    private List<Endpoint> operations(OperatorDoor operator, OperatorToken token) {
        var documents = new DocumentsDoor(hub);
        Viewer viewer = OperatorDoor.viewer();
        var list = new ArrayList<Endpoint>();
        list.add(waits("GET", "/health/live", "The process runs.", call -> call.text(200, "live\n")));
        list.add(waits("GET", "/health/ready", "Documents are accepted.", operator::ready));
        list.add(waits(
                "GET",
                "/metrics",
                "Figures for Prometheus.",
                call -> call.text(200, hub.metrics().scrape())));
        list.add(operator("GET", "/operator/status", "How the hub is.", operator::status, token));
        list.add(operator("GET", "/operator/flows", "The flows file in force.", operator::flows, token));
        list.add(operator("POST", "/operator/flows", "Put a flows file into force.", operator::applyFlows, token));
        list.add(operator("POST", "/operator/enrolments", "A code for a party.", operator::issueCode, token));
        list.add(operator("GET", "/operator/certificates", "Certificates issued.", operator::certificates, token));
        list.add(operator("POST", "/operator/revocations", "Revoke certificates.", operator::revoke, token));
        list.add(operator("GET", "/operator/mailboxes", "What waits for whom.", operator::mailboxes, token));
        list.add(operator("GET", "/operator/quarantine", "What waits for a decision.", operator::quarantine, token));
        list.add(operator(
                "POST",
                "/operator/quarantine/{party}/{position}/release",
                "Have a rejected delivery offered again.",
                call -> operator.decide(call, true),
                token));
        list.add(operator(
                "POST",
                "/operator/quarantine/{party}/{position}/return",
                "Send a rejected delivery back for good.",
                call -> operator.decide(call, false),
                token));
        list.add(operator(
                "GET", "/operator/documents", "Find documents.", call -> documents.search(call, viewer), token));
        list.add(operator(
                "GET",
                "/operator/documents/{id}",
                "A document's whole history.",
                call -> documents.history(call, viewer),
                token));
        list.add(operator(
                "GET",
                "/operator/documents/{id}/receipts",
                "The proofs of a document.",
                call -> documents.receipts(call, viewer),
                token));
        list.add(
                operator("GET", "/operator/receipts/{position}", "The receipt of an entry.", operator::receipt, token));
        list.add(operator("POST", "/operator/backups", "Write a backup.", operator::backUp, token));
        return list;
    }

    private static Endpoint operator(
            String method, String pattern, String summary, Endpoint.Door door, OperatorToken token) {
        return waits(method, pattern, summary, call -> {
            token.require(call);
            door.answer(call);
        });
    }

    Endpoints main() {
        return main;
    }

    Endpoints enrolment() {
        return enrolment;
    }

    Endpoints operations() {
        return operations;
    }

    /// Gives up bodies that come too slowly; to be called every second.
    public void sweep() {
        uploads.sweep();
    }

    /// Shows every stream that the hub is there; to be called every 15 s.
    public void beat() {
        streams.beat();
    }

    /// Ends streams and long polls: their readers come back later, each at another time.
    public void goodbye() {
        streams.goodbye();
        hub.signals().wakeAll();
    }

    /// The number of open streams.
    public int streamCount() {
        return streams.count();
    }
}
