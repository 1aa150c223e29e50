package aiguillage.hub.door.operator;

import static aiguillage.hub.door.call.Operation.JSON;
import static aiguillage.hub.door.call.Operation.TEXT;

import aiguillage.hub.document.Viewer;
import aiguillage.hub.door.call.Endpoint;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.OpenApi;
import aiguillage.hub.door.call.Operation;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.dataset.DatasetEndpoints;
import aiguillage.hub.door.rest.DocumentsDoor;
import aiguillage.hub.door.rest.PayloadDoor;
import aiguillage.hub.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/// The addresses of the operations listener: health and figures for anybody who reaches it, the rest for the
/// operator.
public final class OperatorEndpoints {

    private static final String TITLE = "Aiguillage hub: the operations listener";
    private static final String YAML = "application/yaml";

    private final OperatorToken token;

    public OperatorEndpoints(OperatorToken token) {
        this.token = token;
    }

    public List<Endpoint> list(
            HubParts hub,
            OperatorDoor operator,
            MailboxDoor mailbox,
            ReplayDoor replays,
            PeopleDoor people,
            DatasetEndpoints datasets) {
        var list = new ArrayList<Endpoint>();
        list.addAll(health(hub, operator));
        for (List<Endpoint> guarded : List.of(
                table(operator),
                certificates(operator),
                mailboxes(operator),
                mailbox(mailbox),
                people(people),
                replays(replays),
                documents(hub, operator),
                datasets.operator())) {
            guarded.forEach(endpoint -> list.add(endpoint.behind(token::require)));
        }
        list.add(OpenApi.endpoint(TITLE, Operation.Access.ANYBODY, list));
        return list;
    }

    private static Operation open(String pattern, String summary) {
        return Operation.of(Operation.Access.ANYBODY, "GET", pattern, summary);
    }

    private static Operation get(String pattern, String summary) {
        return Operation.of(Operation.Access.OPERATOR, "GET", pattern, summary);
    }

    private static Operation post(String pattern, String summary) {
        return Operation.of(Operation.Access.OPERATOR, "POST", pattern, summary);
    }

    private static List<Endpoint> health(HubParts hub, OperatorDoor operator) {
        return List.of(
                open("/health/live", "The process runs.")
                        .gives(200, TEXT, "Text", "It does.")
                        .waits(call -> call.text(200, "live\n")),
                open("/health/ready", "Documents are accepted.")
                        .gives(200, JSON, "Readiness", "They are.")
                        .gives(503, JSON, "Readiness", "They are not, and why; or stopping: the hub is stopping.")
                        .waits(operator::ready),
                open("/metrics", "Figures for Prometheus.")
                        .gives(200, TEXT, "Text", "Prometheus' text format.")
                        .waits(call -> call.text(200, hub.metrics().scrape())));
    }

