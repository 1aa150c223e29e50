package aiguillage.console.prices;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Live;
import aiguillage.console.web.Route;
import aiguillage.console.web.Templates;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.dataset.Reading;
import aiguillage.hub.dataset.Rollout;
import aiguillage.hub.dataset.Stand;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.presence.Contact;
import aiguillage.hub.routing.Dataset;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The pages of datasets that only look.
public final class PricesPages {

    static final String DATASET = "/prices/{brand}/{dataset}";

    /// Versions of one page.
    private static final int VERSIONS_MAX = 50;

    /// Readers of one page.
    private static final int READERS_MAX = 200;

    /// A report's lines are shown up to here; all of them are in its file.
    private static final int LINES_BYTES_MAX = 4 << 20;

    private final Inside hub;
    private final Live live;
    private final Templates templates = new Templates();
    private final Drafts drafts;
    private final DifferencePages differences;
    private final LookUpPages lookUps;
    private final PublishPages publishing;
    private final TracePages traces;

    /// @param live keeps pages up to date
    public PricesPages(Inside hub, Live live, SecureRandom random) {
        this.hub = hub;
        this.live = live;
        this.drafts = new Drafts(hub.parts().clock(), random);
        this.differences = new DifferencePages(hub);
        this.lookUps = new LookUpPages(hub);
        this.publishing = new PublishPages(hub, drafts);
        this.traces = new TracePages(hub, random);
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(Route.get("/prices", Access.SEE, this::list));
        routes.add(Route.get(DATASET, Access.SEE, this::dataset));
        routes.add(Route.get(DATASET + "/versions/{version}", Access.SEE, this::version));
        routes.add(Route.get(DATASET + "/readers", Access.SEE, this::readers));
        routes.add(Route.stream(DATASET + "/readers/live", Access.SEE, this::liveReaders));
        routes.add(Route.get(DATASET + "/reports/{report}", Access.SEE, this::report));
        routes.add(Route.get(DATASET + "/reports/{report}/lines", Access.OPERATE, this::lines));
        routes.addAll(differences.routes());
        routes.addAll(lookUps.routes());
        routes.addAll(publishing.routes());
        routes.addAll(traces.routes());
        return routes;
    }

    private Answer list(Visit visit) throws IOException {
        var lines = new ArrayList<DatasetsView.Line>();
        Map<DatasetName, String> unusable = hub.publishers().unusable();
        Instant now = hub.parts().clock().instant();
        for (Dataset dataset : hub.parts().flows().table().datasets()) {
            if (visit.operator().sees(dataset.name().brand())) {
                lines.add(line(dataset, unusable.get(dataset.name()), now));
            }
        }
        return Answer.page("prices/list", "view", new DatasetsView(lines));
    }

    private DatasetsView.Line line(Dataset dataset, @Nullable String trouble, Instant now) throws IOException {
        DatasetName name = dataset.name();
        var who = new Viewer.Operator();
        String path = "/prices/" + name;
        int held = hub.publishers().held(name, who).size();
        if (trouble != null) {
            return new DatasetsView.Line(name.toString(), path, trouble, null, null, 0, held, SpreadView.none(), 0);
        }
        Stand stand = hub.publishers().stand(name, who);
        return new DatasetsView.Line(
                name.toString(),
                path,
                null,
                VersionView.Brief.of(stand.holding(), now),
                VersionView.Brief.of(stand.newest(), now),
                stand.toCome(),
                held,
                SpreadView.of(hub.publishers().rollout(name), stale(dataset, now)),
                unusual(name).size());
    }

    /// Whether a reader's replica says by now that it may be old, since it did not hear of the hub.
    private Predicate<PartyId> stale(Dataset dataset, Instant now) {
        return party -> hub.parts().presence().contact(party) instanceof Contact.Silent(var seen)
                && seen.at().plus(dataset.staleAfter()).isBefore(now);
    }

    private List<Reading.Told> unusual(DatasetName name) {
        return hub.publishers().reading(name).stream()
                .filter(told -> told.isCrawl() || told.isUnusual())
                .limit(READERS_MAX)
                .toList();
    }

    private Answer dataset(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Instant now = hub.parts().clock().instant();
        Stand stand = hub.publishers().stand(chosen.name(), chosen.who());
        long before =
                visit.query("before").map(text -> Chosen.number(visit, text)).orElse(Long.MAX_VALUE);
        List<Versions.Past> past = hub.publishers().history(chosen.name(), chosen.who(), before, VERSIONS_MAX);
        long last = past.isEmpty() ? 0 : past.getLast().entry().number();
        var view = new DatasetView(
                chosen.name().toString(),
                chosen.path(),
                VersionView.Brief.of(stand.holding(), now),
                stand.toCome(),
                SpreadView.of(hub.publishers().rollout(chosen.name()), stale(chosen.dataset(), now)),
                hub.publishers().held(chosen.name(), chosen.who()).stream()
                        .map(held -> held(chosen, held))
                        .toList(),
                drafts.of(visit.operator(), chosen.name()).stream()
                        .map(draft -> new DatasetView.DraftView(
                                chosen.path() + "/drafts/" + draft.id(), draft.fileName(), draft.until()))
                        .toList(),
                past.stream()
                        .map(one -> VersionView.of(one, number(stand), chosen.path(), now))
                        .toList(),
                last > 1 ? chosen.path() + "?before=" + last : null,
                unusual(chosen.name()),
                chosen.dataset().marks() != null);
        return Answer.page("prices/dataset", "view", view);
    }

