package aiguillage.console.people;

import aiguillage.console.session.Sessions;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Brand;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Those who look after the hub. An administrator of some brands sees, invites and decides about those alone
/// who see nothing else (I4, for people).
public final class OperatorPages {

    private final Inside hub;
    private final Sessions sessions;
    private final String origin;

    OperatorPages(Inside hub, Sessions sessions, String origin) {
        this.hub = hub;
        this.sessions = sessions;
        this.origin = origin;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/operators", Access.ADMINISTER, this::list),
                Route.confirmed("/operators", Access.CONFIRMED_ADMINISTER, "people.deed.invite", this::invite),
                Route.get("/operators/{name}", Access.ADMINISTER, this::one),
                Route.confirmed("/operators/{name}", Access.CONFIRMED_ADMINISTER, "people.deed.change", this::change),
                Route.confirmed(
                        "/operators/{name}/invitation",
                        Access.CONFIRMED_ADMINISTER,
                        "people.deed.invitation",
                        this::inviteAgain),
                Route.confirmed(
                        "/operators/{name}/removal", Access.CONFIRMED_ADMINISTER, "people.deed.removal", this::remove));
    }

    /// @param brands as people write them, with blanks between; empty: all
    /// @param invitedUntil null: no link is open
    public record Line(
            String name,
            String rank,
            String brands,
            int keys,
            @Nullable Instant invitedUntil) {

        static Line of(Operators.Known known) {
            Operator operator = known.operator();
            String brands =
                    operator.brands().stream().map(Brand::value).sorted().collect(Collectors.joining(" "));
            return new Line(
                    operator.name(),
                    operator.rank().text(),
                    brands,
                    known.keys().size(),
                    known.invitedUntil());
        }
    }

    private Answer list(Visit visit) {
        List<Line> lines = hub.operators().all().stream()
                .filter(known -> visit.operator().seesWhat(known.operator()))
                .map(Line::of)
                .toList();
        return Answer.page("people/operators", "operators", lines);
    }

    private Answer one(Visit visit) {
        return Answer.page("people/operator", "line", Line.of(known(visit)));
    }

    /// The operator an address names, as far as whoever asks sees him.
    private Operators.Known known(Visit visit) {
        return hub.operators().all().stream()
                .filter(known -> known.operator().name().equals(visit.variable(0)))
                .filter(known -> visit.operator().seesWhat(known.operator()))
                .findFirst()
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "people.operators.none"));
    }

    private Answer invite(Visit visit) {
        Operator wished = wished(visit, visit.required("name"));
        String reason = visit.required("reason");
        hub.operators().requireNew(wished);
        hub.acts().record(visit.operator(), "invite-operator", subject(wished), reason);
        hub.operators().create(wished, visit.operator().by());
        return invitation(visit, wished.name());
    }

    private Operator wished(Visit visit, String name) {
        Operator wished;
        try {
            Set<Brand> brands = Arrays.stream(visit.field("brands").orElse("").split("[\\s,]+"))
                    .filter(brand -> !brand.isEmpty())
                    .map(Brand::new)
                    .collect(Collectors.toUnmodifiableSet());
            wished = new Operator(name, Rank.of(visit.required("rank")), brands);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
        if (!visit.operator().seesWhat(wished)) {
            throw visit.words().refused(Problem.NOT_AUTHORISED, "people.operators.brands");
        }
        Set<Brand> there = hub.parts().flows().table().brands();
        for (Brand brand : wished.brands()) {
            if (!there.contains(brand)) {
                throw visit.words().refused(Problem.BAD_REQUEST, "people.operators.no-brand", brand.value());
            }
        }
        return wished;
    }

    private static String subject(Operator operator) {
        String brands = operator.seesAll()
                ? "all brands"
                : operator.brands().stream().map(Brand::value).sorted().collect(Collectors.joining(" "));
        return operator.name() + ": " + operator.rank().text() + ", " + brands;
    }

    /// The one page on which the link is ever shown.
    private Answer invitation(Visit visit, String name) {
        Operators.Invitation invitation =
                hub.operators().invite(name, visit.operator().by());
        return Answer.page(
                "people/invitation",
                Map.of("name", name, "link", origin + "/enrol/" + invitation.link(), "until", invitation.expires()));
    }

    private Answer inviteAgain(Visit visit) {
        Operator operator = known(visit).operator();
        hub.acts().record(visit.operator(), "invite-operator", subject(operator), visit.required("reason"));
        return invitation(visit, operator.name());
    }

    private Answer change(Visit visit) {
        known(visit);
        Operator wished = wished(visit, visit.variable(0));
        hub.operators().requirePuttable(wished);
        hub.acts().record(visit.operator(), "change-operator", subject(wished), visit.required("reason"));
        hub.operators().put(wished, visit.operator().by());
        return Answer.redirect("/operators");
    }

    private Answer remove(Visit visit) {
        Operator operator = known(visit).operator();
        hub.operators().requireRemovable(operator.name());
        hub.acts().record(visit.operator(), "remove-operator", operator.name(), visit.required("reason"));
        hub.operators().remove(operator.name(), visit.operator().by());
        sessions.end(session -> session.operator().name().equals(operator.name()));
        return Answer.redirect("/operators");
    }
}
