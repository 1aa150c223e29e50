package aiguillage.console.flows;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.routing.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The routing in force, and those before it.
public final class FlowsPages {

    static final int LINES_SHOWN = 1_000;
    private static final int TABLES_SHOWN = 20;

    private final Inside hub;
    private final Tables tables;
    private final FlowPages flow;
    private final TryPages tries;

    public FlowsPages(Inside hub) {
        this.hub = hub;
        tables = new Tables(hub);
        flow = new FlowPages(hub);
        tries = new TryPages(hub);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/flows", Access.SEE, this::flows),
                Route.get("/flows/text", Access.SEE, this::text),
                Route.get("/flows/text.yaml", Access.ADMINISTER, this::file),
                Route.get("/flows/history", Access.SEE, this::history),
                Route.get("/flows/diff", Access.SEE, this::diff),
                Route.get("/flows/try", Access.SEE, tries::page),
                Route.get("/flows/{brand}/{kind}", Access.SEE, flow::page));
    }

    private Answer flows(Visit visit) {
        Table table = hub.parts().flows().table();
        String chosen = visit.query("brand").orElse("");
        List<BrandFlows> groups =
                new FlowTexts(visit.words()).brands(table, visit.operator(), chosen.isEmpty() ? null : chosen);
        List<String> brands = table.flows().stream()
                .map(one -> one.name().brand())
                .filter(visit.operator()::sees)
                .distinct()
                .sorted()
                .map(Object::toString)
                .toList();
        return Answer.page(
                "flows/flows",
                "view",
                new FlowsView(
                        tables.line(hub.proposals().past(Long.MAX_VALUE, 1).getFirst()),
                        brands,
                        brands.contains(chosen) ? chosen : "",
                        groups,
                        groups.stream().mapToInt(group -> group.flows().size()).sum(),
                        Picture.of(groups),
                        visit.operator().seesAll(),
                        visit.query("applied").isPresent()));
    }

    private Answer text(Visit visit) {
        visit.requireAll();
        Recorded<Entry.TableApplied> table = asked(visit, "position");
        List<String> all = table.entry().text().lines().toList();
        int first = Math.clamp(visit.number("from").orElse(1), 1, Math.max(1, all.size()));
        int end = Math.min(all.size(), first - 1 + LINES_SHOWN);
        return Answer.page(
                "flows/text",
                "view",
                new TextView(
                        tables.line(table),
                        first,
                        all.subList(Math.min(first - 1, end), end).stream()
                                .map(FlowTexts::harmless)
                                .toList(),
                        first == 1 ? 0 : Math.max(1, first - LINES_SHOWN),
                        end == all.size() ? 0 : end + 1));
    }

    /// As it was applied, with the hashes of passwords.
    private Answer file(Visit visit) {
        visit.requireAll();
        Recorded<Entry.TableApplied> table = asked(visit, "position");
        hub.acts().record(visit.operator(), "download-flows", table.position().toString(), "");
        return Answer.download(
                "application/yaml",
                "flows-" + table.position() + ".yaml",
                table.entry().text().getBytes(StandardCharsets.UTF_8));
    }

    private Answer history(Visit visit) {
        visit.requireAll();
        long before = visit.number("before").orElse(Long.MAX_VALUE);
        if (before < 1) {
            throw visit.words().refused(Problem.BAD_REQUEST, "web.no-number", "before");
        }
        List<TableLine> lines = hub.proposals().past(before, TABLES_SHOWN).stream()
                .map(tables::line)
                .toList();
        long next = lines.isEmpty() || lines.getLast().previous() == 0
                ? 0
                : lines.getLast().position();
        return Answer.page("flows/history", "view", new HistoryView(lines, next));
    }

    private Answer diff(Visit visit) {
        visit.requireAll();
        Recorded<Entry.TableApplied> from = asked(visit, "from");
        Recorded<Entry.TableApplied> to = asked(visit, "to");
        return Answer.page(
                "flows/diff",
                "view",
                new DiffView(
                        tables.line(from),
                        tables.line(to),
                        hub.proposals()
                                .between(from.entry(), to.entry())
                                .map(diff -> Meaning.of(diff, visit.words()))
                                .orElse(null),
                        LineDiff.between(harmless(from), harmless(to))));
    }

    private static String harmless(Recorded<Entry.TableApplied> table) {
        return FlowTexts.harmless(table.entry().text());
    }

    private Recorded<Entry.TableApplied> asked(Visit visit, String name) {
        return hub.proposals().at(visit.number(name).orElse(tables.inForce()));
    }
}
