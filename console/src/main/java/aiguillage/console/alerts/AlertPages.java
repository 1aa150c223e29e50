package aiguillage.console.alerts;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.alerts.Alerts;
import aiguillage.hub.alerts.Language;
import aiguillage.hub.alerts.Rule;
import aiguillage.hub.alerts.Way;
import aiguillage.hub.alerts.What;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The alert rules. Who looks after some brands sees and makes rules of these alone.
public final class AlertPages {

    private static final int ID_BYTES = 8;
    private static final long SILENT_HOURS_MAX = 24 * 30;

    private final Inside hub;
    private final Alerts alerts;
    private final SecureRandom random;

    public AlertPages(Inside hub, SecureRandom random) {
        this.hub = hub;
        this.alerts = hub.alerts();
        this.random = random;
    }

    /// A rule and how it stands.
    ///
    /// @param state null: it is not met
    /// @param sent null: nobody was told since the hub's start
    /// @param found what meets it, in the page's language; empty when it is not met
    /// @param obstacle why nobody can be told as things are; empty when nothing is known to prevent it
    public record Line(
            Rule rule,
            Alerts.@Nullable State state,
            String found,
            Alerts.@Nullable Sent sent,
            String obstacle,
            boolean isSilent) {}

    public List<Route> routes() {
        return List.of(
                Route.get("/alerts", Access.SEE, this::list),
                Route.confirmed("/alerts", Access.CONFIRMED_ADMINISTER, "alerts.deed.add", this::add),
                Route.confirmed("/alerts/{id}/remove", Access.CONFIRMED_ADMINISTER, "alerts.deed.remove", this::remove),
                Route.post("/alerts/{id}/silence", Access.OPERATE, this::silence),
                Route.post("/alerts/{id}/test", Access.ADMINISTER, this::test));
    }

    private Answer list(Visit visit) {
        Instant now = hub.parts().clock().instant();
        Language language = Language.of(visit.words().locale().getLanguage());
        List<Line> lines = alerts.rules().all().stream()
                .filter(rule -> sees(visit.operator(), rule))
                .map(rule -> line(rule, language, now))
                .toList();
        return Answer.page(
                "alerts/alerts", Map.of("lines", lines, "brands", brands(visit.operator()), "spoken", language));
    }

    private Line line(Rule rule, Language language, Instant now) {
        Alerts.State state = alerts.state(rule).orElse(null);
        return new Line(
                rule,
                state,
                state == null ? "" : state.found().in(language),
                alerts.sent(rule).orElse(null),
                alerts.obstacle(rule).orElse(""),
                rule.silentUntil() != null && now.isBefore(rule.silentUntil()));
    }

    private static boolean sees(Operator operator, Rule rule) {
        Brand brand = rule.brand();
        return brand == null ? operator.seesAll() : operator.sees(brand);
    }

    /// Those of which this person may make rules, by name.
    private List<String> brands(Operator operator) {
        return hub.parts().flows().table().flows().stream()
                .map(flow -> flow.name().brand())
                .filter(operator::sees)
                .map(Brand::value)
                .distinct()
                .sorted()
                .toList();
    }

    private Answer add(Visit visit) {
        Rule rule = rule(visit);
        if (!sees(visit.operator(), rule)) {
            throw visit.words().refused(Problem.BAD_REQUEST, "alerts.brand.own");
        }
        alerts.obstacle(rule).ifPresent(why -> {
            throw new Refused(Problem.BAD_REQUEST, why);
        });
        alerts.rules().requireRoom(rule);
        hub.acts()
                .record(
                        visit.operator(),
                        "alert-rule",
                        rule.name(),
                        rule.what().word() + " " + rule.limit() + ", "
                                + rule.way().where() + ": " + visit.required("reason"));
        alerts.rules().put(rule, visit.operator());
        return Answer.redirect("/alerts");
    }

    private Rule rule(Visit visit) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        try {
            return new Rule(
                    HexFormat.of().formatHex(id),
                    visit.required("name"),
                    What.of(visit.required("what")),
                    Long.parseLong(visit.required("limit")),
                    visit.field("brand").map(Brand::new).orElse(null),
                    way(visit),
                    null);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
    }

    private static Way way(Visit visit) {
        Way.Kind kind = visit.field("way").map(Way.Kind::of).orElse(Way.Kind.WEBHOOK);
        return switch (kind) {
            case WEBHOOK -> new Way.Webhook(URI.create(visit.required("webhook")));
            case MAIL ->
                new Way.Mail(
                        visit.required("mail"),
                        visit.field("language")
                                .map(Language::of)
                                .orElseGet(
                                        () -> Language.of(visit.words().locale().getLanguage())));
            case FLOW ->
                new Way.Flow(
                        FlowName.of(visit.required("flow")),
                        visit.field("recipient").map(PartyId::new).orElse(null));
        };
    }

    private Rule found(Visit visit) {
        return alerts.rules()
                .find(visit.variable(0))
                .filter(rule -> sees(visit.operator(), rule))
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "alerts.gone"));
    }

    private Answer remove(Visit visit) {
        Rule rule = found(visit);
        hub.acts().record(visit.operator(), "alert-remove", rule.name(), visit.required("reason"));
        alerts.rules().remove(rule, visit.operator());
        return Answer.redirect("/alerts");
    }

    private Answer silence(Visit visit) {
        Rule rule = found(visit);
        long hours;
        try {
            hours = Long.parseLong(visit.required("hours"));
        } catch (NumberFormatException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "alerts.hours.wrong", SILENT_HOURS_MAX);
        }
        if (hours < 0 || hours > SILENT_HOURS_MAX) {
            throw visit.words().refused(Problem.BAD_REQUEST, "alerts.hours.wrong", SILENT_HOURS_MAX);
        }
        Instant until = hours == 0 ? null : hub.parts().clock().instant().plus(Duration.ofHours(hours));
        hub.acts().record(visit.operator(), "alert-silence", rule.name(), hours + " h");
        alerts.rules().silence(rule, until, visit.operator());
        return Answer.redirect("/alerts");
    }

    private Answer test(Visit visit) {
        Rule rule = found(visit);
        hub.acts().record(visit.operator(), "alert-test", rule.name(), "");
        alerts.test(rule);
        return Answer.redirect("/alerts");
    }
}
