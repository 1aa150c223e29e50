package aiguillage.hub.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.ConfigException;
import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.routing.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.trust.Enrolled;
import aiguillage.hub.trust.Suspended;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PasswordsTest {

    private static final PasswordHash HASH = PasswordHash.make("right", new Random(3));
    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Suspended suspended = new Suspended(store);
    private final Enrolled enrolled = new Enrolled(store, suspended);
    private Table table = Table.read(
            "flows.yaml", RunningHub.FLOWS.replace("dealer-7: {", "dealer-7: { password: \"" + HASH.text() + "\","));
    private static final Verdict IN = new Verdict.In(new Login.ByPassword(DEALER, HASH));
    private static final Verdict NO = new Verdict.No();
    private static final Verdict BUSY = new Verdict.Busy();

    private Passwords passwords(Executor waiting, Duration answerAfter) {
        return new Passwords(() -> table, enrolled, () -> NOW, waiting, System::nanoTime, answerAfter);
    }

    private static Verdict got(CompletableFuture<Verdict> judged) throws Exception {
        return judged.get(40, TimeUnit.SECONDS);
    }

    @Test
    void onlyTheRightPasswordOfAPartyThatHasOneLetsInAndANoComesAfterTheSameTime() throws Exception {
        Passwords passwords = passwords(Runnable::run, Duration.ofMillis(50));
        for (PartyId party : List.of(DEALER, new PartyId("dealer-8"), new PartyId("nobody"))) {
            long from = System.nanoTime();
            assertThat(got(passwords.judged(party, DEALER.equals(party) ? "wrong" : "right", HERE)))
                    .isEqualTo(NO);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
        assertThat(got(passwords.judged(null, "right", HERE))).isEqualTo(NO);
        assertThat(got(passwords.judged(DEALER, "right", HERE))).isEqualTo(IN);
    }

    @Test
    void manyAtOnceWithTheRightPasswordAreLetInAndItIsLookedAtOnce() throws Exception {
        var isBusy = new AtomicBoolean();
        Passwords passwords = passwords(
                task -> {
                    if (!isBusy.get()) {
                        Thread.startVirtualThread(task);
                    }
                },
                Duration.ofSeconds(30));
        var many = new ArrayList<CompletableFuture<Verdict>>();
        for (int i = 0; i < 2 * Lockout.FAILURES_MAX; i++) {
            many.add(passwords.judged(DEALER, "right", HERE));
        }
        for (CompletableFuture<Verdict> one : many) {
            assertThat(got(one)).isEqualTo(IN);
        }
        isBusy.set(true);
        assertThat(passwords.judged(DEALER, "right", InetAddress.ofLiteral("203.0.113.1")))
                .isCompletedWithValue(IN);
        for (int i = 0; i < Lockout.FAILURES_MAX; i++) {
            assertThat(passwords.judged(DEALER, "guess", HERE)).isNotDone();
        }
        assertThat(passwords.judged(DEALER, "right", HERE))
                .as("what is remembered is guessed no more often")
                .isNotDone();
    }

    @Test
    void whatThereWasNoTimeToLookAtIsBusyAndNoFailureWhoeverItIs() throws Exception {
        var isBusy = new AtomicBoolean(true);
        var kept = new ArrayList<Runnable>();
        Passwords passwords = passwords(
                task -> {
                    if (isBusy.get()) {
                        kept.add(task);
                    } else {
                        Thread.startVirtualThread(task);
                    }
                },
                Duration.ofMillis(50));
        for (int i = 0; i < 2 * Lockout.FAILURES_MAX; i++) {
            assertThat(got(passwords.judged(DEALER, "right", HERE))).isEqualTo(BUSY);
        }
        assertThat(got(passwords.judged(new PartyId("nobody"), "right", HERE))).isEqualTo(BUSY);
        kept.getLast().run();
        kept.getFirst().run();
        assertThat(passwords.judged(DEALER, "right", HERE))
                .as("its turn came too late, but it is known by now")
                .isCompletedWithValue(IN);
    }

    @Test
    void aLoginIsOverWithItsPasswordItsPartyOrItsPartysCertificatesAndWhileThatIsSuspended() {
        var logins = new Logins(
                () -> table, enrolled, passwords(Thread::startVirtualThread, Duration.ofMillis(50)), () -> NOW);
        var login = new Login.ByPassword(DEALER, HASH);
        assertThat(logins.isOver(login)).isFalse();
        var certificate =
                new Entry.CertificateIssued(NOW, DEALER, "1a", NOW.plusSeconds(60), null, Digest.of(new byte[] {1}));
        enrolled.recorded(certificate);
        assertThat(enrolled.hasKey(DEALER, Digest.of(new byte[] {1}), NOW)).isTrue();
        assertThat(enrolled.hasKey(DEALER, Digest.of(new byte[] {1}), NOW.plusSeconds(60)))
                .as("past its end")
                .isFalse();
        assertThat(enrolled.hasKey(new PartyId("dealer-8"), Digest.of(new byte[] {1}), NOW))
                .isFalse();
        assertThat(logins.isOver(login)).isFalse();
        suspended.recorded(new Entry.PartySuspended(NOW, DEALER, "strange orders", "operator"));
        assertThat(logins.isOver(login)).isTrue();
        suspended.recorded(new Entry.PartyResumed(NOW, DEALER, "all is well", "operator"));
        assertThat(logins.isOver(login)).isFalse();
        table = Table.read("flows.yaml", RunningHub.FLOWS);
        assertThat(logins.isOver(login)).isTrue();
    }

    @Test
    void aPasswordInTheFlowsFileIsRefusedAndNotRepeated() {
        String flows = RunningHub.FLOWS.replace("dealer-7: {", "dealer-7: { password: secret-of-mine,");
        assertThatThrownBy(() -> Table.read("flows.yaml", flows))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("aiguillage party password")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-of-mine"));
        assertThat(HASH.toString()).doesNotContain(HASH.hash());
        assertThat(PasswordHash.of(HASH.text())).isEqualTo(HASH);
        assertThatThrownBy(() -> PasswordHash.of(HASH.text().replace("600000", "100000")))
                .hasMessageContaining("rounds");
    }
}
