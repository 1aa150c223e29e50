package aiguillage.gateway.replica;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The hub's time, as a dealer can know it: what the hub said last, and how long ago that was by a clock that nobody
/// sets. The dealer's own clock may be hours wrong, and prices change at midnight.
///
/// What an event says was true when it was written, so the hub's time is that or later: it can only put the estimate
/// forward. Between a question and its answer the hub's time lies in a known span: an estimate outside is moved to its
/// edge. So the error is at most the way of one answer, and drift is taken out with each.
///
/// Safe from any thread.
public final class HubClock {

    private final InstantSource own;
    private final InstantSource steady;

    /// By how much the hub's time is ahead of the steady clock, or null before the hub has said it.
    private @Nullable Duration ahead;

    private @Nullable Instant heard;

    /// @param own the machine's time of day, used until the hub has said its own
    /// @param steady goes on evenly, whatever somebody sets the clock to
    public HubClock(InstantSource own, InstantSource steady) {
        this.own = own;
        this.steady = steady;
    }

    /// What the clock says.
    ///
    /// @param isHubs false when it is the dealer's own time, since the hub has not been heard since the start
    /// @param silence for how long nothing came from the hub; null when nothing has since the start
    public record Reading(
            Instant now, boolean isHubs, @Nullable Duration silence) {}

    public synchronized Reading read() {
        Instant at = steady.instant();
        Duration known = ahead;
        Instant last = heard;
        return new Reading(
                known == null ? own.instant() : at.plus(known),
                known != null,
                known == null || last == null ? null : Duration.between(last, at));
    }

    /// The steady clock, to say when a question was asked.
    Instant steady() {
        return steady.instant();
    }

    /// Something came down the stream: all news before it are here.
    synchronized void heard() {
        heard = steady.instant();
    }

    /// An event said what time it was at the hub.
    synchronized void told(Instant hub) {
        atLeast(hub, steady.instant());
    }

    /// The hub answered a question that was asked then.
    synchronized void answered(Instant asked, Instant hub) {
        Instant at = steady.instant();
        atLeast(hub, at);
        Duration most = Duration.between(asked, hub); // had the answer been written at the moment of the question
        if (ahead != null && ahead.compareTo(most) > 0) {
            ahead = most;
        }
    }

    private void atLeast(Instant hub, Instant at) {
        Duration least = Duration.between(at, hub);
        if (ahead == null || ahead.compareTo(least) < 0) {
            ahead = least;
        }
    }
}