    private static long number(Stand stand) {
        Entry.VersionPublished holding = stand.holding();
        return holding == null ? 0 : holding.number();
    }

    private static DatasetView.Held held(Chosen chosen, Versions.Held held) {
        Entry.VersionHeld entry = held.entry();
        long position = held.position().value();
        return new DatasetView.Held(
                position,
                chosen.path() + "/held/" + position,
                entry.by(),
                entry.time(),
                entry.effective(),
                entry.isSealed());
    }

    private Answer version(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Versions.Past past = chosen.version(hub, visit, Chosen.number(visit, visit.variable(2)));
        Stand stand = hub.publishers().stand(chosen.name(), chosen.who());
        return Answer.page(
                "prices/version",
                Map.of(
                        "view",
                        VersionView.of(
                                past,
                                number(stand),
                                chosen.path(),
                                hub.parts().clock().instant()),
                        "dataset",
                        chosen.name().toString()));
    }

    private Answer readers(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Rollout rollout = hub.publishers().rollout(chosen.name());
        Optional<Rollout.State> state = visit.query("state").flatMap(PricesPages::state);
        String after = visit.query("after").orElse("");
        List<Rollout.Reader> found = rollout.readers().stream()
                .filter(reader -> state.isEmpty() || reader.state() == state.get())
                .filter(reader -> reader.party().value().compareTo(after) > 0)
                .limit(READERS_MAX + 1L)
                .toList();
        boolean isMore = found.size() > READERS_MAX;
        List<Rollout.Reader> shown = isMore ? found.subList(0, READERS_MAX) : found;
        String next = isMore
                ? chosen.path() + "/readers?after=" + shown.getLast().party().value()
                        + state.map(one -> "&state=" + name(one)).orElse("")
                : null;
        Instant now = hub.parts().clock().instant();
        Predicate<PartyId> isStale = stale(chosen.dataset(), now);
        var view = new ReadersView(
                chosen.name().toString(),
                chosen.path(),
                SpreadView.of(rollout, isStale),
                state.map(PricesPages::name).orElse(""),
                shown.stream()
                        .map(reader ->
                                ReadersView.Line.of(reader, name(reader.state()), isStale.test(reader.party()), now))
                        .toList(),
                next);
        boolean isLive = visit.query("live").filter("no"::equals).isEmpty();
        return Answer.page("prices/readers", Map.of("view", view, "isLive", isLive));
    }

    private Answer liveReaders(Visit visit) {
        Chosen chosen = Chosen.of(hub, visit);
        return live.show(visit, new RolloutScene(this, templates, visit.look().ofNobody(), chosen.name()));
    }

    /// How far a dataset's version has come at this moment.
    ///
    /// @throws aiguillage.hub.problem.Refused when there is no such dataset any more, or it cannot be read
    SpreadView spread(DatasetName name) throws IOException {
        Dataset dataset = hub.parts().flows().table().dataset(name).orElse(null);
        return dataset == null
                ? SpreadView.none()
                : SpreadView.of(
                        hub.publishers().rollout(name),
                        stale(dataset, hub.parts().clock().instant()));
    }

    private static Optional<Rollout.State> state(String name) {
        for (Rollout.State state : Rollout.State.values()) {
            if (name(state).equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    private static String name(Rollout.State state) {
        return switch (state) {
            case HAS -> "has";
            case TOLD -> "told";
            case BEHIND -> "behind";
            case UNKNOWN -> "unknown";
        };
    }

    private Answer report(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        byte[] text = hub.publishers().report(chosen.name(), chosen.who(), visit.variable(2));
        return Answer.page(
                "prices/report",
                Map.of(
                        "dataset",
                        chosen.name().toString(),
                        "path",
                        chosen.path() + "/reports/" + visit.variable(2),
                        "text",
                        new String(text, StandardCharsets.UTF_8)));
    }

    /// The lines have the texts of cells.
    private Answer lines(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Path file = hub.publishers().lines(chosen.name(), chosen.who(), visit.variable(2));
        hub.acts().record(visit.operator(), "look", chosen.name() + " report " + visit.variable(2) + ", lines", "");
        try (var in = Files.newInputStream(file)) {
            return Answer.download(
                    "text/tab-separated-values;charset=utf-8",
                    chosen.name().name() + "-" + visit.variable(2) + ".tsv",
                    in.readNBytes(LINES_BYTES_MAX));
        }
    }
}
