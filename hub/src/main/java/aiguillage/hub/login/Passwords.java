package aiguillage.hub.login;

import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.routing.Table;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Judges passwords. Safe from any thread.
///
/// Guessing is slow, and costs strangers more than the hub: a *no* comes after a fixed time, whether the
/// password was wrong, the party has none, is locked or does not exist. Tries wait for their turn, whoever is
/// meant; only passwords of parties that have one are looked at, one at a time, and beside that one of those
/// that come from where their party came in before. Addresses that have not failed come before others
/// ([Turns]). Whose turn does not come in time is told that the hub is busy, and that is no failure.
///
/// [Lockout] says how often somebody may try; [RightOnes] remembers passwords that were right, so that a
/// program that comes every minute is looked at once.
public final class Passwords {

    /// How long after its question a *no* comes.
    public static final Duration ANSWER_AFTER = Duration.ofSeconds(3);

    private static final int PASSWORD_CHARS_MAX = 256;

    private static final Verdict NO = new Verdict.No();
    private static final Verdict BUSY = new Verdict.Busy();

    private final Supplier<Table> table;
    private final Enrolled enrolled;
    private final InstantSource clock;
    private final Executor waiting;
    private final Duration answerAfter;
    private final Turns turns = new Turns();
    private final Turns turnsOfUsual = new Turns();
    private final Lockout lockout;
    private final RightOnes rightOnes = new RightOnes();

    /// @param waiting runs what may wait
    /// @param nanos a clock that nobody sets, as [System#nanoTime]
    /// @param answerAfter how long after its question a *no* comes
    public Passwords(
            Supplier<Table> table,
            Enrolled enrolled,
            InstantSource clock,
            Executor waiting,
            LongSupplier nanos,
            Duration answerAfter) {
        this.table = table;
        this.enrolled = enrolled;
        this.clock = clock;
        this.waiting = waiting;
        this.lockout = new Lockout(nanos);
        this.answerAfter = answerAfter;
    }

    /// @param party null when what was sent is no party's name
    CompletableFuture<Verdict> judged(@Nullable PartyId party, String password, InetAddress from) {
        PasswordHash known = password.length() > PASSWORD_CHARS_MAX ? null : known(party);
        Verdict atOnce =
                party == null || known == null ? NO : remembered(new Login.ByPassword(party, known), password, from);
        if (atOnce instanceof Verdict.In) {
            return CompletableFuture.completedFuture(atOnce);
        }
        var answer = new CompletableFuture<Verdict>();
        var found = new CompletableFuture<Verdict>();
        Turns of = party != null && lockout.isUsual(party, from) ? turnsOfUsual : turns;
        waiting.execute(() -> {
            Verdict verdict = BUSY;
            try {
                verdict = inTurn(
                        of,
                        from,
                        () -> atOnce != null || party == null || known == null
                                ? NO
                                : looked(new Login.ByPassword(party, known), password, from));
            } finally {
                found.complete(verdict);
                if (verdict instanceof Verdict.In) {
                    answer.complete(verdict);
                }
            }
        });
        CompletableFuture.delayedExecutor(answerAfter.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> answer.complete(found.getNow(BUSY)));
        return answer;
    }

    private @Nullable PasswordHash known(@Nullable PartyId id) {
        Party party = id == null ? null : table.get().directory().find(id);
        return party == null || enrolled.isShutOut(party.id(), clock.instant()) ? null : party.password();
    }

    /// Waits for a turn, but not so long that there is no time left to look.
    private Verdict inTurn(Turns of, InetAddress from, Supplier<Verdict> look) {
        try {
            Duration most = answerAfter.multipliedBy(2).dividedBy(3);
            if (!of.enter(Source.of(from).text(), lockout.failures(from), most)) {
                return BUSY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BUSY;
        }
        try {
            return look.get();
        } finally {
            of.leave();
        }
    }

    /// Judges by memory. One at a time, so that many at once try no more often than one by one.
    ///
    /// @return null when the party's password is not remembered, and nothing was counted
    private synchronized @Nullable Verdict remembered(Login.ByPassword login, String password, InetAddress from) {
        if (!rightOnes.has(login)) {
            return null;
        }
        if (!lockout.mayTry(login.party(), from) || !rightOnes.isRight(login, password)) {
            return NO;
        }
        lockout.succeeded(login.party(), from);
        return new Verdict.In(login);
    }

    private Verdict looked(Login.ByPassword login, String password, InetAddress from) {
        Verdict meanwhile = remembered(login, password, from);
        if (meanwhile != null) {
            return meanwhile;
        }
        if (!lockout.mayTry(login.party(), from) || !login.password().matches(password)) {
            return NO;
        }
        lockout.succeeded(login.party(), from);
        rightOnes.remember(login, password);
        return new Verdict.In(login);
    }
}
