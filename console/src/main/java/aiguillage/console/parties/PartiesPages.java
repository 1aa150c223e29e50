package aiguillage.console.parties;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.directory.Party;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.Brand;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// All parties in one grid and one list, and the page of each.
public final class PartiesPages {

    /// In the list.
    static final int ROWS_MAX = 100;

    /// Of the grid's cells in the page: 6,500 parties of the usual names are some 500 kB.
    static final int CELLS_CHARS_MAX = 800_000;

    /// What a cell has beside its party's name, twice.
    private static final int CELL_CHARS = 60;

    private final Inside hub;
    private final Fleet fleet;
    private final PartyViews views;

    public PartiesPages(Inside hub) {
        this.hub = hub;
        this.fleet = new Fleet(hub);
        this.views = new PartyViews(hub, fleet);
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(Route.get("/parties", Access.SEE, this::all));
        routes.add(Route.get("/parties/{party}", Access.SEE, this::one));
        routes.addAll(new ActsOnParties(hub, fleet).routes());
        routes.addAll(new CertificatePages(hub).routes());
        return routes;
    }

    private Answer all(Visit visit) {
        Operator operator = visit.operator();
        Filter filter = Filter.of(visit);
        List<Fleet.Member> members = fleet.members(operator, filter);
        List<Fleet.Member> taken =
                members.stream().filter(member -> filter.takes(member.state())).toList();
        String after = visit.query("after").orElse("");
        List<Fleet.Member> behind = taken.stream()
                .filter(member -> member.party().id().value().compareTo(after) > 0)
                .limit(ROWS_MAX + 1L)
                .toList();
        List<Fleet.Member> rows = behind.subList(0, Math.min(ROWS_MAX, behind.size()));
        List<FleetView.Cell> cells = cells(taken);
        return Answer.page(
                "parties/parties",
                "view",
                new FleetView(
                        filter,
                        members.size(),
                        taken.size(),
                        counts(members, filter),
                        cells,
                        taken.size() - cells.size(),
                        rows.stream().map(member -> row(operator, member)).toList(),
                        behind.size() > rows.size()
                                ? filter.address(rows.getLast().party().id().value())
                                : "",
                        seen(
                                operator,
                                party -> party.brands().stream()
                                        .filter(operator::sees)
                                        .map(Brand::value)),
                        seen(operator, party -> party.roles().stream().map(Object::toString)),
                        seen(operator, party -> party.values("country").stream())));
    }

    private Table table() {
        return hub.parts().flows().table();
    }

    private static List<FleetView.Count> counts(List<Fleet.Member> members, Filter filter) {
        var counts = new EnumMap<State, Integer>(State.class);
        members.forEach(member -> counts.merge(member.state(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> new FleetView.Count(
                        count.getKey(),
                        count.getValue(),
                        filter.withState(count.getKey().code())))
                .toList();
    }

    private static List<FleetView.Cell> cells(List<Fleet.Member> taken) {
        var cells = new ArrayList<FleetView.Cell>();
        int chars = 0;
        for (Fleet.Member member : taken) {
            String name = member.party().id().value();
            chars += CELL_CHARS + 2 * name.length();
            if (chars > CELLS_CHARS_MAX) {
                break;
            }
            cells.add(new FleetView.Cell(name, member.state()));
        }
        return cells;
    }

    private static FleetView.Row row(Operator operator, Fleet.Member member) {
        Party party = member.party();
        return new FleetView.Row(
                party.id().value(),
                member.state(),
                joined(party.roles().stream().map(Object::toString).toList()),
                joined(party.brands().stream()
                        .filter(operator::sees)
                        .map(Brand::value)
                        .toList()),
                party.country() == null ? "" : party.country().value(),
                party.region().value());
    }

    private static String joined(List<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private List<String> seen(Operator operator, Function<Party, Stream<String>> values) {
        return table().parties().stream()
                .filter(party -> Fleet.sees(operator, party))
                .flatMap(values)
                .distinct()
                .sorted()
                .toList();
    }

    private Answer one(Visit visit) {
        Party party = fleet.party(visit);
        return Answer.page(
                "parties/party",
                Map.of(
                        "view",
                        views.view(visit.operator(), party),
                        "done",
                        visit.query("done").filter(Done.WORDS::contains).orElse("")));
    }
}
