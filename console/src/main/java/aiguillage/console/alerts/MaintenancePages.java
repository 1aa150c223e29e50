package aiguillage.console.alerts;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.settings.Maintenance;
import aiguillage.hub.status.StatusBoard;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The notice of work on the hub: on every page of the console, and in the public status. Documents go on
/// meanwhile.
public final class MaintenancePages {

    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{0,40}");

    private final Inside hub;

    public MaintenancePages(Inside hub) {
        this.hub = hub;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/maintenance", Access.SEE, this::show),
                Route.confirmed("/maintenance", Access.CONFIRMED_ADMINISTER, "alerts.deed.maintenance", this::begin),
                Route.confirmed(
                        "/maintenance/end", Access.CONFIRMED_ADMINISTER, "alerts.deed.maintenance-end", this::end),
                Route.post("/maintenance/gateway-version", Access.ADMINISTER, this::askForVersion));
    }

    private Answer show(Visit visit) {
        Map<String, Object> values = new HashMap<>();
        Maintenance.announced(hub.settings(), hub.parts().clock().instant()).ifPresent(now -> values.put("now", now));
        values.put("version", hub.settings().get(StatusBoard.GATEWAY_VERSION).orElse(""));
        return Answer.page("alerts/maintenance", values);
    }

    /// The notice is everybody's, so whoever gives it looks after all brands.
    private static void requireAll(Visit visit) {
        if (!visit.operator().seesAll()) {
            throw visit.words().refused(Problem.NOT_AUTHORISED, "web.rank");
        }
    }

    private Answer begin(Visit visit) {
        requireAll(visit);
        Maintenance notice;
        try {
            notice = new Maintenance(
                    visit.field("english").orElse(""),
                    visit.field("french").orElse(""),
                    time(visit, "from"),
                    time(visit, "until"));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
        hub.acts().record(visit.operator(), "maintenance", notice.text("en"), visit.required("reason"));
        hub.settings().set(Maintenance.SETTING, notice.json(), visit.operator());
        return Answer.redirect("/maintenance");
    }

    private Answer end(Visit visit) {
        requireAll(visit);
        hub.acts().record(visit.operator(), "maintenance-end", "", visit.required("reason"));
        hub.settings().set(Maintenance.SETTING, "", visit.operator());
        return Answer.redirect("/maintenance");
    }

    /// The version of gateways that the public status asks for; empty: none.
    private Answer askForVersion(Visit visit) {
        String version = visit.field("version").orElse("");
        if (!VERSION.matcher(version).matches()) {
            throw visit.words().refused(Problem.BAD_REQUEST, "alerts.version.wrong");
        }
        hub.acts()
                .record(
                        visit.operator(),
                        "gateway-version",
                        version,
                        visit.field("reason").orElse(""));
        hub.settings().set(StatusBoard.GATEWAY_VERSION, version, visit.operator());
        return Answer.redirect("/maintenance");
    }

    /// As browsers write a local time, in the time zone of the page.
    private static @Nullable Instant time(Visit visit, String name) {
        return visit.field(name).map(visit::instant).orElse(null);
    }
}
