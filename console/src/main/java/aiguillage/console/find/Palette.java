package aiguillage.console.find;

import aiguillage.console.web.Access;
import aiguillage.console.web.Address;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Look;
import aiguillage.console.web.Menu;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.routing.Table;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the keyboard goes from any page: pages, what can be done, saved views, parties, flows and datasets, by
/// parts of their names. Nothing is stored or read from the store for it: the table in force is in memory.
public final class Palette {

    static final int ASKED_CHARS_MAX = 100;

    /// Of each kind, in one answer.
    static final int EACH_MAX = 8;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /// A page or a deed.
    ///
    /// @param name the key of its name: of a page its title
    /// @param isOfAll whether only those who look after all brands have it
    private record Known(String kind, String name, String path, Rank rank, boolean isOfAll) {

        boolean isFor(Look look, Operator operator) {
            return look.may(rank) && (!isOfAll || operator.seesAll());
        }
    }

    private static final List<Known> KNOWN = List.of(
            page("trouble.mailboxes", "/mailboxes"),
            page("overview.waiting.title", "/waiting"),
            page("trouble.replays", "/replays"),
            page("parties.calendar", "/certificates"),
            page("flows.try", "/flows/try"),
            new Known("page", "flows.history", "/flows/history", Rank.SEE, true),
            page("alerts.maintenance.title", "/maintenance"),
            page("people.activity.title", "/activity"),
            page("people.sessions.title", "/sessions"),
            new Known("page", "people.operators.title", "/operators", Rank.ADMINISTER, false),
            new Known("act", "find.go.replay", "/replays/new", Rank.OPERATE, false),
            new Known("act", "find.go.dealer", "/start", Rank.ADMINISTER, true),
            new Known("act", "find.go.dealers", "/parties/bulk", Rank.ADMINISTER, true),
            new Known("act", "flows.change", "/flows/change", Rank.ADMINISTER, true),
            new Known("act", "find.go.announce", "/maintenance", Rank.ADMINISTER, true),
            new Known("act", "find.go.alert", "/alerts", Rank.ADMINISTER, false),
            new Known("act", "people.invite", "/operators", Rank.ADMINISTER, false),
            new Known("act", "people.keys.add", "/keys", Rank.SEE, false));

    private final Inside hub;

    public Palette(Inside hub) {
        this.hub = hub;
    }

    private static Known page(String name, String path) {
        return new Known("page", name, path, Rank.SEE, false);
    }

    public List<Route> routes() {
        return List.of(Route.get("/palette", Access.SEE, this::hits));
    }

    private Answer hits(Visit visit) {
        String asked = visit.query("q").orElse("");
        if (!visit.isPartial()) {
            return Answer.redirect(new Address("/find").with("q", asked).toString());
        }
        String shortened = asked.substring(0, Math.min(asked.length(), ASKED_CHARS_MAX));
        var hits = new ArrayList<>(of(shortened, visit.look(), visit.operator()));
        if (!asked.isEmpty()) {
            hits.add(
                    new Hit("find", asked, new Address("/find").with("q", asked).toString()));
        }
        return Answer.page("find/palette", "hits", hits);
    }

    /// All whose names have every word that was asked for, of each kind the first; what belongs to the hub's
    /// table only when something was asked.
    private List<Hit> of(String asked, Look look, Operator operator) {
        List<String> words = Arrays.stream(folded(asked).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        var hits = new ArrayList<Hit>();
        add(look.views().stream().map(view -> new Hit("view", view.name(), view.path())), words, hits);
        add(pages(look, operator), words, hits);
        add(known("act", look, operator), words, hits);
        if (!words.isEmpty()) {
            Table table = hub.parts().flows().table();
            add(
                    named(
                            "party",
                            table.parties().stream().filter(party -> operator.seesAny(party.brands())),
                            party -> Address.ofParty(party.id()),
                            party -> party.id().value()),
                    words,
                    hits);
            add(
                    named(
                            "flow",
                            table.flows().stream()
                                    .filter(flow -> operator.sees(flow.name().brand())),
                            flow -> "/flows/" + flow.name(),
                            flow -> flow.name().toString()),
                    words,
                    hits);
            add(
                    named(
                            "dataset",
                            table.datasets().stream()
                                    .filter(one -> operator.sees(one.name().brand())),
                            one -> "/prices/" + one.name(),
                            one -> one.name().toString()),
                    words,
                    hits);
        }
        return hits;
    }

    private static <T> Stream<Hit> named(
            String kind, Stream<T> all, Function<T, Object> path, Function<T, String> name) {
        return all.map(one -> new Hit(kind, name.apply(one), path.apply(one).toString()));
    }

    private static Stream<Hit> pages(Look look, Operator operator) {
        Stream<Hit> menu = Menu.ITEMS.stream()
                .filter(item -> look.may(item.rank()))
                .map(item -> new Hit("page", look.text(item.name() + ".menu"), item.path()));
        return Stream.concat(menu, known("page", look, operator));
    }

    private static Stream<Hit> known(String kind, Look look, Operator operator) {
        return KNOWN.stream()
                .filter(one -> one.kind.equals(kind) && one.isFor(look, operator))
                .map(one -> new Hit(kind, look.text(one.name), one.path));
    }

    private static void add(Stream<Hit> all, List<String> words, List<Hit> hits) {
        all.filter(hit -> words.isEmpty() || hasAll(folded(hit.name()), words))
                .limit(words.isEmpty() ? Long.MAX_VALUE : EACH_MAX)
                .forEach(hits::add);
    }

    private static boolean hasAll(String name, List<String> words) {
        return words.stream().allMatch(name::contains);
    }

    /// Without accents and capitals.
    private static String folded(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
