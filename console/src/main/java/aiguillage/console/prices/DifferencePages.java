package aiguillage.console.prices;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Type;
import aiguillage.hub.Inside;
import aiguillage.hub.dataset.Difference;
import aiguillage.hub.dataset.Stand;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.entry.Entry;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// What differs between two versions, and what waits for a second person: its report, what it would change, and
/// the decision.
final class DifferencePages {

    private static final int PAGES_MAX = Difference.LISTED_MAX / DifferenceView.PAGE;

    private final Inside hub;

    DifferencePages(Inside hub) {
        this.hub = hub;
    }

    List<Route> routes() {
        String held = PricesPages.DATASET + "/held/{position}";
        return List.of(
                Route.get(PricesPages.DATASET + "/differences", Access.OPERATE, this::between),
                Route.get(held, Access.SEE, this::held),
                Route.get(held + "/differences", Access.OPERATE, this::ofHeld),
                Route.confirmed(held + "/release", Access.CONFIRMED_ADMINISTER, "prices.deed.release", this::release),
                Route.confirmed(held + "/discard", Access.CONFIRMED_ADMINISTER, "prices.deed.discard", this::discard));
    }

    /// The columns whose amounts can be compared.
    static List<String> numbers(Chosen chosen) {
        return chosen.dataset().schema().values().stream()
                .filter(column -> column.type() instanceof Type.Decimal)
                .map(Column::name)
                .toList();
    }

    /// A page of a difference, as the query asks for it.
    static DifferenceView view(Chosen chosen, Difference difference, Visit visit) {
        String list = visit.query("list").filter(DifferenceView.LISTS::contains).orElse("amount");
        int page = visit.query("page")
                .filter(text -> text.matches("[0-9]{1,2}"))
                .map(Integer::parseInt)
                .filter(number -> number < PAGES_MAX)
                .orElse(0);
        return DifferenceView.of(difference, chosen.dataset().schema(), numbers(chosen), list, page, visit.look());
    }

    /// What all links of a difference's page begin with.
    static String query(String path, Optional<String> column) {
        return path
                + (path.contains("?") ? "&" : "?")
                + column.map(name -> "column=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&")
                        .orElse("");
    }

    private Answer between(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        long after = Chosen.number(visit, visit.query("after").orElse(""));
        Versions.Past version = chosen.version(hub, visit, after);
        long before = visit.query("before")
                .map(text -> text.equals("0") ? 0 : Chosen.number(visit, text))
                .orElse(version.entry().from());
        chosen.requireOpen(visit, hub.publishers().isClosed(chosen.name(), chosen.who(), after));
        hub.acts().record(visit.operator(), "look", chosen.name() + " " + before + " → " + after, "");
        Optional<String> column = visit.query("column");
        Difference difference =
                hub.publishers().difference(chosen.name(), chosen.who(), before, after, column.orElse(null));
        var values = new HashMap<String, Object>();
        values.put("view", view(chosen, difference, visit));
        values.put("dataset", chosen.name().toString());
        values.put("path", chosen.path());
        values.put("before", before);
        values.put("after", after);
        values.put("link", query(chosen.path() + "/differences?before=" + before + "&after=" + after, column));
        return Answer.page("prices/differences", values);
    }

    private Answer held(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Versions.Held held = chosen.held(hub, visit, Chosen.position(visit));
        Entry.VersionHeld entry = held.entry();
        Stand stand = hub.publishers().stand(chosen.name(), chosen.who());
        Entry.VersionPublished newest = stand.newest();
        long standing = newest == null ? 0 : newest.number();
        return Answer.page(
                "prices/held",
                "view",
                new HeldView(
                        chosen.name().toString(),
                        chosen.path(),
                        held.position().value(),
                        entry,
                        VersionView.until(entry.effective(), hub.parts().clock().instant()),
                        entry.from() == standing,
                        entry.by().equals(visit.operator().by())));
    }

    private Answer ofHeld(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Versions.Held held = chosen.held(hub, visit, Chosen.position(visit));
        Entry.VersionHeld entry = held.entry();
        boolean isClosed = entry.isSealed()
                && entry.effective().isAfter(hub.parts().clock().instant());
        chosen.requireOpen(visit, isClosed);
        hub.acts().record(visit.operator(), "look", chosen.name() + " held " + held.position(), "");
        Optional<String> column = visit.query("column");
        Difference difference =
                hub.publishers().difference(chosen.name(), chosen.who(), held.position(), column.orElse(null));
        var values = new HashMap<String, Object>();
        values.put("view", view(chosen, difference, visit));
        values.put("dataset", chosen.name().toString());
        values.put("path", chosen.path());
        values.put("position", held.position().value());
        values.put("link", query(chosen.path() + "/held/" + held.position() + "/differences", column));
        return Answer.page("prices/held-differences", values);
    }

    private Answer release(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Position position = chosen.held(hub, visit, Chosen.position(visit)).position();
        String reason = visit.required("reason");
        hub.parts().stopping().requireOpen();
        hub.acts().record(visit.operator(), "release", chosen.name() + " held " + position, reason);
        return PublishPages.told(chosen, hub.publishers().release(chosen.name(), chosen.who(), position));
    }

    private Answer discard(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Position position = chosen.held(hub, visit, Chosen.position(visit)).position();
        String reason = visit.required("reason");
        hub.acts().record(visit.operator(), "discard", chosen.name() + " held " + position, reason);
        hub.publishers().discard(chosen.name(), chosen.who(), position);
        return Answer.redirect(chosen.path());
    }
}
