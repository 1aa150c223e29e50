package aiguillage.console.people;

import aiguillage.console.key.Ceremony;
import aiguillage.console.key.NewKey;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.figures.Happening;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.hub.yard.People;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Signing in and out, and making the first key by a link.
final class SignInPages {

    private final Inside hub;
    private final KeyDesk desk;
    private final Entrance entrance;
    private final FirstOperator first;

    SignInPages(Inside hub, KeyDesk desk, Entrance entrance, FirstOperator first) {
        this.hub = hub;
        this.desk = desk;
        this.entrance = entrance;
        this.first = first;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/sign-in", Access.ANYBODY, this::show),
                Route.post("/sign-in", Access.ANYBODY, this::signIn),
                Route.post("/sign-out", Access.ANYBODY, entrance::out),
                Route.get("/enrol/{link}", Access.ANYBODY, this::invited),
                Route.post("/enrol/{link}", Access.ANYBODY, this::enrol));
    }

    private Answer show(Visit visit) {
        String to = Visit.within(visit.query("to").orElse("/"));
        if (visit.session() != null) {
            return Answer.redirect(to);
        }
        return Answer.page(
                "people/sign-in",
                Map.of(
                        "ask",
                        desk.askFor(Ceremony.SIGN_IN, "", null),
                        "to",
                        to,
                        "isEmpty",
                        !hub.operators().isAnybodyThere()));
    }

    private Answer signIn(Visit visit) {
        OperatorKeyRow key = desk.answered(visit, Ceremony.SIGN_IN, "");
        Digest hash = People.hash(key.credential());
        Operator operator = hub.operators()
                .find(key.operator(), hash)
                .orElseThrow(() -> visit.words().refused(Problem.NOT_AUTHORISED, "people.key.unknown"));
        hub.acts().record(operator, "sign-in", key.label(), "");
        return entrance.in(visit, operator, hash, Visit.within(visit.field("to").orElse("/")));
    }

    private Answer invited(Visit visit) {
        Operator operator = guest(visit);
        return Answer.page(
                "people/enrol",
                Map.of(
                        "ask",
                        desk.askForNew(Ceremony.ENROL, visit.variable(0), operator.name()),
                        "operator",
                        operator));
    }

    private Operator guest(Visit visit) {
        return hub.operators().invited(visit.variable(0)).orElseThrow(() -> {
            desk.take(visit);
            return visit.words().refused(Problem.NOT_FOUND, "people.enrol.ended");
        });
    }

    private Answer enrol(Visit visit) throws IOException {
        Operator operator = guest(visit);
        String label = visit.required("label");
        NewKey key = desk.made(visit, Ceremony.ENROL, visit.variable(0));
        hub.acts().record(operator, "enrol-key", label, "");
        boolean isFirst = !hub.operators().isAnybodyThere();
        hub.operators().addKey(operator.name(), key.credential(), key.key(), label, visit.variable(0));
        first.isThere();
        String to = isFirst && isEmpty() ? "/start" : "/";
        return entrance.in(visit, operator, People.hash(key.credential()), to);
    }

    /// Whether no document has come in since the hub's start.
    private boolean isEmpty() {
        return hub.figures().tail().after(0).stream().noneMatch(one -> one.kind() == Happening.Kind.ACCEPTED);
    }
}