    private static List<Endpoint> table(OperatorDoor operator) {
        return List.of(
                get("/operator/status", "How the hub is.")
                        .gives(200, JSON, "Status", "At this moment.")
                        .waits(operator::status),
                get("/operator/flows", "The flows file in force, or one that was.")
                        .asks(Query.TABLE)
                        .gives(200, YAML, "Text", "As it was applied.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(operator::flows),
                get("/operator/flows/history", "The tables that were applied.")
                        .asks(Query.BEFORE)
                        .gives(200, JSON, "Tables", "Newest first, at most 100.")
                        .waits(operator::pastFlows),
                post("/operator/flows", "Put a flows file into force.")
                        .asks(Query.OVER)
                        .takes(YAML, "Text")
                        .gives(200, JSON, "Recorded", "It is in force.")
                        .refuses(Problem.TABLE_OVERTAKEN, Problem.JOURNAL_BUSY)
                        .waits(operator::applyFlows),
                post("/operator/flows/explanations", "Where a document would go, and why.")
                        .takes(JSON, "ExplanationWish")
                        .gives(200, JSON, "Explanation", "By the table in force; nothing is sent.")
                        .waits(operator::explain),
                post("/operator/backups", "Write a backup.")
                        .takes(JSON, "BackupWish")
                        .gives(201, JSON, "Backup", "It is written.")
                        .waits(operator::backUp));
    }

    private static List<Endpoint> certificates(OperatorDoor operator) {
        return List.of(
                post("/operator/enrolments", "A code for a party.")
                        .takes(JSON, "CodeWish")
                        .gives(201, JSON, "Code", "The only place where it is ever shown.")
                        .refuses(Problem.NOT_FOUND, Problem.JOURNAL_BUSY)
                        .waits(operator::issueCode),
                get("/operator/certificates", "Certificates issued.")
                        .asks(Query.PARTY)
                        .gives(200, JSON, "Certificates", "By serial.")
                        .waits(operator::certificates),
                post("/operator/revocations", "Revoke certificates.")
                        .takes(JSON, "RevocationWish")
                        .gives(200, JSON, "Serials", "Those that were revoked by this; a party's codes are void too.")
                        .refuses(Problem.NOT_FOUND, Problem.JOURNAL_BUSY)
                        .waits(operator::revoke),
                standing("suspend", "Shut a party out for a time.").waits(operator::suspend),
                standing("resume", "Let a suspended party in again.").waits(operator::resume));
    }

    private static Operation standing(String word, String summary) {
        return post("/operator/parties/{party}/" + word, summary)
                .takes(JSON, "Reason")
                .gives(200, JSON, "Standing", "How the party stands now.")
                .refuses(Problem.NOT_FOUND, Problem.JOURNAL_BUSY);
    }

    private static List<Endpoint> mailboxes(OperatorDoor operator) {
        return List.of(
                get("/operator/mailboxes", "What waits for whom.")
                        .asks(Query.PARTY)
                        .gives(200, JSON, "Mailboxes", "Of every party that ever had a delivery.")
                        .waits(operator::mailboxes),
                get("/operator/quarantine", "What waits for a decision.")
                        .asks(Query.PARTY, Query.AFTER)
                        .gives(200, JSON, "Quarantine", "By party, in order of position; at most 1,000 of each.")
                        .waits(operator::quarantine),
                decision("release", "Have a rejected delivery offered again.")
                        .waits(call -> operator.decide(call, true)),
                decision("return", "Send a rejected delivery back for good.")
                        .waits(call -> operator.decide(call, false)));
    }

    private static List<Endpoint> people(PeopleDoor people) {
        return List.of(
                get("/operator/operators", "Who looks after the hub in its console.")
                        .gives(200, JSON, "Operators", "By name.")
                        .waits(people::list),
                get("/operator/acts", "What operators did, in the console, by commands or here.")
                        .asks(Query.BEFORE)
                        .gives(200, JSON, "Acts", "The newest first; at most 100.")
                        .waits(people::acts),
                get("/operator/settings", "What is set in the console for the whole hub: alert rules, announced work.")
                        .gives(200, JSON, "Settings", "By name: `alert:` and an id, `maintenance`.")
                        .waits(people::settings),
                post("/operator/operators/{operator}/invitations", "Take somebody in, with a link for a security key.")
                        .takes(JSON, "OperatorWish")
                        .gives(201, JSON, "Invitation", "The only place where the link is ever shown.")
                        .refuses(Problem.JOURNAL_BUSY)
                        .waits(people::invite),
                post("/operator/operators/{operator}/remove", "Remove somebody, with all keys and sessions.")
                        .gives(200, JSON, "OperatorName", "Gone.")
                        .refuses(Problem.BAD_REQUEST, Problem.NOT_FOUND, Problem.JOURNAL_BUSY)
                        .waits(people::remove));
    }

    private static List<Endpoint> mailbox(MailboxDoor mailbox) {
        return List.of(
                get("/operator/mailboxes/{party}", "What is pending for a party, and why it has not arrived.")
                        .asks(Query.AFTER)
                        .gives(200, JSON, "Pending", "In order of position; at most 1,000.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(mailbox::waiting),
                post("/operator/mailboxes/{party}/try", "Offer a party at once what waits for it.")
                        .gives(200, JSON, "Tried", "It is being tried.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(mailbox::tryNow));
    }

    private static List<Endpoint> replays(ReplayDoor replays) {
        return List.of(
                post("/operator/replays", "Offer documents once more to a reader.")
                        .takes(JSON, "ReplayWish")
                        .gives(200, JSON, "ReplayPlan", "With `dryRun`: what would be offered.")
                        .gives(201, JSON, "ReplayRun", "It has begun.")
                        .refuses(Problem.NOT_FOUND, Problem.NOT_AUTHORISED, Problem.JOURNAL_BUSY)
                        .waits(replays::begin),
                get("/operator/replays", "Replays that run, and the last that did.")
                        .gives(200, JSON, "ReplayRuns", "The newest first; at most 20.")
                        .waits(replays::list),
                post("/operator/replays/{position}/stop", "Stop a replay.")
                        .gives(200, JSON, "ReplayRun", "What was offered stays so.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(replays::stop));
    }

    private static Operation decision(String word, String summary) {
        return post("/operator/quarantine/{party}/{position}/" + word, summary)
                .gives(200, JSON, "Recorded", "It is decided.")
                .refuses(Problem.NOT_FOUND, Problem.JOURNAL_BUSY);
    }

    private static List<Endpoint> documents(HubParts hub, OperatorDoor operator) {
        var documents = new DocumentsDoor(hub, new PayloadDoor(hub));
        Viewer viewer = new Viewer.Operator();
        return List.of(
                get("/operator/documents", "Find documents.")
                        .asks(Query.KEY)
                        .gives(200, JSON, "Documents", "The newest, oldest first.")
                        .waits(call -> documents.search(call, viewer)),
                document("", "A document's whole history.")
                        .gives(200, JSON, "Document", "With every reader.")
                        .waits(call -> documents.history(call, viewer)),
                document("/receipts", "The proofs of a document.")
                        .gives(200, JSON, "Receipts", "The document's first, then as it happened.")
                        .waits(call -> documents.receipts(call, viewer)),
                document("/signature", "The sender's signature over a document.")
                        .gives(200, JSON, "Signature", "All that is needed to check it.")
                        .gives(200, "text/xml", null, "Or the signed SOAP message in which it came.")
                        .gives(200, "multipart/related", null, "Of AS4: that message with the payload.")
                        .refuses(Problem.NOT_FOUND, Problem.PAYLOAD_GONE)
                        .waits(call -> documents.signature(call, viewer)),
                get("/operator/receipts/{position}", "The receipt of an entry.")
                        .gives(200, JSON, "Receipt", "Of any kind of entry.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(operator::receipt));
    }

    private static Operation document(String part, String summary) {
        return get("/operator/documents/{id}" + part, summary)
                .asks(Query.SENDER)
                .refuses(Problem.NOT_FOUND);
    }
}
