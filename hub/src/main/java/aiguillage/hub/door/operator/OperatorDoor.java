package aiguillage.hub.door.operator;

import aiguillage.hub.admission.Admission;
import aiguillage.hub.admission.Certificate;
import aiguillage.hub.admission.Invitation;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.door.rest.QuarantineDoor;
import aiguillage.hub.flows.InForce;
import aiguillage.hub.flows.Proposals;
import aiguillage.hub.health.HealthReport;
import aiguillage.hub.intake.Question;
import aiguillage.hub.intake.Tried;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.hub.yard.MailboxRow;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the operator does, on the private listener and with the operator's token. Never shows a payload. Runs
/// on threads that may wait.
public final class OperatorDoor {

    /// How entries name whoever has the operator's token.
    private static final String OPERATOR = Acts.COMMAND;

    /// In one answer.
    private static final int TABLES_MAX = 100;

    private final HubParts hub;
    private final Admission admission;
    private final Uploads uploads;
    private final QuarantineDoor quarantine;
    private final Function<Path, String> backup;
    private final Publishers publishers;
    private final Proposals proposals;
    private final Acts acts;

    /// @param backup writes a backup into a folder and returns the checkpoint it holds
    public OperatorDoor(
            HubParts hub,
            Admission admission,
            Uploads uploads,
            QuarantineDoor quarantine,
            Function<Path, String> backup,
            Publishers publishers,
            Proposals proposals,
            Acts acts) {
        this.hub = hub;
        this.acts = acts;
        this.proposals = proposals;
        this.publishers = publishers;
        this.admission = admission;
        this.uploads = uploads;
        this.quarantine = quarantine;
        this.backup = backup;
    }

    void status(Call call) {
        InForce inForce = hub.flows().inForce();
        Table table = inForce.table();
        ObjectNode status = Call.JSON
                .createObjectNode()
                .put("hub", hub.name().value())
                .put("entries", hub.ledger().size())
                .put("waiting", hub.journal().waiting())
                .put("freeBytes", hub.space().freeBytes())
                .put("short", hub.space().isShort())
                .put("parties", table.parties().size())
                .put("flows", table.flows().size())
                .put("table", table.digest().toString())
                .put("applied", inForce.position());
        status.set("unusable", unusable());
        call.json(200, status);
    }

    /// Datasets that the hub goes on without, and why.
    private ArrayNode unusable() {
        ArrayNode list = Call.JSON.createArrayNode();
        publishers.unusable().forEach((dataset, why) -> list.add("The dataset " + dataset + " is not served: " + why));
        return list;
    }

