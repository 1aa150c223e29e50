package aiguillage.console.flows;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.flows.Proposal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A change of the routing: written, proven, looked at, and applied over the very table it was looked at
/// against. For who administers all brands.
public final class ChangePages {

    private final Inside hub;
    private final Tables tables;
    private final Drafts drafts;

    public ChangePages(Inside hub, Drafts drafts) {
        this.hub = hub;
        this.tables = new Tables(hub);
        this.drafts = drafts;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/flows/change", Access.ADMINISTER, this::change),
                Route.post("/flows/change", Access.ADMINISTER, this::write),
                Route.upload(
                        "/flows/upload",
                        Access.ADMINISTER,
                        new Route.Taking(Table.BYTES_MAX, ChangePages::folder),
                        this::upload),
                Route.get("/flows/proposal", Access.ADMINISTER, this::proposal),
                Route.post("/flows/discard", Access.ADMINISTER, this::discard),
                Route.confirmed("/flows/apply", Access.CONFIRMED_ADMINISTER, "flows.deed.apply", this::apply));
    }

    /// The draft; or an old table, to go back to it; or the table in force, to begin with.
    private Answer change(Visit visit) {
        visit.requireAll();
        TableLine inForce = inForce();
        long from = visit.number("from").orElse(0);
        if (from != 0) {
            Recorded<Entry.TableApplied> old = hub.proposals().at(from);
            return page(new ChangeView(old.entry().text(), inForce.position(), inForce, true, tables.line(old)));
        }
        Optional<Drafts.Draft> draft = drafts.of(visit.operator().name());
        return page(draft.map(one -> new ChangeView(one.text(), one.base(), inForce, true, null))
                .orElseGet(() ->
                        new ChangeView(hub.parts().flows().table().text(), inForce.position(), inForce, false, null)));
    }

    private static Answer page(ChangeView view) {
        return Answer.page("flows/change", "view", view);
    }

    private Answer write(Visit visit) {
        visit.requireAll();
        String text = visit.form().getOrDefault("text", "");
        if (text.isBlank()) {
            throw visit.words().refused(Problem.BAD_REQUEST, "web.missing", "text");
        }
        drafts.keep(visit.operator().name(), text, position(visit, "base"), null);
        return Answer.redirect("/flows/proposal");
    }

    private static Path folder(Visit visit) throws IOException {
        visit.requireAll();
        return Files.createTempDirectory("aiguillage-flows-");
    }

    /// A file in place of a text: for tables beyond what a form holds.
    private Answer upload(Visit visit) throws IOException {
        visit.requireAll();
        String text;
        try {
            text = Files.readString(visit.requiredUpload().file());
        } catch (CharacterCodingException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "flows.change.no-text");
        }
        drafts.keep(visit.operator().name(), text, position(visit, "base"), null);
        return Answer.redirect("/flows/proposal");
    }

    private Answer proposal(Visit visit) {
        visit.requireAll();
        Optional<Drafts.Draft> draft = drafts.of(visit.operator().name());
        if (draft.isEmpty()) {
            return Answer.redirect("/flows/change");
        }
        String text = draft.get().text();
        Proposal proposal = hub.proposals().look(text);
        TableLine inForce = inForce();
        return Answer.page(
                "flows/proposal",
                "view",
                new ProposalView(
                        draft.get().digest(),
                        draft.get().base(),
                        inForce,
                        proposal instanceof Proposal.Wrong(var problems) ? problems : List.of(),
                        proposal instanceof Proposal.Unfit unfit ? unfit.why() : "",
                        switch (proposal) {
                            case Proposal.Usable usable -> Meaning.of(usable.diff(), visit.words());
                            case Proposal.Unfit unfit -> Meaning.of(unfit.diff(), visit.words());
                            case Proposal.Wrong _ -> null;
                        },
                        LineDiff.between(FlowTexts.harmless(textOf(inForce)), FlowTexts.harmless(text))));
    }

    private String textOf(TableLine table) {
        return hub.proposals().at(table.position()).entry().text();
    }

    private Answer discard(Visit visit) {
        visit.requireAll();
        drafts.drop(visit.operator().name());
        return Answer.redirect("/flows");
    }

    private Answer apply(Visit visit) {
        visit.requireAll();
        String reason = visit.required("reason");
        long over = position(visit, "over");
        Drafts.Draft draft = drafts.of(visit.operator().name())
                .filter(one -> one.digest().equals(visit.required("draft")))
                .orElseThrow(() -> visit.words().refused(Problem.TABLE_OVERTAKEN, "flows.draft.other"));
        if (over != tables.inForce()) {
            throw overtaken(visit);
        }
        hub.acts().record(visit.operator(), Tables.APPLY, Tables.digest(draft.text()), reason);
        Position applied =
                hub.proposals().apply(draft.text(), over, visit.operator().by());
        drafts.drop(visit.operator().name());
        String then = draft.then();
        return Answer.redirect(then == null ? "/flows?applied=" + applied : then);
    }

    private static Refused overtaken(Visit visit) {
        return visit.words().refused(Problem.TABLE_OVERTAKEN, "flows.overtaken");
    }

    private static long position(Visit visit, String name) {
        try {
            return Position.of(visit.required(name)).value();
        } catch (IllegalArgumentException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "web.no-number", name);
        }
    }

    private TableLine inForce() {
        return tables.line(hub.proposals().past(Long.MAX_VALUE, 1).getFirst());
    }
}
