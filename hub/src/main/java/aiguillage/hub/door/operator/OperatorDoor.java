package aiguillage.hub.door.operator;

import aiguillage.config.ConfigException;
import aiguillage.config.ConfigProblem;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.door.rest.QuarantineDoor;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.flows.InForce;
import aiguillage.hub.health.HealthReport;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Revoked;
import aiguillage.hub.yard.CertificateRow;
import aiguillage.hub.yard.CodeRow;
import aiguillage.hub.yard.MailboxRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the operator does, on the private listener and with the operator's token. Never shows a payload. Runs on
/// threads that may wait.
public final class OperatorDoor {

    /// How long an enrolment code holds, unless said otherwise.
    static final Duration CODE_HOLDS_DEFAULT = Duration.ofDays(3);

    private static final Logger LOG = LoggerFactory.getLogger(OperatorDoor.class);

    /// Behind the hash of every code.
    private static final byte[] BEHIND_CODES = new byte[Digest.BYTES + 1];

    static {
        Arrays.fill(BEHIND_CODES, (byte) 0xff);
    }

    private static final long CODE_HOURS_MAX = 24 * 30;
    private static final int REASON_CHARS_MAX = 500;

    /// 20 octets (RFC 5280, 4.1.2.2).
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Fa-f]{1,40}");

    private final HubParts hub;
    private final Store store;
    private final Uploads uploads;
    private final QuarantineDoor quarantine;
    private final Function<Path, String> backup;
    private final Publishers publishers;
    private final SecureRandom random;

    /// @param backup writes a backup into a folder and returns the checkpoint it holds
    public OperatorDoor(
            HubParts hub,
            Store store,
            Uploads uploads,
            QuarantineDoor quarantine,
            Function<Path, String> backup,
            Publishers publishers,
            SecureRandom random) {
        this.hub = hub;
        this.publishers = publishers;
        this.store = store;
        this.uploads = uploads;
        this.quarantine = quarantine;
        this.backup = backup;
        this.random = random;
    }

    void status(Call call) {
        Table table = hub.flows().table();
        ObjectNode status = Call.JSON
                .createObjectNode()
                .put("hub", hub.name().value())
                .put("entries", hub.ledger().size())
                .put("waiting", hub.journal().waiting())
                .put("freeBytes", hub.space().freeBytes())
                .put("short", hub.space().isShort())
                .put("parties", table.parties().size())
                .put("flows", table.flows().size())
                .put("table", table.digest().toString());
        status.set("unusable", unusable());
        call.json(200, status);
    }

    /// Datasets that the hub goes on without, and why.
    private ArrayNode unusable() {
        ArrayNode list = Call.JSON.createArrayNode();
        publishers.unusable().forEach((dataset, why) -> list.add("The dataset " + dataset + " is not served: " + why));
        return list;
    }

    /// `GET /operator/flows`: the flows file in force, as it was applied.
    void flows(Call call) {
        call.answer(200, "application/yaml", hub.flows().table().text().getBytes(StandardCharsets.UTF_8));
    }

    /// `POST /operator/flows`: puts a flows file into force, as one entry.
    void applyFlows(Call call) throws IOException {
        String text = new String(Wire.body(call, uploads, Table.BYTES_MAX), StandardCharsets.UTF_8);
        InForce next;
        try {
            next = hub.flows().prepare(text, now());
        } catch (ConfigException e) {
            throw new Refused(Problem.BAD_REQUEST, "The flows file cannot be used.")
                    .with(
                            "faults",
                            e.problems().stream().map(ConfigProblem::toString).toList());
        } catch (SchemaRefused e) {
            throw new Refused(Problem.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        String change = publishers.apply(next.table(), () -> {
            var entry = new Entry.TableApplied(now(), text, next.schemas(), "operator");
            recorded(call, Journal.await(hub.journal().append(entry)).outcome());
        });
        if (change != null) {
            throw new Refused(Problem.BAD_REQUEST, change);
        }
    }

    /// `POST /operator/enrolments`: a new code for a party; the answer is the only place where it is ever shown.
    void issueCode(Call call) throws IOException {
        ObjectNode wish = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        PartyId party = party(Wire.text(wish, "party"));
        JsonNode wished = wish.path("hours");
        if (!wished.isMissingNode() && !(wished.isIntegralNumber() && wished.canConvertToLong())) {
            throw new Refused(Problem.BAD_REQUEST, "Member hours is not a whole number.");
        }
        long hours = wished.asLong(CODE_HOLDS_DEFAULT.toHours());
        if (hours < 1 || hours > CODE_HOURS_MAX) {
            throw new Refused(Problem.BAD_REQUEST, "Member hours must be from 1 to " + CODE_HOURS_MAX + ".");
        }
        EnrolmentCode code = EnrolmentCode.random(random);
        Instant expires = now().plus(Duration.ofHours(hours));
        Journal.await(hub.journal().append(new Entry.EnrolmentCodeIssued(now(), party, code.hash(), expires)));
        call.json(
                201,
                Call.JSON
                        .createObjectNode()
                        .put("party", party.value())
                        .put("code", code.printed())
                        .put("expires", expires.toString()));
    }

    private PartyId party(String name) {
        try {
            PartyId party = new PartyId(name);
            if (hub.flows().table().party(party).isPresent()) {
                return party;
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
        throw new Refused(Problem.NOT_FOUND, "No party " + name + " is in the routing table; apply one with it first.");
    }

    /// `GET /operator/certificates`: what was issued and revoked, of one party or all.
    void certificates(Call call) {
        String wanted = call.query(Query.PARTY);
        ArrayNode list = Call.JSON.createArrayNode();
        for (Certificate one : certificates(wanted)) {
            PartyId party = one.row.party();
            list.addObject()
                    .put("serial", one.serial)
                    .put("party", party == null ? null : party.value())
                    .put("notAfter", one.row.notAfter().toString())
                    .put("revoked", one.row.revoked());
        }
        call.json(200, list);
    }

    private record Certificate(String serial, CertificateRow row) {}

    private List<Certificate> certificates(@Nullable String party) {
        var found = new ArrayList<Certificate>();
        try (Store.Scan scan =
                store.scan(aiguillage.hub.store.Table.CERTIFICATES, new byte[] {0}, new byte[] {(byte) 0xff})) {
            while (scan.next()) {
                CertificateRow row = CertificateRow.decode(scan.value());
                PartyId of = row.party();
                if (party == null || (of != null && of.value().equals(party))) {
                    found.add(new Certificate(new String(scan.key(), StandardCharsets.US_ASCII), row));
                }
            }
        }
        return found;
    }

    /// `POST /operator/revocations`: one certificate by its serial, or all of a party.
    void revoke(Call call) throws IOException {
        ObjectNode wish = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        String reason = Wire.text(wish, "reason");
        if (reason.length() > REASON_CHARS_MAX) {
            throw new Refused(Problem.BAD_REQUEST, "A reason has at most " + REASON_CHARS_MAX + " characters.");
        }
        List<String> serials = wish.has("party")
                ? serialsOf(Wire.text(wish, "party"), reason)
                : List.of(serial(Wire.text(wish, "serial")));
        ArrayNode revoked = Call.JSON.createArrayNode();
        for (String serial : serials) {
            var entry = new Entry.CertificateRevoked(now(), serial, reason);
            if (Journal.await(hub.journal().append(entry)).outcome() instanceof Outcome.Recorded) {
                revoked.add(serial);
            }
        }
        call.json(200, revoked);
    }

    /// All that a party could still prove itself with. Its codes are void before its certificates are looked for: one
    /// that a code has given in between is among them.
    private List<String> serialsOf(String party, String reason) {
        int voided = voidCodes(party, reason);
        List<Certificate> issued = certificates(party);
        if (voided == 0 && issued.isEmpty()) {
            throw new Refused(
                    Problem.NOT_FOUND,
                    "Nothing was revoked: this hub never issued a certificate or a code to " + party
                            + ". A certificate of a corporate authority is revoked by that authority, on its list; to"
                            + " shut the party out here, take it out of the flows file and apply that.");
        }
        return issued.stream()
                .filter(one -> !one.row.revoked())
                .map(Certificate::serial)
                .toList();
    }

    /// Used ones too: a used code still gives a certificate to the key it was used for.
    private int voidCodes(String party, String reason) {
        Instant now = now();
        var codes = new ArrayList<Entry.EnrolmentCodeVoided>();
        try (Store.Scan scan = store.scan(aiguillage.hub.store.Table.CODES, new byte[0], BEHIND_CODES)) {
            while (scan.next()) {
                CodeRow row = CodeRow.decode(scan.value());
                if (row.party().value().equals(party)
                        && row.state() != CodeRow.State.VOID
                        && row.expires().isAfter(now)) {
                    codes.add(new Entry.EnrolmentCodeVoided(now, row.party(), new Digest(scan.key()), reason));
                }
            }
        }
        codes.forEach(code -> Journal.await(hub.journal().append(code)));
        if (!codes.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("party", party)
                    .addKeyValue("codes", codes.size())
                    .log("Enrolment codes are void from now on.");
        }
        return codes.size();
    }

    private static String serial(String hex) {
        String digits = hex.replace(":", "");
        if (!SERIAL.matcher(digits).matches()) {
            throw new Refused(Problem.BAD_REQUEST, "A serial is written in hexadecimal, with at most 40 digits.");
        }
        return Revoked.text(new BigInteger(digits, 16));
    }

    /// `GET /operator/mailboxes`: how much waits for each party, of one party or of all that ever had a delivery; of
    /// those too that the routing table no longer knows.
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

    /// `GET /operator/quarantine`: what waits for a decision, of one party or of all; of each the first behind a
    /// position.
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
        quarantine.decide(call, reader, call.position(1), release, "operator");
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

    /// `GET /health/ready`: 200 when documents are accepted, 503 otherwise, with the reasons. Datasets that cannot be
    /// opened keep no document out.
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

    private void recorded(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Recorded(var position)) {
            call.json(200, Call.JSON.createObjectNode().put("position", position.value()));
        } else {
            throw new AssertionError("an operator's entry cannot come to " + outcome);
        }
    }

    private Instant now() {
        return hub.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
