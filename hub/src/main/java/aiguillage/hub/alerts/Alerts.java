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
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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

    /// Bodies that wait to be sent; beyond them the oldest is given up.
    static final int WAITING_MAX = 100;

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
    private final Deque<Letter> letters = new ArrayDeque<>();

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
    /// @param isTold whether somebody was told
    public record State(Instant since, String found, boolean isTold) {}

    /// How the last try to tell somebody ended.
    ///
    /// @param fault null: it was taken
    public record Sent(Instant at, @Nullable String fault) {}

    private record Letter(Rule rule, byte[] body, int tries, Instant next) {}

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
        letters.removeIf(letter -> !known.contains(letter.rule.id()));
        sendDue(now);
    }

    private void look(Rule rule, Instant now) {
        Optional<String> found = conditions.met(rule, now);
        State before = states.get(rule.id());
        if (found.isEmpty()) {
            if (before != null && before.isTold) {
                tell(rule, "over", before.found, now);
            }
            states.remove(rule.id());
            return;
        }
        Instant since = before == null ? now : before.since;
        boolean isTold = before != null && before.isTold;
        if (!isTold && !rule.isSilent(now)) {
            acts.record(WATCH, "alert", rule.name(), found.get());
            tell(rule, "met", found.get(), now);
            isTold = true;
        }
        states.put(rule.id(), new State(since, found.get(), isTold));
    }

    private void tell(Rule rule, String state, String found, Instant now) {
        if (letters.size() >= WAITING_MAX) {
            Letter givenUp = letters.removeFirst();
            LOG.atWarn().addKeyValue("rule", givenUp.rule.name()).log("Too many alerts wait; the oldest is not told.");
        }
        letters.addLast(new Letter(rule, body(rule, state, found, now), 0, now));
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

    private void sendDue(Instant now) {
        var due = new ArrayList<Letter>();
        letters.removeIf(letter -> !letter.next.isAfter(now) && due.add(letter));
        due.forEach(letter -> sending.execute(() -> send(letter)));
    }

    private void send(Letter letter) {
        try {
            webhook.post(letter.rule.webhook(), letter.body);
            ended(letter, null);
        } catch (IOException e) {
            ended(letter, String.valueOf(e.getMessage()));
        }
    }

    private synchronized void ended(Letter letter, @Nullable String fault) {
        Instant now = clock.instant();
        sent.put(letter.rule.id(), new Sent(now, fault));
        if (fault == null) {
            return;
        }
        if (letter.tries < AGAIN_AFTER.size()) {
            letters.addLast(
                    new Letter(letter.rule, letter.body, letter.tries + 1, now.plus(AGAIN_AFTER.get(letter.tries))));
            return;
        }
        LOG.atError()
                .addKeyValue("rule", letter.rule.name())
                .addKeyValue("why", fault)
                .log("An alert could not be told, and is given up. Look at the rule's address in the console.");
    }

    /// Tells of a rule though it is not met, once, and waits for the answer.
    ///
    /// @return why it was not taken; null when it was
    public @Nullable String test(Rule rule) {
        Instant now = clock.instant();
        String fault = null;
        try {
            webhook.post(rule.webhook(), body(rule, "test", "This is a test.", now));
        } catch (IOException e) {
            fault = String.valueOf(e.getMessage());
        }
        synchronized (this) {
            sent.put(rule.id(), new Sent(now, fault));
        }
        return fault;
    }
}