    /// `GET /operator/flows`: a flows file as it was applied: the one in force, or that of a position.
    void flows(Call call) {
        long position = call.number(Query.TABLE);
        String text = position == 0
                ? hub.flows().table().text()
                : proposals.at(position).entry().text();
        call.answer(200, "application/yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    /// `GET /operator/flows/history`: the tables that were applied, newest first.
    void pastFlows(Call call) {
        long before = call.number(Query.BEFORE);
        ArrayNode list = Call.JSON.createArrayNode();
        proposals
                .past(before == 0 ? Long.MAX_VALUE : before, TABLES_MAX)
                .forEach(table -> list.addObject()
                        .put("position", table.position().value())
                        .put("time", table.entry().time().toString())
                        .put("by", table.entry().by())
                        .put(
                                "table",
                                Digest.of(table.entry().text().getBytes(StandardCharsets.UTF_8))
                                        .toString()));
        call.json(200, list);
    }

    /// `POST /operator/flows`: puts a flows file into force, as one entry.
    void applyFlows(Call call) throws IOException {
        String text = new String(Wire.body(call, uploads, Table.BYTES_MAX), StandardCharsets.UTF_8);
        long over = call.number(Query.OVER);
        String digest = Digest.of(text.getBytes(StandardCharsets.UTF_8)).toString();
        Position position = proposals.apply(text, over, OPERATOR, () -> acts.recordCommand("apply", digest, ""));
        call.json(200, Call.JSON.createObjectNode().put("position", position.value()));
    }

    /// `POST /operator/flows/explanations`: where a document would go, and why.
    void explain(Call call) throws IOException {
        ObjectNode wish = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        call.json(200, Tried.of(hub.flows().table(), Question.of(wish)).json());
    }

    /// `POST /operator/enrolments`: a new code for a party; the answer is the only place where it is ever
    /// shown.
    void issueCode(Call call) throws IOException {
        ObjectNode wish = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        PartyId party = admission.party(Wire.text(wish, "party"));
        JsonNode wished = wish.path("hours");
        if (!wished.isMissingNode() && !(wished.isIntegralNumber() && wished.canConvertToLong())) {
            throw new Refused(Problem.BAD_REQUEST, "Member hours is not a whole number.");
        }
        long hours = wished.asLong(Admission.CODE_HOLDS_DEFAULT.toHours());
        admission.requireInvitable(List.of(party), hours);
        acts.recordCommand("invite", party.value(), "");
        Invitation made = admission.invite(party, hours);
        call.json(
                201,
                Call.JSON
                        .createObjectNode()
                        .put("party", party.value())
                        .put("code", made.code().printed())
                        .put("expires", made.expires().toString()));
    }

    /// `GET /operator/certificates`: what was issued and revoked, of one party or all.
    void certificates(Call call) {
        ArrayNode list = Call.JSON.createArrayNode();
        String wanted = call.query(Query.PARTY);
        List<Certificate> found = wanted == null
                ? admission.certificates(null)
                : possible(wanted).map(admission::certificates).orElse(List.of());
        for (Certificate one : found) {
            PartyId party = one.row().party();
            list.addObject()
                    .put("serial", one.serial())
                    .put("party", party == null ? null : party.value())
                    .put("notAfter", one.row().notAfter().toString())
                    .put("revoked", one.row().revoked());
        }
        call.json(200, list);
    }

    private static Optional<PartyId> possible(String name) {
        try {
            return Optional.of(new PartyId(name));
        } catch (IllegalArgumentException nobody) {
            return Optional.empty();
        }
    }

    /// `POST /operator/revocations`: one certificate by its serial, or all of a party.
    void revoke(Call call) throws IOException {
        ObjectNode wish = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        String reason = Wire.text(wish, "reason");
        List<String> serials;
        if (wish.has("party")) {
            PartyId party = once(Wire.text(wish, "party"));
            admission.requireRevocable(party, reason);
            acts.recordCommand("revoke", party.value(), reason);
            serials = admission.revokeAll(party, reason);
        } else {
            String serial = Wire.text(wish, "serial");
            admission.requireRevocable(serial, reason);
            acts.recordCommand("revoke", serial, reason);
            serials = admission.revoke(serial, reason);
        }
        ArrayNode revoked = Call.JSON.createArrayNode();
        serials.forEach(revoked::add);
        call.json(200, revoked);
    }

    /// A party that may have left the routing table.
    private static PartyId once(String name) {
        try {
            return new PartyId(name);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
    }

    /// `POST /operator/parties/{party}/suspend`: the party is refused at every door from now on.
    void suspend(Call call) throws IOException {
        PartyId party = admission.party(call.variable(0));
        String reason = reason(call);
        Admission.requireShort(reason);
        acts.recordCommand("suspend", party.value(), reason);
        admission.suspend(party, reason, OPERATOR);
        standing(call, party);
    }

    /// `POST /operator/parties/{party}/resume`: the party is let in again.
    void resume(Call call) throws IOException {
        PartyId party = once(call.variable(0));
        String reason = reason(call);
        Admission.requireShort(reason);
        if (admission.suspension(party).isEmpty()) {
            admission.party(party.value());
        }
        acts.recordCommand("resume", party.value(), reason);
        admission.resume(party, reason, OPERATOR);
        standing(call, party);
    }

    private String reason(Call call) throws IOException {
        return Wire.text(Wire.json(call, uploads, Wire.BODY_BYTES_MAX), "reason");
    }

    private void standing(Call call, PartyId party) {
        ObjectNode standing = Call.JSON.createObjectNode().put("party", party.value());
        admission
                .suspension(party)
                .ifPresentOrElse(
                        row -> standing.put("suspended", true)
                                .put("since", row.since().toString())
                                .put("reason", row.reason())
                                .put("by", row.by()),
                        () -> standing.put("suspended", false));
        call.json(200, standing);
    }

    /// `GET /operator/mailboxes`: how much waits for each party, of one party or of all that ever had a
    /// delivery; of those too that the routing table no longer knows.
    void mailboxes(Call call) {
        ArrayNode list = Call.JSON.createArrayNode();
        for (PartyId reader : readers(call)) {
            hub.mailboxes().counts(reader).forEach((flow, row) -> mailbox(list, reader, flow.toString(), row));
        }
        call.json(200, list);
    }

    private List<PartyId> readers(Call call) {
        String wanted = call.query(Query.PARTY);
        return hub.mailboxes().readers().stream()
                .filter(reader -> wanted == null || reader.value().equals(wanted))
                .toList();
    }

    private static void mailbox(ArrayNode list, PartyId party, String flow, MailboxRow row) {
        list.addObject()
                .put("party", party.value())
                .put("flow", flow)
                .put("pending", row.pending())
                .put("quarantined", row.quarantined());
    }

    /// `GET /operator/quarantine`: what waits for a decision, of one party or of all; of each the first behind
    /// a position.
    void quarantine(Call call) {
        long after = call.number(Query.AFTER);
        ArrayNode list = Call.JSON.createArrayNode();
        readers(call).forEach(reader -> list.addAll(quarantine.list(reader, after)));
        call.json(200, list);
    }

    /// `POST /operator/quarantine/{party}/{position}/release` or `…/return`.
    void decide(Call call, boolean release) {
        PartyId reader;
        try {
            reader = new PartyId(call.variable(0));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, "No such delivery is in quarantine.");
        }
        Position position = call.position(1);
        quarantine.require(reader, position);
        acts.recordCommand(release ? "release" : "return", reader + " " + position, "");
        quarantine.decide(call, reader, position, release, OPERATOR);
    }

    /// `GET /operator/receipts/{position}`: the receipt of any entry.
    void receipt(Call call) {
        try {
            String receipt = hub.ledger().receipt(call.position()).toJson();
            call.answer(200, "application/json", receipt.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, e.getMessage() + ".");
        }
    }

    /// `POST /operator/backups`: into a folder on the hub's machine that does not exist yet.
    void backUp(Call call) throws IOException {
        Path folder = path(Wire.text(Wire.json(call, uploads, Wire.BODY_BYTES_MAX), "folder"));
        if (!folder.isAbsolute()) {
            throw new Refused(Problem.BAD_REQUEST, "Name the folder by its absolute path.");
        }
        if (Files.exists(folder)) {
            throw new Refused(Problem.BAD_REQUEST, "Something is there already; a backup goes into a new folder.");
        }
        acts.recordCommand("backup", folder.toString(), "");
        String checkpoint;
        try {
            checkpoint = backup.apply(folder);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        } catch (UncheckedIOException e) {
            throw new Refused(Problem.FAILED, e.getMessage() + ".");
        }
        call.json(
                201,
                Call.JSON.createObjectNode().put("folder", folder.toString()).put("checkpoint", checkpoint));
    }

    private static Path path(String folder) {
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new Refused(Problem.BAD_REQUEST, "That is not the name of a folder.");
        }
    }

    /// `GET /health/ready`: 200 when documents are accepted, 503 otherwise, with the reasons. Datasets that
    /// cannot be opened keep no document out.
    void ready(Call call) {
        List<String> reasons =
                HealthReport.reasons(hub.space(), hub.stopping(), hub.journal().failure());
        ArrayNode list = Call.JSON.createArrayNode();
        reasons.forEach(list::add);
        ObjectNode report = Call.JSON.createObjectNode().put("ready", reasons.isEmpty());
        report.set("reasons", list);
        report.set("unusable", unusable());
        call.json(reasons.isEmpty() ? 200 : 503, report);
    }
}
