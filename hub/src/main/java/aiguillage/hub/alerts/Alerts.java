package aiguillage.hub.alerts;

import aiguillage.hub.document.Documents;
import aiguillage.hub.figures.Figures;
import aiguillage.hub.health.Space;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.operators.HubSettings;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.routing.Table;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Watches rules, and tells of those that are met and of those that are not any more. Safe from any thread.
public final class Alerts {

    /// How often it is looked.
    public static final Duration EVERY = Duration.ofSeconds(30);

    /// Between two times that it is told who else meets a rule that is met.
    static final Duration JOINED_EVERY = Duration.ofMinutes(10);

    /// Bodies of one rule that wait to be sent; beyond them the oldest is given up.
    static final int WAITING_MAX = 10;

    /// After a try that failed; one more than these, and it is given up.
    static final List<Duration> AGAIN_AFTER =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    /// Who is told to have done it, in entries.
    private static final Operator WATCH = new Operator("alerts", Rank.SEE, Set.of());

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final PartyId hub;
    private final Rules rules;
    private final Conditions conditions;
    private final Webhook webhook;
    private final Acts acts;
    private final InstantSource clock;
    private final Executor sending;
    private final JsonMapper json = JsonMapper.shared();
    // All below is guarded by this.
    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, Deque<Letter>> letters = new HashMap<>(); // by rule, in the order they were written
    private final Set<String> underWay = new HashSet<>(); // rules whose first letter is being sent

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
    public record State(
            Instant since, String found, @Nullable Instant toldAt, Set<String> told) {

        /// Whether somebody was told.
        public boolean isTold() {
            return toldAt != null;
        }
    }

    /// How the last try to tell somebody ended.
    ///
    /// @param fault null: it was taken
    public record Sent(Instant at, @Nullable String fault) {}

    /// @param isOver whether it says that a rule is not met any more
    private record Letter(Rule rule, boolean isOver, byte[] body, int tries, Instant next) {}

    /// @param tls to webhooks
    /// @param mayBePrivate whether webhooks may be in private networks
    /// @param sending runs what waits for answers
    public Alerts(
            PartyId hub,
            HubSettings settings,
            Watched watched,
            Acts acts,
            SSLSocketFactory tls,
            boolean mayBePrivate,
            InstantSource clock,
            Executor sending) {
        this.hub = hub;
        this.rules = new Rules(settings);
        this.conditions = new Conditions(
                watched.figures,
                watched.presence,
                watched.enrolled,
                watched.space,
                watched.table,
                watched.store,
                watched.documents);
        this.webhook = new Webhook(tls, mayBePrivate);
        this.acts = acts;
        this.clock = clock;
        this.sending = sending;
    }

    public Rules rules() {
        return rules;
    }

    /// How a rule stands; empty when it is not met.
    public synchronized Optional<State> state(Rule rule) {
        return Optional.ofNullable(states.get(rule.id()));
    }

    /// How the last try to tell of a rule ended; empty when there was none since the hub's start.
    public synchronized Optional<Sent> sent(Rule rule) {
        return Optional.ofNullable(sent.get(rule.id()));
    }

    /// Looks whether rules are met, and sends what waits; to be called every [#EVERY].
    public synchronized void look() {
        Instant now = clock.instant();
        List<Rule> all = rules.all();
        all.forEach(rule -> look(rule, now));
        Set<String> known = all.stream().map(Rule::id).collect(Collectors.toSet());
        states.keySet().retainAll(known);
        sent.keySet().retainAll(known);
        letters.keySet().retainAll(known);
        underWay.retainAll(known);
        known.forEach(rule -> sendNext(rule, now));
    }

    private void look(Rule rule, Instant now) {
        Optional<Met> found = conditions.met(rule, now);
        State before = states.get(rule.id());
        if (found.isEmpty()) {
            if (before != null && before.isTold()) {
                over(rule, before.found, now);
            }
            states.remove(rule.id());
            return;
        }
        Met met = found.get();
        Instant since = before == null ? now : before.since;
        Instant lastTold = before == null ? null : before.toldAt;
        var told = new HashSet<String>(before == null ? Set.of() : before.told);
        told.retainAll(met.names()); // who comes back is news again
        Optional<String> news = lastTold == null
                ? Optional.of(met.said())
                : met.news(told).filter(_ -> !lastTold.plus(JOINED_EVERY).isAfter(now));
        Instant toldAt = lastTold;
        if (news.isPresent() && !rule.isSilent(now)) {
            acts.record(WATCH, "alert", rule.name(), news.get());
            write(rule, false, body(rule, "met", news.get(), now), now);
            toldAt = now;
            told.addAll(met.names());
        }
        states.put(rule.id(), new State(since, met.said(), toldAt, Set.copyOf(told)));
    }

