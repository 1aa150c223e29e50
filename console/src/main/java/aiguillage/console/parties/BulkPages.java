package aiguillage.console.parties;

import aiguillage.console.flows.Drafts;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Level;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.admission.Invitation;
import aiguillage.hub.directory.Party;
import aiguillage.hub.flows.InForce;
import aiguillage.hub.flows.Proposal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.TableDiff;
import aiguillage.hub.routing.TableText;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Many parties at once: pasted, checked, made a change of the flows file that is looked at and applied like
/// any other; then a file with a code for each.
public final class BulkPages {

    static final int LINES_SHOWN_MAX = 500;
    static final int NAMES_SHOWN_MAX = 50;

    private final Inside hub;
    private final Drafts drafts;
    private final Fleet fleet;
    private final Once<byte[]> files;

    public BulkPages(Inside hub, Drafts drafts) {
        this.hub = hub;
        this.drafts = drafts;
        this.fleet = new Fleet(hub);
        this.files = new Once<>(hub.parts().clock());
    }

    /// Before those of [PartiesPages], since no party's page is meant.
    public List<Route> routes() {
        return List.of(
                Route.get("/parties/bulk", Access.ADMINISTER, this::paste),
                Route.post("/parties/bulk", Access.ADMINISTER, this::check),
                Route.post("/parties/bulk/draft", Access.ADMINISTER, this::draft),
                Route.get("/parties/codes", Access.OPERATE, this::codes),
                Route.confirmed("/parties/codes", Access.CONFIRMED_OPERATE, "parties.deed.codes", this::makeCodes),
                Route.get("/parties/codes/file", Access.OPERATE, this::file));
    }

    private Answer paste(Visit visit) {
        visit.requireAll();
        return Answer.page("parties/bulk", "view", BulkView.EMPTY);
    }

    private Answer check(Visit visit) {
        visit.requireAll();
        String pasted = visit.required("lines");
        List<PastedLines.Line> lines = new PastedLines(hub.parts().flows().table(), visit.words()).check(pasted);
        List<BulkView.Line> shown = lines.stream()
                .sorted(Comparator.comparing(PastedLines.Line::kind))
                .limit(LINES_SHOWN_MAX)
                .map(BulkPages::shown)
                .toList();
        return Answer.page(
                "parties/bulk",
                "view",
                new BulkView(
                        pasted,
                        true,
                        count(lines, PastedLines.Kind.NEW),
                        count(lines, PastedLines.Kind.SAME),
                        count(lines, PastedLines.Kind.CHANGED),
                        count(lines, PastedLines.Kind.FAULTY),
                        shown,
                        lines.size() - shown.size()));
    }

    private static int count(List<PastedLines.Line> lines, PastedLines.Kind kind) {
        return Math.toIntExact(
                lines.stream().filter(line -> line.kind() == kind).count());
    }

    private static BulkView.Line shown(PastedLines.Line line) {
        Wanted wanted = line.wanted();
        boolean isNew = line.kind() == PastedLines.Kind.NEW;
        return new BulkView.Line(
                line.number(),
                line.party(),
                switch (line.kind()) {
                    case FAULTY -> "faulty";
                    case CHANGED -> "changed";
                    case NEW -> "new";
                    case SAME -> "same";
                },
                switch (line.kind()) {
                    case FAULTY -> Level.BAD;
                    case CHANGED -> Level.WARN;
                    case NEW -> Level.GOOD;
                    case SAME -> Level.PLAIN;
                },
                line.why(),
                isNew && wanted != null ? wanted.line() : "");
    }

