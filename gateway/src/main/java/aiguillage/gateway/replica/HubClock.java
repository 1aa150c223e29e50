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
/// On many systems the steady clock stands still while the machine sleeps. So where the machine's own clock went on
/// much further than the steady one, the hub counts as not heard: what came before may be of yesterday, also what
/// comes down a connection that outlived the sleep. Only an answer to a question of after that counts again. Somebody
/// who sets the clock forward causes the same; one question is all that it costs.
///
/// Safe from any thread; whoever reads waits for nobody, since every lookup does.
public final class HubClock {

    /// The two clocks drift apart by less than this, and by less than a part in [#DRIFT].
    private static final long SLEPT_LEAST_MILLIS = 10_000;

    private static final long DRIFT = 1_000;

    /// Before everything.
    static final Instant NEVER = Instant.MIN;

    private final InstantSource own;
    private final InstantSource steady;

    /// Written by one thread at a time.
    private volatile Known known = new Known(null, null, null, NEVER, false);

    /// @param own the machine's time of day, used until the hub has said its own
    /// @param steady goes on evenly, whatever somebody sets the clock to
    public HubClock(InstantSource own, InstantSource steady) {
        this.own = own;
        this.steady = steady;
    }

    /// Both clocks at one moment.
    private record Both(Instant own, Instant steady) {

        boolean sleptUntil(Both later) {
            // In plain milliseconds, since every lookup asks this.
            long even = later.steady.toEpochMilli() - steady.toEpochMilli();
            long apart = later.own.toEpochMilli() - own.toEpochMilli() - even;
            return apart > SLEPT_LEAST_MILLIS + even / DRIFT;
        }
    }

    /// What the hub said.
    ///
    /// @param ahead by how much its time is ahead of the steady clock, or null before it has said it
    /// @param said when it said that
    /// @param heard when something came from it last, by the steady clock
    /// @param woke when it was seen last that the machine had slept, by the steady clock
    /// @param mustAnswer whether the hub has answered no question since then
    private record Known(
            @Nullable Duration ahead,
            @Nullable Both said,
            @Nullable Instant heard,
            Instant woke,
            boolean mustAnswer) {

        boolean isBeforeSleep(Both now) {
            return said != null && said.sleptUntil(now);
        }
    }

    /// What the clock says.
    ///
    /// @param isHubs false when it is the dealer's own time, since the hub has not been heard since the start, or
    ///     since the machine slept
    /// @param silence for how long nothing came from the hub; null when nothing has since then
    public record Reading(
            Instant now, boolean isHubs, @Nullable Duration silence) {}

    public Reading read() {
        Known seen = known; // before the time: what was heard is not later than now
        Both now = both();
        Duration ahead = seen.ahead();
        if (ahead == null || seen.isBeforeSleep(now)) {
            return new Reading(now.own(), false, null);
        }
        Instant last = seen.heard();
        return new Reading(now.steady().plus(ahead), true, last == null ? null : Duration.between(last, now.steady()));
    }

    /// Whether the machine slept since a question was asked: what comes down the stream may be of before.
    ///
    /// @param asked by the steady clock, or [#NEVER]
    boolean hasSleptSince(Instant asked) {
        Known seen = known;
        return asked.isBefore(seen.woke()) || seen.isBeforeSleep(both());
    }

    private Both both() {
        return new Both(own.instant(), steady.instant());
    }

    /// The steady clock, to say when a question was asked.
    Instant steady() {
        return steady.instant();
    }

    /// When something came down the stream last, by the steady clock, or [#NEVER].
    Instant lastHeard() {
        Instant heard = known.heard();
        return heard == null ? NEVER : heard;
    }

    /// How long ago that was, by the steady clock; null when the machine slept since then, or it never was.
    @Nullable
    Duration since(Instant past) {
        return past.isAfter(known.woke()) ? Duration.between(past, steady()) : null;
    }

    /// Something came down the stream: all news before it are here.
    synchronized void heard() {
        Both now = awake();
        if (!known.mustAnswer()) {
            known = new Known(known.ahead(), known.said(), now.steady(), known.woke(), false);
        }
    }

    /// An event said what time it was at the hub.
    synchronized void told(Instant hub) {
        Both now = awake();
        if (!known.mustAnswer()) {
            atLeast(hub, now);
        }
    }

    /// The hub answered a question that was asked then.
    synchronized void answered(Instant asked, Instant hub) {
        Both now = awake();
        if (known.mustAnswer() && asked.isBefore(known.woke())) {
            return; // it may have slept in between
        }
        atLeast(hub, now);
        Duration most = Duration.between(asked, hub); // had the answer been written at the moment of the question
        Duration ahead = known.ahead();
        known = new Known(
                ahead == null || ahead.compareTo(most) > 0 ? most : ahead, now, known.heard(), known.woke(), false);
    }

    /// Forgets what was known before the machine slept.
    private Both awake() {
        Both now = both();
        if (known.isBeforeSleep(now)) {
            known = new Known(null, null, null, now.steady(), true);
        }
        return now;
    }

    private void atLeast(Instant hub, Both now) {
        Duration least = Duration.between(now.steady(), hub);
        Duration ahead = known.ahead();
        if (ahead == null || ahead.compareTo(least) < 0) {
            known = new Known(least, now, known.heard(), known.woke(), known.mustAnswer());
        }
    }
}
