package aiguillage.console.people;

import aiguillage.console.key.Ceremony;
import aiguillage.console.key.NewKey;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.hub.yard.People;
import aiguillage.protocol.Digest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One's own security keys.
public final class KeyPages {

    private final Inside hub;
    private final KeyDesk desk;

    KeyPages(Inside hub, KeyDesk desk) {
        this.hub = hub;
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/keys", Access.SEE, this::list),
                Route.confirmed("/keys", Access.CONFIRMED_SEE, "people.deed.key", this::add),
                Route.confirmed("/keys/{key}/removal", Access.CONFIRMED_SEE, "people.deed.key-removal", this::remove));
    }

    /// @param id in an address
    /// @param isHere whether this session was opened with it
    public record Line(String id, String label, Instant added, boolean isHere) {}

    private Answer list(Visit visit) {
        Operator operator = visit.operator();
        Digest here = Objects.requireNonNull(visit.session(), "signed in").key();
        List<Line> lines = hub.operators().keys(operator.name()).stream()
                .map(key -> {
                    Digest hash = People.hash(key.credential());
                    return new Line(
                            HexFormat.of().formatHex(hash.bytes()), key.label(), key.added(), hash.equals(here));
                })
                .toList();
        return Answer.page(
                "people/keys",
                Map.of(
                        "ask",
                        desk.askForNew(Ceremony.ADD_KEY, operator.name(), operator.name()),
                        "keys",
                        lines,
                        "isFull",
                        lines.size() >= People.KEYS_MAX));
    }

    private Answer add(Visit visit) {
        Operator operator = visit.operator();
        String label = visit.required("label");
        NewKey key = desk.made(visit, Ceremony.ADD_KEY, operator.name());
        hub.acts().record(operator, "add-key", label, "");
        hub.operators().addKey(operator.name(), key.credential(), key.key(), label, null);
        return Answer.redirect("/keys");
    }

    private Answer remove(Visit visit) {
        Operator operator = visit.operator();
        OperatorKeyRow key = hub.operators().keys(operator.name()).stream()
                .filter(one -> HexFormat.of()
                        .formatHex(People.hash(one.credential()).bytes())
                        .equals(visit.variable(0)))
                .findFirst()
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "people.keys.none"));
        hub.acts().record(operator, "remove-key", key.label(), "");
        hub.operators().removeKey(operator.name(), People.hash(key.credential()), operator.by());
        return Answer.redirect("/keys");
    }
}
