package aiguillage.console.people;

import aiguillage.console.session.Session;
import aiguillage.console.session.Sessions;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.problem.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The open sessions: one's own, and for an administrator those of whom he decides about.
public final class SessionPages {

    private final Inside hub;
    private final Sessions sessions;

    SessionPages(Inside hub, Sessions sessions) {
        this.hub = hub;
        this.sessions = sessions;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/sessions", Access.SEE, this::list),
                Route.post("/sessions/{number}/end", Access.SEE, this::end));
    }

    public record Line(long number, String operator, Instant begun, Instant until, boolean isHere) {}

    private Answer list(Visit visit) {
        List<Line> lines = seen(visit)
                .map(session -> new Line(
                        session.number(),
                        session.operator().name(),
                        session.begun(),
                        session.until(),
                        isHere(visit, session)))
                .toList();
        return Answer.page("people/sessions", "sessions", lines);
    }

    private java.util.stream.Stream<Session> seen(Visit visit) {
        Operator asks = visit.operator();
        return sessions.all().stream()
                .filter(session -> session.operator().name().equals(asks.name())
                        || (asks.rank() == Rank.ADMINISTER && asks.seesWhat(session.operator())))
                .sorted(Comparator.comparingLong(Session::number));
    }

    private static boolean isHere(Visit visit, Session session) {
        Session here = visit.session();
        return here != null && here.number() == session.number();
    }

    private Answer end(Visit visit) {
        Session ended = seen(visit)
                .filter(session -> Long.toString(session.number()).equals(visit.variable(0)))
                .findFirst()
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "people.sessions.none"));
        hub.acts().record(visit.operator(), "end-session", ended.operator().name(), "");
        sessions.end(session -> session.number() == ended.number());
        return Answer.redirect("/sessions");
    }
}
