package aiguillage.console.overview;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Live;
import aiguillage.console.web.Route;
import aiguillage.console.web.Templates;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The first page, what happens at this moment, and the lists behind the tiles that have no room of their own.
public final class OverviewPages {

    private final Inside hub;
    private final Live live;
    private final Templates templates = new Templates();
    private final Overviews overviews;
    private final Tails tails;

    /// @param live keeps pages up to date
    public OverviewPages(Inside hub, Live live) {
        this.hub = hub;
        this.live = live;
        this.overviews = new Overviews(hub);
        this.tails = new Tails(hub);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/", Access.SEE, this::overview),
                Route.stream("/overview/live", Access.SEE, this::liveOverview),
                Route.get("/tail", Access.SEE, this::tail),
                Route.stream("/tail/live", Access.SEE, this::liveTail),
                Route.get("/waiting", Access.SEE, this::waiting),
                Route.get("/refusals", Access.SEE, this::refusals));
    }

    private static boolean isLive(Visit visit) {
        return visit.query("live").filter("no"::equals).isEmpty();
    }

    private Answer overview(Visit visit) {
        return Answer.page(
                "overview/overview",
                Map.of(
                        "view", overviews.now(visit.look(), Scope.of(visit.operator())),
                        "isLive", isLive(visit)));
    }

    private Answer liveOverview(Visit visit) {
        return live.show(visit, new Tiles(overviews, templates, visit.look().ofNobody(), Scope.of(visit.operator())));
    }

    private Answer tail(Visit visit) {
        TailView view = tails.now(TailFilter.of(visit), Scope.of(visit.operator()));
        return Answer.page("overview/tail", Map.of("view", view, "isLive", isLive(visit)));
    }

    private Answer liveTail(Visit visit) {
        return live.show(
                visit,
                new Tails.Lines(
                        tails, templates, visit.look().ofNobody(), TailFilter.of(visit), Scope.of(visit.operator())));
    }

    private Answer waiting(Visit visit) {
        return Answer.page("overview/waiting", "queues", overviews.queues(Scope.of(visit.operator())));
    }

    private Answer refusals(Visit visit) {
        Instant now = hub.parts().clock().instant();
        Scope scope = Scope.of(visit.operator());
        return Answer.page(
                "overview/refusals",
                Map.of(
                        "documents",
                        overviews.refusedDocuments(scope, now),
                        "isAll",
                        scope.isAll(),
                        "calls",
                        overviews.refusedCalls(scope, now),
                        "since",
                        hub.figures().since()));
    }
}
