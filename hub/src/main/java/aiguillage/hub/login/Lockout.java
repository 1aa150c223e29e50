package aiguillage.hub.login;

import aiguillage.hub.memory.Latest;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How often a password may be tried. Safe from any thread.
///
/// After some failures a party is locked out from the address where they came from; nobody elsewhere can lock
/// it out. After many failures of one party from everywhere it is tried seldom from all addresses from which it
/// has not come in before: its usual ones stay as they are while somebody with many addresses guesses. What is
/// remembered is in memory, so a restart of the hub forgets it. An address is a [Source].
final class Lockout {

    /// In a row, of one party from one address.
    static final int FAILURES_MAX = 5;

    /// How long these two are locked, from the last failure on.
    static final Duration LOCKED_FOR = Duration.ofMinutes(15);

    /// Of one party from everywhere, within [#WATCHED_FOR].
    static final int FAILURES_ANYWHERE_MAX = 100;

    static final Duration WATCHED_FOR = Duration.ofHours(1);

    /// After those, one try of that party from all unusual addresses in so much time.
    static final Duration SELDOM = Duration.ofSeconds(10);

    /// Pairs of a party and an address that are remembered; parties; addresses.
    static final int REMEMBERED_MAX = 10_000;

    private final LongSupplier nanos;
    // All below is guarded by this.
    private final Map<String, Failures> pairs = Latest.used(REMEMBERED_MAX);
    private final Map<PartyId, Long> seldom = Latest.used(REMEMBERED_MAX); // when one of these was tried
    private final Map<PartyId, Failures> anywhere = Latest.used(REMEMBERED_MAX);
    private final Map<String, Boolean> usual = Latest.used(REMEMBERED_MAX);
    private final Map<Source, Failures> addresses = Latest.used(REMEMBERED_MAX); // of all parties together

    private record Failures(int count, long since) {}

    /// @param nanos a clock that nobody sets, as [System#nanoTime]
    Lockout(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Takes a try. It counts as a failure until it has [#succeeded], so that many at once are not more than
    /// one by one.
    synchronized boolean mayTry(PartyId party, InetAddress from) {
        long now = nanos.getAsLong();
        String pair = pair(party, from);
        Failures here = current(pairs.get(pair), LOCKED_FOR, now);
        Failures all = current(anywhere.get(party), WATCHED_FOR, now);
        boolean isUsual = usual.containsKey(pair);
        if (here.count >= FAILURES_MAX) {
            return false;
        }
        if (all.count >= FAILURES_ANYWHERE_MAX && !isUsual) {
            Long last = seldom.get(party);
            if (last != null && now - last < SELDOM.toNanos()) {
                return false;
            }
            seldom.put(party, now);
        }
        pairs.put(pair, new Failures(here.count + 1, now)); // the time of the last one
        Failures ofAddress = current(addresses.get(Source.of(from)), WATCHED_FOR, now);
        addresses.put(Source.of(from), new Failures(ofAddress.count + 1, ofAddress.since));
        if (!isUsual) {
            anywhere.put(party, new Failures(all.count + 1, all.since)); // of the first one
        }
        return true;
    }

    private static Failures current(@Nullable Failures known, Duration counted, long now) {
        return known == null || now - known.since > counted.toNanos() ? new Failures(0, now) : known;
    }

    /// A try was right.
    synchronized void succeeded(PartyId party, InetAddress from) {
        String pair = pair(party, from);
        boolean wasUsual = usual.put(pair, true) != null;
        pairs.remove(pair);
        addresses.computeIfPresent(Source.of(from), (_, all) -> new Failures(Math.max(0, all.count - 1), all.since));
        if (!wasUsual) {
            anywhere.computeIfPresent(party, (_, all) -> new Failures(Math.max(0, all.count - 1), all.since));
        }
    }

    /// How many passwords from there were wrong, of whichever parties, within [#WATCHED_FOR].
    synchronized int failures(InetAddress from) {
        return current(addresses.get(Source.of(from)), WATCHED_FOR, nanos.getAsLong()).count;
    }

    /// Whether the party has come in from there.
    synchronized boolean isUsual(PartyId party, InetAddress from) {
        return usual.containsKey(pair(party, from));
    }

    private static String pair(PartyId party, InetAddress from) {
        return party + " " + Source.of(from).text();
    }
}