    /// What was not told yet of a rule that is not met any more is not told any more.
    private void over(Rule rule, String found, Instant now) {
        Deque<Letter> waiting = letters.getOrDefault(rule.id(), new ArrayDeque<>());
        Letter sending = underWay.contains(rule.id()) ? waiting.peekFirst() : null;
        waiting.removeIf(letter -> !letter.equals(sending) && !letter.isOver);
        write(rule, true, body(rule, "over", found, now), now);
    }

    private void write(Rule rule, boolean isOver, byte[] body, Instant now) {
        Deque<Letter> waiting = letters.computeIfAbsent(rule.id(), _ -> new ArrayDeque<>());
        if (waiting.size() >= WAITING_MAX) {
            Letter sending = underWay.contains(rule.id()) ? waiting.removeFirst() : null;
            waiting.removeFirst();
            if (sending != null) {
                waiting.addFirst(sending);
            }
            LOG.atWarn().addKeyValue("rule", rule.name()).log("Too many alerts wait; the oldest is not told.");
        }
        waiting.addLast(new Letter(rule, isOver, body, 0, now));
    }

    private byte[] body(Rule rule, String state, String found, Instant now) {
        return json.writeValueAsBytes(json.createObjectNode()
                .put("hub", hub.value())
                .put("rule", rule.name())
                .put("watches", rule.what().word())
                .put("limit", rule.limit())
                .put("brand", rule.brand() == null ? null : rule.brand().value())
                .put("state", state)
                .put("found", found)
                .put("at", now.toString()));
    }

    /// One letter of a rule at a time: nobody hears that it is over before they hear that it is met.
    private void sendNext(String rule, Instant now) {
        Deque<Letter> waiting = letters.get(rule);
        Letter first = waiting == null ? null : waiting.peekFirst();
        if (first != null && !first.next.isAfter(now) && underWay.add(rule)) {
            sending.execute(() -> send(first));
        }
    }

    private void send(Letter letter) {
        ended(letter, fault(letter.rule, letter.body));
    }

    /// Why it was not taken; null when it was.
    private @Nullable String fault(Rule rule, byte[] body) {
        try {
            webhook.post(rule.webhook(), body);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("rule", rule.name()).setCause(e).log("An alert could not be posted.");
            return e.toString();
        }
    }

    private synchronized void ended(Letter letter, @Nullable String fault) {
        Instant now = clock.instant();
        String rule = letter.rule.id();
        sent.put(rule, new Sent(now, fault));
        Deque<Letter> waiting = letters.get(rule);
        if (waiting == null || !letter.equals(waiting.peekFirst())) {
            return; // its rule was removed meanwhile
        }
        underWay.remove(rule);
        waiting.removeFirst();
        if (fault != null && letter.tries < AGAIN_AFTER.size()) {
            again(letter, waiting, now);
        } else if (fault != null) {
            LOG.atError()
                    .addKeyValue("rule", letter.rule.name())
                    .addKeyValue("why", fault)
                    .log("An alert could not be told, and is given up. Look at the rule's address in the console.");
        }
        sendNext(rule, now);
    }

    /// Unless it is over meanwhile: then that is told next.
    private static void again(Letter letter, Deque<Letter> waiting, Instant now) {
        if (letter.isOver || waiting.stream().noneMatch(Letter::isOver)) {
            waiting.addFirst(new Letter(
                    letter.rule,
                    letter.isOver,
                    letter.body,
                    letter.tries + 1,
                    now.plus(AGAIN_AFTER.get(letter.tries))));
        }
    }

    /// Tells of a rule though it is not met, once, and waits for the answer.
    ///
    /// @return why it was not taken; null when it was
    public @Nullable String test(Rule rule) {
        Instant now = clock.instant();
        String fault = fault(rule, body(rule, "test", "This is a test.", now));
        synchronized (this) {
            sent.put(rule.id(), new Sent(now, fault));
        }
        return fault;
    }
}
