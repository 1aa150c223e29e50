package aiguillage.hub.login;

import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.routing.Table;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.PartyId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Judges passwords. Safe from any thread.
///
/// Guessing is slow, and costs strangers more than the hub: a *no* comes after a fixed time, whether the password
/// was wrong, the party has none, is locked or does not exist, or the hub had no time to look; later only when
/// the machine is so busy that looking takes longer. Only passwords of parties that have one are looked at, one at
/// a time.
///
/// **Who is locked out.** After some failures a party from the address where they came from; nobody elsewhere
/// can lock it out. After many failures of one party from everywhere, it at all addresses from which it has not
/// come in before: its usual ones stay open while somebody with many addresses guesses.
public final class Passwords {

    /// In a row, of one party from one address, before the two are locked for [#LOCKED_FOR].
    static final int FAILURES_MAX = 5;

    static final Duration LOCKED_FOR = Duration.ofMinutes(15);

    /// Of one party from everywhere, within [#WATCHED_FOR].
    static final int FAILURES_ANYWHERE_MAX = 100;

    static final Duration WATCHED_FOR = Duration.ofHours(1);

    /// Pairs of a party and an address that are remembered, and parties.
    static final int REMEMBERED_MAX = 10_000;

    /// How long after its question a *no* comes.
    public static final Duration ANSWER_AFTER = Duration.ofSeconds(3);

    private static final int PASSWORD_CHARS_MAX = 256;

    /// Of an IPv6 address as much counts as one customer has.
    private static final int IPV6_BYTES = 8;

    private final Supplier<Table> table;
    private final Enrolled enrolled;
    private final Executor waiting;
    private final LongSupplier nanos;
    private final Duration answerAfter;
    private final Semaphore looking = new Semaphore(1, true);
    // All below is guarded by this.
    private final Map<String, Failures> pairs = new Remembered<>();
    private final Map<PartyId, Failures> anywhere = new Remembered<>();
    private final Map<String, Boolean> usual = new Remembered<>();

    private record Failures(int count, long since) {}

    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        Remembered() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED_MAX;
        }
    }

    /// @param waiting runs what may wait
    /// @param nanos a clock that nobody sets, as [System#nanoTime]
    /// @param answerAfter how long after its question a *no* comes
    public Passwords(
            Supplier<Table> table, Enrolled enrolled, Executor waiting, LongSupplier nanos, Duration answerAfter) {
        this.table = table;
        this.enrolled = enrolled;
        this.waiting = waiting;
        this.nanos = nanos;
        this.answerAfter = answerAfter;
    }

    /// @param party null when what was sent is no party's name
    CompletableFuture<Login.@Nullable ByPassword> judged(@Nullable PartyId party, String password, InetAddress from) {
        var timeIsUp = new CompletableFuture<Login.@Nullable ByPassword>()
                .completeOnTimeout(null, answerAfter.toMillis(), TimeUnit.MILLISECONDS);
        var verdict = new CompletableFuture<Login.@Nullable ByPassword>();
        PasswordHash known = known(party);
        if (party != null && known != null && password.length() <= PASSWORD_CHARS_MAX && isTried(party, from)) {
            waiting.execute(() -> look(party, known, password, from, verdict));
        } else {
            verdict.complete(null);
        }
        return verdict.thenCompose(login -> login == null ? timeIsUp : CompletableFuture.completedFuture(login));
    }

    private @Nullable PasswordHash known(@Nullable PartyId id) {
        Party party = id == null ? null : table.get().directory().find(id);
        return party == null || enrolled.isRevoked(party.id()) ? null : party.password();
    }

    /// Ends with a verdict, whatever happens.
    private void look(
            PartyId party,
            PasswordHash known,
            String password,
            InetAddress from,
            CompletableFuture<Login.@Nullable ByPassword> verdict) {
        try {
            if (looking.tryAcquire(answerAfter.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (known.matches(password)) {
                        succeeded(party, from);
                        verdict.complete(new Login.ByPassword(party, known));
                    }
                } finally {
                    looking.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            verdict.complete(null); // unless it is known by now
        }
    }

    /// Counts a try as a failure until it has succeeded, so that many at once are not more than one by one.
    private synchronized boolean isTried(PartyId party, InetAddress from) {
        long now = nanos.getAsLong();
        String pair = pair(party, from);
        Failures here = current(pairs.get(pair), LOCKED_FOR, now);
        Failures all = current(anywhere.get(party), WATCHED_FOR, now);
        boolean isUsual = usual.containsKey(pair);
        if (here.count >= FAILURES_MAX || (all.count >= FAILURES_ANYWHERE_MAX && !isUsual)) {
            return false;
        }
        pairs.put(pair, new Failures(here.count + 1, now)); // the time of the last one
        if (!isUsual) {
            anywhere.put(party, new Failures(all.count + 1, all.since)); // of the first one
        }
        return true;
    }

    private static Failures current(@Nullable Failures known, Duration counted, long now) {
        return known == null || now - known.since > counted.toNanos() ? new Failures(0, now) : known;
    }

    private synchronized void succeeded(PartyId party, InetAddress from) {
        String pair = pair(party, from);
        boolean wasUsual = usual.put(pair, true) != null;
        pairs.remove(pair);
        if (!wasUsual) {
            anywhere.computeIfPresent(party, (_, all) -> new Failures(Math.max(0, all.count - 1), all.since));
        }
    }

    private static String pair(PartyId party, InetAddress from) {
        byte[] bytes = from.getAddress();
        return party + " "
                + HexFormat.of().formatHex(from instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_BYTES) : bytes);
    }
}
