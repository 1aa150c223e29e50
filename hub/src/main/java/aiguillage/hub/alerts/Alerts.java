package aiguillage.hub.alerts;

import aiguillage.hub.document.Documents;
import aiguillage.hub.figures.Figures;
import aiguillage.hub.health.Space;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.hub.settings.HubSettings;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches rules, and tells of those that are met and of those that are not any more. Safe from any thread.
///
/// What is to be told, and that it was told, is a setting before the next thing is done: after a restart what waits
/// is told, and of the rest only what changed. A crash between the telling and its record tells it once more, under
/// the same name.
public final class Alerts {

    /// How often it is looked.
    public static final Duration EVERY = Duration.ofSeconds(30);

    /// Between two times that it is told who else meets a rule that is met.
    static final Duration JOINED_EVERY = Duration.ofMinutes(10);

    /// A rule that was told to be met stays so for this long: what goes to and fro at its limit is told of at most so
    /// often.
    static final Duration MET_LEAST = Duration.ofMinutes(10);

    /// Between two tries of one rule by hand.
    static final Duration TEST_EVERY = Duration.ofMinutes(1);

    /// Tellings of one rule that wait; beyond them the oldest is given up.
    static final int WAITING_MAX = 10;

    /// After a try that failed; one more than these, and it is given up.
    static final List<Duration> AGAIN_AFTER =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    /// Who is told to have done it, in entries.
    private static final Operator WATCH = new Operator("alerts", Rank.SEE, Set.of());

    /// Standings among settings, by rule.
    private static final String PREFIX = "alert-told:";

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final Rules rules;
    private final Conditions conditions;
    private final HubSettings settings;
    private final Teller teller;
    private final Acts acts;
    private final InstantSource clock;
    private final Executor sending;
    // All below changes under this; the first two are read without it, as it waits for the disk.
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final Map<String, Instant> tested = new HashMap<>();
    private final Map<String, Tried> tries = new HashMap<>(); // of the first that waits of each rule
    private final Set<String> underWay = new HashSet<>(); // rules of which the first that waits is being told

    /// What the rules look at.
    public record Watched(
            Figures figures,
            Presence presence,
            Enrolled enrolled,
            Space space,
            Supplier<Table> table,
            Store store,
            Documents documents) {}

    /// A rule that is met.
    ///
    /// @param found what meets it
    /// @param toldAt when somebody was told last; null: nobody was
    /// @param told those that meet it and that somebody was told of
    /// @param isToldAll whether somebody was told of more than are kept over a restart
    public record State(Instant since, News found, @Nullable Instant toldAt, Set<String> told, boolean isToldAll) {

        public State {
            told = Set.copyOf(told);
        }

        /// Whether somebody was told.
        public boolean isTold() {
            return toldAt != null;
        }

        boolean wasToldOf(String name) {
            return isToldAll || told.contains(name);
        }
    }

    /// How the last try to tell somebody ended.
    ///
    /// @param fault null: it was taken
    public record Sent(Instant at, @Nullable String fault) {}

    /// @param number of the telling
    /// @param next when it is tried again
    private record Tried(long number, int tries, Instant next) {}

    /// @param sending runs what waits for answers
    public Alerts(
            HubSettings settings, Watched watched, Teller teller, Acts acts, InstantSource clock, Executor sending) {
        this.rules = new Rules(settings);
        this.conditions = new Conditions(
                watched.figures,
                watched.presence,
                watched.enrolled,
                watched.space,
                watched.table,
                watched.store,
                watched.documents);
        this.settings = settings;
        this.teller = teller;
        this.acts = acts;
        this.clock = clock;
        this.sending = sending;
        settings.beginning(PREFIX).forEach(this::read);
    }

    /// What cannot be read keeps no hub from its start; its rule begins anew.
    private void read(String name, String text) {
        try {
            standings.put(name.substring(PREFIX.length()), Standing.of(text));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("setting", name).setCause(e).log("How an alert rule stood cannot be read.");
        }
    }

    public Rules rules() {
        return rules;
    }

