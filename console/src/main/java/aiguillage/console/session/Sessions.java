package aiguillage.console.session;

import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Operators;
import aiguillage.protocol.Digest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// The open sessions. Who is asked for at each use is looked up again: whoever is removed, or whose key is, has
/// no session any more, and another rank counts from the next request on. Safe from any thread.
public final class Sessions {

    /// What a browser proves its session with. No other host and no page read in plain can have set one of this
    /// name.
    public static final String COOKIE = "__Host-session";

    /// The longest that one lasts.
    public static final Duration LASTS = Duration.ofHours(8);

    /// The longest that nothing is asked in one.
    public static final Duration IDLE_MAX = Duration.ofMinutes(30);

    /// Of one operator; a further one ends the one that was not used for longest.
    public static final int EACH_MAX = 10;

    private static final int TOKEN_BYTES = 32;

    private final Operators operators;
    private final SecureRandom random;
    private final InstantSource clock;
    private final AtomicLong number = new AtomicLong();
    private final ConcurrentHashMap<String, Open> byToken = new ConcurrentHashMap<>();

    /// @param used when something was last asked in it
    private record Open(Session session, Instant used) {

        boolean isOver(Instant now) {
            return !now.isBefore(session.until()) || !now.isBefore(used.plus(IDLE_MAX));
        }
    }

    public Sessions(Operators operators, SecureRandom random, InstantSource clock) {
        this.operators = operators;
        this.random = random;
        this.clock = clock;
    }

    /// Opens one.
    ///
    /// @param key the hash of what the security key calls itself that proved who it is
    /// @return what the browser proves it with: 256 random bits
    public String open(Operator operator, Digest key) {
        Instant now = clock.instant();
        sweep();
        makeRoom(operator.name());
        var session = new Session(number.incrementAndGet(), operator, key, token(), now, now.plus(LASTS));
        String token = token();
        byToken.put(token, new Open(session, now));
        return token;
    }

    private void makeRoom(String operator) {
        List<String> own = byToken.entrySet().stream()
                .filter(open -> open.getValue().session.operator().name().equals(operator))
                .sorted((a, b) -> a.getValue().used.compareTo(b.getValue().used))
                .map(java.util.Map.Entry::getKey)
                .toList();
        own.subList(0, Math.max(0, own.size() - EACH_MAX + 1)).forEach(byToken::remove);
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The session that a browser proves, and notes that it is used.
    public Optional<Session> find(String token) {
        Instant now = clock.instant();
        Open open = byToken.computeIfPresent(token, (_, one) -> one.isOver(now) ? null : new Open(one.session, now));
        if (open == null) {
            return Optional.empty();
        }
        Optional<Session> current = current(open.session);
        if (current.isEmpty()) {
            byToken.remove(token);
        }
        return current;
    }

    private Optional<Session> current(Session session) {
        return operators
                .find(session.operator().name(), session.key())
                .map(now -> new Session(
                        session.number(), now, session.key(), session.form(), session.begun(), session.until()));
    }

    /// The session that a browser proves, without that it counts as used: by a page that only looks on.
    public Optional<Session> look(String token) {
        Open open = byToken.get(token);
        return open == null || open.isOver(clock.instant()) ? Optional.empty() : current(open.session);
    }

    /// Ends one; nothing when there is none.
    public void end(String token) {
        byToken.remove(token);
    }

    /// Ends all that are so.
    public void end(Predicate<Session> which) {
        byToken.values().removeIf(open -> which.test(open.session));
    }

    /// All that are open.
    public List<Session> all() {
        sweep();
        return byToken.values().stream()
                .flatMap(open -> current(open.session).stream())
                .toList();
    }

    /// Forgets those that are over.
    public void sweep() {
        Instant now = clock.instant();
        byToken.values().removeIf(open -> open.isOver(now));
    }
}
