package aiguillage.console.overview;

import aiguillage.console.web.Live;
import aiguillage.console.web.Look;
import aiguillage.console.web.Templates;
import aiguillage.hub.Inside;
import aiguillage.hub.figures.Happening;
import aiguillage.hub.routing.Table;
import java.util.List;
import java.util.Map;

/// What happened last, for who sees so much of it.
final class Tails {

    /// On a page.
    static final int LINES_MAX = 100;

    private final Inside hub;

    Tails(Inside hub) {
        this.hub = hub;
    }

    TailView now(TailFilter filter, Scope scope) {
        Table table = hub.parts().flows().table();
        List<Happening> lines = hub.figures().tail().after(0).stream()
                .filter(one -> filter.wants(one) && scope.sees(one, table))
                .limit(LINES_MAX + 1L)
                .toList();
        boolean isMore = lines.size() > LINES_MAX;
        return new TailView(filter, isMore ? lines.subList(0, LINES_MAX) : lines, isMore);
    }

    /// The lines as all see them who ask for the same.
    ///
    /// @param look of nobody
    record Lines(Tails tails, Templates templates, Look look, TailFilter filter, Scope scope) implements Live.Scene {

        @Override
        public byte[] html() {
            return templates.render("overview/lines", Map.of("view", tails.now(filter, scope)), look);
        }
    }
}