    /// How a rule stands; empty when it is not met.
    public Optional<State> state(Rule rule) {
        return Optional.ofNullable(standing(rule).met());
    }

    private Standing standing(Rule rule) {
        return standings.getOrDefault(rule.id(), Standing.NEW);
    }

    /// How the last try to tell of a rule ended; empty when there was none since the hub's start.
    public Optional<Sent> sent(Rule rule) {
        return Optional.ofNullable(sent.get(rule.id()));
    }

    /// Why nobody can be told of a rule as things are; empty where nothing is known that prevents it.
    public Optional<String> obstacle(Rule rule) {
        return teller.obstacle(rule, clock.instant());
    }

    /// Looks whether rules are met, and tells what waits; to be called every [#EVERY].
    public synchronized void look() {
        Instant now = clock.instant();
        List<Rule> all = rules.all();
        Set<FlowName> ways = all.stream()
                .flatMap(rule -> rule.way() instanceof Way.Flow(var flow, var _) ? Stream.of(flow) : Stream.empty())
                .collect(Collectors.toSet());
        for (Rule rule : all) {
            try {
                look(rule, ways, now);
            } catch (RuntimeException e) { // as when the journal takes nothing now: the others are looked at
                LOG.atWarn().addKeyValue("rule", rule.name()).setCause(e).log("An alert rule could not be looked at.");
            }
            tellNext(rule, now);
        }
        forget(all.stream().map(Rule::id).collect(Collectors.toSet()));
    }

    /// What belongs to rules that are no more.
    private void forget(Set<String> known) {
        List<String> gone = standings.keySet().stream()
                .filter(rule -> !known.contains(rule))
                .toList();
        for (String rule : gone) {
            if (settings.get(PREFIX + rule).isPresent()) {
                settings.set(PREFIX + rule, "", WATCH);
            }
            standings.remove(rule);
        }
        sent.keySet().retainAll(known);
        tested.keySet().retainAll(known);
        tries.keySet().retainAll(known);
        underWay.retainAll(known);
    }

    /// Durable before it is so here.
    private void keep(Rule rule, Standing standing) {
        settings.set(PREFIX + rule.id(), standing.json(), WATCH);
        standings.put(rule.id(), standing);
    }

    /// @param ways flows in which rules are told
    private void look(Rule rule, Set<FlowName> ways, Instant now) {
        Standing before = standing(rule);
        State was = before.met();
        Optional<Met> found = conditions.met(rule, ways, name -> was != null && was.wasToldOf(name), now);
        if (found.isPresent()) {
            met(rule, before, found.get(), now);
        } else if (was != null && conditions.isKnown(rule, now)) {
            Instant told = was.toldAt;
            if (told == null) {
                standings.put(rule.id(), before.met(null));
            } else if (!told.plus(MET_LEAST).isAfter(now)) {
                over(rule, before, was, now);
            }
        }
    }

    private void met(Rule rule, Standing before, Met met, Instant now) {
        State was = before.met();
        Instant since = was == null ? now : was.since;
        Instant lastTold = was == null ? null : was.toldAt;
        Set<String> told = was == null ? new HashSet<>() : new HashSet<>(was.isToldAll ? met.names() : was.told);
        told.retainAll(met.names()); // who comes back is news again
        Optional<News> news = lastTold == null
                ? Optional.of(met.all())
                : met.news(told).filter(_ -> !lastTold.plus(JOINED_EVERY).isAfter(now));
        if (news.isEmpty() || rule.isSilent(now)) {
            standings.put(rule.id(), before.met(new State(since, met.all(), lastTold, told, false)));
            return;
        }
        told.addAll(met.names());
        var telling = new Telling(before.number() + 1, Telling.Kind.MET, news.get(), now);
        keep(rule, withRoom(rule, before).with(telling).met(new State(since, met.all(), now, told, false)));
        acts.record(WATCH, "alert", rule.name(), news.get().in(Language.EN));
    }