    /// The table in force with the new parties, as a draft that its writer looks at and applies.
    private Answer draft(Visit visit) {
        visit.requireAll();
        InForce now = hub.parts().flows().inForce();
        List<PastedLines.Line> lines = new PastedLines(now.table(), visit.words()).check(visit.required("lines"));
        List<Wanted> wanted = lines.stream()
                .filter(line -> line.kind() == PastedLines.Kind.NEW)
                .map(PastedLines.Line::wanted)
                .filter(Objects::nonNull)
                .toList();
        if (wanted.isEmpty() || count(lines, PastedLines.Kind.FAULTY) > 0) {
            throw visit.words().refused(Problem.BAD_REQUEST, "parties.bulk.not-ready");
        }
        String text = new TableText(now.table().text())
                .with("parties", wanted.stream().map(Wanted::line).toList())
                .orElseThrow(() -> visit.words().refused(Problem.BAD_REQUEST, "parties.bulk.braces"))
                .toString();
        if (hub.proposals().look(text) instanceof Proposal.Usable(var next, var _, var diff)
                && !isJust(wanted, next, diff)) {
            throw visit.words().refused(Problem.BAD_REQUEST, "parties.bulk.braces");
        }
        drafts.keep(visit.operator().name(), text, now.position(), "/parties/codes");
        return Answer.redirect("/flows/proposal");
    }

    /// That the hub's own reader finds all there was as it was, and beside it just what was wanted.
    static boolean isJust(List<Wanted> wanted, Table next, TableDiff diff) {
        Set<PartyId> added = diff.parties().stream()
                .filter(change -> change.change() == TableDiff.Change.ADDED)
                .map(TableDiff.PartyChange::party)
                .collect(Collectors.toSet());
        return diff.flows().isEmpty()
                && diff.datasets().isEmpty()
                && added.size() == diff.parties().size()
                && added.equals(wanted.stream().map(Wanted::id).collect(Collectors.toSet()))
                && wanted.stream()
                        .allMatch(one -> next.party(one.id()).filter(one::isAs).isPresent());
    }

    /// Those that a filter takes, whom nobody has invited, and whom the visitor may.
    private List<PartyId> uninvited(Visit visit, Filter filter) {
        return fleet.members(visit.operator(), filter).stream()
                .filter(member -> member.state() == State.NEW && Fleet.owns(visit.operator(), member.party()))
                .map(Fleet.Member::party)
                .map(Party::id)
                .filter(party -> !party.equals(hub.parts().name())) // it may be one, for its alerts
                .toList();
    }

    private Answer codes(Visit visit) {
        Filter filter = Filter.of(visit);
        List<PartyId> parties = uninvited(visit, filter);
        return Answer.page(
                "parties/codes",
                "view",
                new CodesView(
                        filter,
                        parties.size(),
                        parties.stream()
                                .limit(NAMES_SHOWN_MAX)
                                .map(PartyId::value)
                                .toList(),
                        parties.stream().map(PartyId::value).collect(Collectors.joining(" ")),
                        visit.query("ticket").orElse("")));
    }

    /// The form names each party, so that the key signs for these and no others.
    private Answer makeCodes(Visit visit) {
        Set<String> named = Set.copyOf(List.of(visit.required("parties").split(" ")));
        long hours = ActsOnParties.hours(visit);
        String reason = visit.required("reason");
        List<PartyId> parties = uninvited(visit, Filter.NONE).stream()
                .filter(party -> named.contains(party.value()))
                .toList();
        if (parties.size() < named.size()) {
            throw visit.words()
                    .refused(
                            Problem.BAD_REQUEST,
                            "parties.codes-many.changed",
                            named.size() - parties.size(),
                            named.size());
        }
        String subject = parties.size() + ": " + parties.getFirst() + " … " + parties.getLast();
        hub.acts().record(visit.operator(), "invite-many", subject, reason);
        List<Invitation> made = hub.admission().invite(parties, hours);
        return Answer.redirect("/parties/codes?ticket=" + files.keep(visit, csv(made)));
    }

    private byte[] csv(List<Invitation> made) {
        String fingerprint = hub.reach().fingerprint();
        String rows = made.stream()
                .map(one -> one.party() + "," + one.code().printed() + "," + one.expires() + ","
                        + hub.reach().enrolment() + "," + fingerprint + "," + Sheet.command(one, hub.reach()) + "\r\n")
                .collect(Collectors.joining());
        return ("party,code,expires,enrolment,fingerprint,command\r\n" + rows).getBytes(StandardCharsets.UTF_8);
    }

    private Answer file(Visit visit) {
        byte[] csv = files.take(visit, visit.query("ticket").orElse(""))
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "parties.sheet.gone"));
        return Answer.download("text/csv;charset=utf-8", "codes.csv", csv);
    }
}
