package aiguillage.console.overview;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import java.util.List;

/// The first page.
public final class OverviewPages {

    private final Inside hub;

    public OverviewPages(Inside hub) {
        this.hub = hub;
    }

    public List<Route> routes() {
        return List.of(Route.get("/", Access.SEE, this::overview));
    }

    private Answer overview(Visit visit) {
        return Answer.page(
                "overview/overview",
                "view",
                new Overview(
                        hub.parts().ledger().size(),
                        hub.parts().space().freeBytes(),
                        hub.parts().space().isShort()));
    }
}