    /// What was not told yet of a rule that is not met any more is not told any more.
    private void over(Rule rule, Standing before, State was, Instant now) {
        Telling first = underWay.contains(rule.id()) ? before.first().orElse(null) : null;
        List<Telling> left = before.waiting().stream()
                .filter(telling -> telling.equals(first) || telling.isOver())
                .toList();
        var telling = new Telling(before.number() + 1, Telling.Kind.OVER, was.found, now);
        keep(rule, withRoom(rule, before.waiting(left)).with(telling).met(null));
    }

    private Standing withRoom(Rule rule, Standing standing) {
        if (standing.waiting().size() < WAITING_MAX) {
            return standing;
        }
        LOG.atWarn().addKeyValue("rule", rule.name()).log("Too many alerts wait; the oldest is not told.");
        var left = new ArrayList<>(standing.waiting());
        left.remove(underWay.contains(rule.id()) ? 1 : 0);
        return standing.waiting(left);
    }

    /// One of a rule at a time: nobody hears that it is over before they hear that it is met. Nothing of one that is
    /// silent.
    private void tellNext(Rule rule, Instant now) {
        if (rule.isSilent(now)) {
            return;
        }
        standing(rule).first().ifPresent(first -> {
            Tried tried = tries.get(rule.id());
            boolean isDue = tried == null || tried.number != first.number() || !tried.next.isAfter(now);
            if (isDue && underWay.add(rule.id())) {
                sending.execute(() -> ended(rule, first, fault(rule, first)));
            }
        });
    }

    /// Why it was not taken; null when it was.
    private @Nullable String fault(Rule rule, Telling telling) {
        try {
            teller.tell(rule, telling);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("rule", rule.name()).setCause(e).log("An alert could not be told.");
            return e.toString();
        }
    }

    private synchronized void ended(Rule rule, Telling telling, @Nullable String fault) {
        Instant now = clock.instant();
        sent.put(rule.id(), new Sent(now, fault));
        Standing standing = standings.get(rule.id());
        if (standing == null || !telling.equals(standing.first().orElse(null))) {
            return; // its rule was removed meanwhile
        }
        underWay.remove(rule.id());
        List<Telling> behind = standing.waiting().subList(1, standing.waiting().size());
        Tried tried = tries.get(rule.id());
        int before = tried != null && tried.number == telling.number() ? tried.tries : 0;
        // When it is over meanwhile, that is told next.
        boolean isOvertaken = !telling.isOver() && behind.stream().anyMatch(Telling::isOver);
        if (fault != null && !isOvertaken && before < AGAIN_AFTER.size()) {
            tries.put(rule.id(), new Tried(telling.number(), before + 1, now.plus(AGAIN_AFTER.get(before))));
            return;
        }
        if (fault != null && !isOvertaken) {
            LOG.atError()
                    .addKeyValue("rule", rule.name())
                    .addKeyValue("why", fault)
                    .log("An alert could not be told, and is given up. Look at the rule in the console.");
        }
        done(rule, standing.waiting(behind));
        rules.find(rule.id()).ifPresent(current -> tellNext(current, now));
    }

    private void done(Rule rule, Standing standing) {
        try {
            keep(rule, standing);
        } catch (RuntimeException e) {
            standings.put(rule.id(), standing);
            LOG.atWarn()
                    .addKeyValue("rule", rule.name())
                    .setCause(e)
                    .log("That an alert was told could not be recorded: after a restart it is told once more.");
        }
    }

    /// Tells of a rule though it is not met, once, and waits for the answer.
    ///
    /// @return why it was not taken; null when it was
    /// @throws Refused when it was tried a moment ago
    public @Nullable String test(Rule rule) {
        Instant now = clock.instant();
        synchronized (this) {
            Instant before = tested.get(rule.id());
            if (before != null && before.plus(TEST_EVERY).isAfter(now)) {
                throw new Refused(
                        Problem.TOO_MANY_REQUESTS, "This rule was tried a moment ago. Try it again in a minute.");
            }
            tested.put(rule.id(), now);
        }
        String fault = fault(rule, new Telling(now.toEpochMilli(), Telling.Kind.TEST, null, now));
        synchronized (this) {
            sent.put(rule.id(), new Sent(now, fault));
        }
        return fault;
    }
}
