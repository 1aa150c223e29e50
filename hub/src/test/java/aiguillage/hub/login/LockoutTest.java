package aiguillage.hub.login;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LockoutTest {

    private static final PartyId DEALER = new PartyId("dealer-7");

    private final AtomicLong nanos = new AtomicLong(-1_000); // such clocks may begin anywhere
    private final Lockout lockout = new Lockout(nanos::get);

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private void fail(int times, InetAddress from) {
        for (int i = 0; i < times; i++) {
            assertThat(lockout.mayTry(DEALER, from)).isTrue();
        }
    }

    @Test
    void failuresLockThePartyFromTheirAddressAloneAndForATime() throws Exception {
        InetAddress stranger = address("198.51.100.7");
        fail(Lockout.FAILURES_MAX, stranger);
        assertThat(lockout.mayTry(DEALER, stranger)).isFalse();
        assertThat(lockout.mayTry(DEALER, address("203.0.113.1")))
                .as("the dealer is elsewhere")
                .isTrue();
        assertThat(lockout.mayTry(new PartyId("dealer-8"), stranger)).isTrue();
        nanos.addAndGet(Lockout.LOCKED_FOR.plus(Duration.ofSeconds(1)).toNanos());
        assertThat(lockout.mayTry(DEALER, stranger)).isTrue();
    }

    @Test
    void aRightPasswordWipesTheFailuresBefore() throws Exception {
        InetAddress dealer = address("203.0.113.1");
        for (int i = 0; i < 10; i++) {
            fail(Lockout.FAILURES_MAX - 1, dealer);
            lockout.succeeded(DEALER, dealer);
        }
    }

    @Test
    void whoeverGuessesFromManyAddressesMakesThePartySlowWhereItHasNotBeen() throws Exception {
        InetAddress dealer = address("203.0.113.1");
        fail(1, dealer);
        lockout.succeeded(DEALER, dealer);
        for (int i = 0; i < Lockout.FAILURES_ANYWHERE_MAX; i++) {
            fail(1, address("198.51.100." + i));
        }
        assertThat(lockout.mayTry(DEALER, address("198.51.101.1"))).isTrue();
        assertThat(lockout.mayTry(DEALER, address("192.0.2.1"))).isFalse();
        assertThat(lockout.mayTry(DEALER, dealer)).isTrue();
        nanos.addAndGet(Lockout.SELDOM.toNanos());
        assertThat(lockout.mayTry(DEALER, address("192.0.2.1"))).as("its turn").isTrue();
        assertThat(lockout.mayTry(DEALER, address("192.0.2.1"))).isFalse();
        nanos.addAndGet(Lockout.WATCHED_FOR.plus(Duration.ofSeconds(1)).toNanos());
        assertThat(lockout.mayTry(DEALER, address("192.0.2.1"))).isTrue();
    }

    @Test
    void theAddressesOfOneIpv6CustomerCountAsOne() throws Exception {
        fail(3, address("2001:db8:1:2::1"));
        fail(2, address("2001:db8:1:2:3::2"));
        assertThat(lockout.mayTry(DEALER, address("2001:db8:1:4::3"))).isFalse();
        assertThat(lockout.mayTry(DEALER, address("2001:db8:1:102::1"))).isTrue();
    }

    @Test
    void whatFailedFromAnAddressIsCountedWhicheverPartyWasMeant() throws Exception {
        InetAddress guesser = address("198.51.100.7");
        fail(3, guesser);
        assertThat(lockout.mayTry(new PartyId("dealer-8"), guesser)).isTrue();
        assertThat(lockout.failures(guesser)).isEqualTo(4);
        assertThat(lockout.failures(address("203.0.113.1"))).isZero();
        lockout.succeeded(DEALER, guesser);
        assertThat(lockout.failures(guesser)).isEqualTo(3);
        nanos.addAndGet(Lockout.WATCHED_FOR.plus(Duration.ofSeconds(1)).toNanos());
        assertThat(lockout.failures(guesser)).isZero();
    }
}
