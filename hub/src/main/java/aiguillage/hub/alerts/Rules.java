package aiguillage.hub.alerts;

import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.settings.HubSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules, as settings. Safe from any thread.
public final class Rules {

    /// That there may be.
    public static final int MAX = 100;

    /// What the name of a rule's setting begins with; the rule's id follows.
    public static final String SETTING = "alert:";

    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

    private final HubSettings settings;

    Rules(HubSettings settings) {
        this.settings = settings;
    }

    /// All, by name.
    public List<Rule> all() {
        var rules = new ArrayList<Rule>();
        settings.beginning(SETTING).forEach((name, json) -> {
            try {
                rules.add(Rule.of(name.substring(SETTING.length()), json));
            } catch (RuntimeException e) { // one that nobody can read keeps no other from being watched
                LOG.atError().addKeyValue("setting", name).setCause(e).log("An alert rule cannot be read.");
            }
        });
        rules.sort(Comparator.comparing(Rule::name));
        return rules;
    }

    public Optional<Rule> find(String id) {
        return all().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// Adds one, or replaces the one with its id.
    ///
    /// @throws Refused when there are too many
    public synchronized void put(Rule rule, Operator by) {
        requireRoom(rule);
        settings.set(SETTING + rule.id(), rule.json(), by);
    }

    /// Proves that a rule may be added.
    ///
    /// @throws Refused as [#put] does
    public void requireRoom(Rule rule) {
        if (find(rule.id()).isEmpty() && all().size() >= MAX) {
            throw new Refused(Problem.BAD_REQUEST, "There are " + MAX + " rules. Remove one that nobody needs.");
        }
    }

    /// Says that nobody is told of one before an instant.
    ///
    /// @throws Refused when it was removed meanwhile
    public synchronized void silence(Rule rule, @Nullable Instant until, Operator by) {
        Rule silenced = find(rule.id())
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "This rule was removed."))
                .silentUntil(until);
        settings.set(SETTING + silenced.id(), silenced.json(), by);
    }

    public synchronized void remove(Rule rule, Operator by) {
        settings.set(SETTING + rule.id(), "", by);
    }
}
