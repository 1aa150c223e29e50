package aiguillage.hub.door.operator;

import aiguillage.hub.HubConfig;
import aiguillage.hub.alerts.Rules;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.settings.HubSettings;
import aiguillage.hub.settings.Maintenance;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who looks after the hub in its console, for the operator on the hub's machine: how somebody comes in who has
/// no key, or has lost it. Runs on threads that may wait.
public final class PeopleDoor {

    /// Acts in one answer.
    static final int ACTS_MAX = 100;

    private static final List<String> SETTINGS = List.of(Rules.SETTING, Maintenance.SETTING);
    private static final String BY = Acts.COMMAND;

    private final Operators operators;
    private final HubConfig.@Nullable Console console;
    private final Uploads uploads;
    private final Acts acts;
    private final HubSettings settings;

    /// @param console null: there is none
    public PeopleDoor(
            Operators operators,
            HubConfig.@Nullable Console console,
            Uploads uploads,
            Acts acts,
            HubSettings settings) {
        this.acts = acts;
        this.settings = settings;
        this.operators = operators;
        this.console = console;
        this.uploads = uploads;
    }

    /// `GET /operator/operators`: all, by name.
    void list(Call call) {
        ArrayNode list = Call.JSON.createArrayNode();
        for (Operators.Known known : operators.all()) {
            ObjectNode one = shown(list.addObject(), known.operator());
            one.put("keys", known.keys().size());
            Instant until = known.invitedUntil();
            if (until != null) {
                one.put("invitedUntil", until.toString());
            }
        }
        call.json(200, list);
    }

    /// `GET /operator/acts`: what operators did, the newest first.
    void acts(Call call) {
        long before = call.number(Query.BEFORE);
        ArrayNode list = Call.JSON.createArrayNode();
        for (Recorded<Entry.OperatorActed> one : acts.newest(before == 0 ? Long.MAX_VALUE : before, ACTS_MAX)) {
            Entry.OperatorActed act = one.entry();
            list.addObject()
                    .put("position", one.position().value())
                    .put("time", act.time().toString())
                    .put("operator", act.operator())
                    .put("action", act.action())
                    .put("subject", act.subject())
                    .put("reason", act.reason());
        }
        call.json(200, list);
    }

    /// `GET /operator/settings`: what is set for the whole hub: the alert rules, the work that is announced.
    void settings(Call call) {
        ObjectNode all = Call.JSON.createObjectNode();
        for (String beginning : SETTINGS) {
            settings.beginning(beginning).forEach((name, json) -> all.set(name, Call.JSON.readTree(json)));
        }
        call.json(200, all);
    }

    private static ObjectNode shown(ObjectNode out, Operator operator) {
        out.put("operator", operator.name()).put("rank", operator.rank().text());
        ArrayNode brands = out.putArray("brands");
        operator.brands().stream().map(Brand::value).sorted().forEach(brands::add);
        return out;
    }

    /// `POST /operator/operators/{operator}/invitations`: takes somebody in, or gives other rights, and makes a
    /// link. The answer is the only place where it is ever shown.
    void invite(Call call) throws IOException {
        ObjectNode wish = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        Operator wished = wished(call.variable(0), wish);
        operators.requirePuttable(wished);
        acts.recordCommand(
                "invite-operator", wished.name() + " " + wished.rank().text(), "");
        operators.put(wished, BY);
        Operators.Invitation invitation = operators.invite(wished.name(), BY);
        ObjectNode answer = shown(Call.JSON.createObjectNode(), wished)
                .put("path", "/enrol/" + invitation.link())
                .put("expires", invitation.expires().toString());
        if (console != null) {
            answer.put("link", console.home() + "/enrol/" + invitation.link());
        }
        call.json(201, answer);
    }

    /// What the wish leaves out stays as it is.
    private Operator wished(String name, ObjectNode wish) {
        Operator known = operators.find(name).orElse(null);
        if (known == null && !wish.has("rank")) {
            throw new Refused(
                    Problem.BAD_REQUEST, name + " is new here: say the rank (see, operate or administer) as well.");
        }
        try {
            String rank = wish.has("rank") || known == null
                    ? Wire.text(wish, "rank")
                    : known.rank().text();
            return new Operator(
                    name,
                    Rank.of(rank),
                    wish.has("brands") || known == null ? brands(wish.path("brands")) : known.brands());
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
    }

    private static Set<Brand> brands(JsonNode list) {
        if (!list.isMissingNode() && !list.isArray()) {
            throw new Refused(Problem.BAD_REQUEST, "Member \"brands\" is not a list.");
        }
        var brands = new HashSet<Brand>();
        for (JsonNode brand : list) {
            brands.add(new Brand(brand.asString("")));
        }
        return brands;
    }

    /// `POST /operator/operators/{operator}/remove`: keys, sessions and the open link end at once.
    void remove(Call call) {
        operators.requireRemovable(call.variable(0));
        acts.recordCommand("remove-operator", call.variable(0), "");
        operators.remove(call.variable(0), BY);
        call.json(200, Call.JSON.createObjectNode().put("operator", call.variable(0)));
    }
}
