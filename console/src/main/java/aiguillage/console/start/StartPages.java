package aiguillage.console.start;

import aiguillage.console.flows.Drafts;
import aiguillage.console.session.Sessions;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Templates;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.flows.InForce;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.TableText;
import aiguillage.protocol.FlowName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leads from an empty table to a dealer's first document. For who administers all brands.
public final class StartPages {

    private final Inside hub;
    private final Drafts drafts;
    private final Templates templates;
    private final FirstDocument first;

    public StartPages(Inside hub, Sessions sessions, Drafts drafts, Templates templates) {
        this.hub = hub;
        this.drafts = drafts;
        this.templates = templates;
        first = new FirstDocument(hub, sessions);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/start", Access.ADMINISTER, this::page),
                Route.post("/start", Access.ADMINISTER, this::begin),
                Route.stream("/start/first", Access.ADMINISTER, this::first));
    }

    private Answer page(Visit visit) {
        visit.requireAll();
        StartView.Begun begun = flow(visit)
                .map(flow -> new StartView.Begun(
                        flow.name().brand().value(),
                        visit.query("dealer").orElse(""),
                        visit.query("centre").orElse(""),
                        flow.name().toString(),
                        first.of(flow.name()).orElse(null)))
                .orElse(null);
        Table table = hub.parts().flows().table();
        var view = new StartView(
                table.parties().size(),
                table.flows().size(),
                table.directory().regions().stream().map(Object::toString).toList(),
                hub.operators().keys(visit.operator().name()).size() == 1,
                begun);
        return Answer.page("start/start", "view", view);
    }

    /// The flow that was begun here, once it is in force.
    private Optional<Flow> flow(Visit visit) {
        try {
            return visit.query("flow")
                    .map(FlowName::of)
                    .flatMap(hub.parts().flows().table()::flow);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What is filled in becomes a draft of the flows; it is looked at and applied as every other.
    private Answer begin(Visit visit) {
        visit.requireAll();
        Wish wish = Wish.of(visit);
        InForce now = hub.parts().flows().inForce();
        String text;
        try {
            text = new Beginning(now.table(), wish).text();
        } catch (Beginning.NotAddable e) {
            throw visit.words().refused(Problem.BAD_REQUEST, e.key(), e.name());
        }
        String then = "/start?flow=" + wish.claims() + "&dealer=" + wish.dealer() + "&centre=" + wish.centre();
        if (text.equals(new TableText(now.table().text()).toString())) {
            return Answer.redirect(then);
        }
        drafts.keep(visit.operator().name(), text, now.position(), then);
        return Answer.redirect("/flows/proposal");
    }

    private Answer first(Visit visit) {
        visit.requireAll();
        Flow flow = flow(visit).orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "flows.none"));
        return first.awaited(
                visit,
                flow,
                found -> new String(
                                templates.render("start/first", Map.of("first", found), visit.look()),
                                StandardCharsets.UTF_8)
                        .replaceAll("\\s*\n\\s*", " ")
                        .strip());
    }
}
