package aiguillage.console.parties;

import aiguillage.console.web.Visit;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is shown once, to the session it was made for: it waits in memory for the page that a form leads to. Safe from
/// any thread.
///
/// @param <T> what is shown
final class Once<T> {

    static final Duration WAITS = Duration.ofMinutes(5);
    static final int WAITING_MAX = 64;

    private static final int TICKET_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Map<String, Kept<T>> waiting = new LinkedHashMap<>();

    private record Kept<T>(long session, Instant until, T what) {}

    Once(InstantSource clock) {
        this.clock = clock;
    }

    /// Keeps something for the visitor's next page; what has waited longest goes when there is no room.
    ///
    /// @return with which it is asked for
    synchronized String keep(Visit visit, T what) {
        Instant now = clock.instant();
        waiting.values().removeIf(kept -> !kept.until.isAfter(now));
        if (waiting.size() >= WAITING_MAX) {
            Iterator<String> eldest = waiting.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        byte[] ticket = new byte[TICKET_BYTES];
        random.nextBytes(ticket);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(ticket);
        waiting.put(text, new Kept<>(session(visit), now.plus(WAITS), what));
        return text;
    }

    /// Gives what a ticket stands for, once.
    synchronized Optional<T> take(Visit visit, String ticket) {
        Kept<T> kept = waiting.get(ticket);
        if (kept == null || kept.session != session(visit)) {
            return Optional.empty();
        }
        waiting.remove(ticket);
        return kept.until.isAfter(clock.instant()) ? Optional.of(kept.what) : Optional.empty();
    }

    private static long session(Visit visit) {
        var session = visit.session();
        return session == null ? -1 : session.number();
    }
}
