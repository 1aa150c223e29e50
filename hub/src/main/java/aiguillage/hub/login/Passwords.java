package aiguillage.hub.login;

import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.routing.Table;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Judges passwords. Safe from any thread.
///
/// Guessing is slow, and costs strangers more than the hub: a *no* comes after a fixed time, whether the
/// password was wrong, the party has none, is locked or does not exist, or the hub had no time to look; later
/// only when the machine is so busy that looking takes longer. Only passwords of parties that have one are
/// looked at, one at a time.
///
/// [Lockout] says how often somebody may try.
public final class Passwords {

    /// How long after its question a *no* comes.
    public static final Duration ANSWER_AFTER = Duration.ofSeconds(3);

    private static final int PASSWORD_CHARS_MAX = 256;

    private final Supplier<Table> table;
    private final Enrolled enrolled;
    private final Executor waiting;
    private final Duration answerAfter;
    private final Semaphore looking = new Semaphore(1, true);
    private final Lockout lockout;

    /// @param waiting runs what may wait
    /// @param nanos a clock that nobody sets, as [System#nanoTime]
    /// @param answerAfter how long after its question a *no* comes
    public Passwords(
            Supplier<Table> table, Enrolled enrolled, Executor waiting, LongSupplier nanos, Duration answerAfter) {
        this.table = table;
        this.enrolled = enrolled;
        this.waiting = waiting;
        this.lockout = new Lockout(nanos);
        this.answerAfter = answerAfter;
    }

    /// @param party null when what was sent is no party's name
    CompletableFuture<Login.@Nullable ByPassword> judged(@Nullable PartyId party, String password, InetAddress from) {
        var timeIsUp = new CompletableFuture<Login.@Nullable ByPassword>()
                .completeOnTimeout(null, answerAfter.toMillis(), TimeUnit.MILLISECONDS);
        var verdict = new CompletableFuture<Login.@Nullable ByPassword>();
        PasswordHash known = known(party);
        if (party != null && known != null && password.length() <= PASSWORD_CHARS_MAX && lockout.mayTry(party, from)) {
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
                        lockout.succeeded(party, from);
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
}
