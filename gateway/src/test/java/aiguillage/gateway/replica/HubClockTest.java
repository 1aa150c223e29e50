package aiguillage.gateway.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The dealer's clock may be hours wrong; what holds is asked by the hub's time.
final class HubClockTest {

    private static final Instant HUB = Instant.parse("2026-03-01T12:00:00Z");

    private Instant own = HUB.plus(Duration.ofHours(5));
    private Instant steady = Instant.parse("2026-03-01T17:00:00Z");
    private final HubClock clock = new HubClock(() -> own, () -> steady);

    @Test
    void beforeTheHubIsHeardTheDealersOwnClockIsUsedAndSaid() {
        assertThat(clock.read()).isEqualTo(new HubClock.Reading(own, false, null));
        clock.heard(); // a beat has no time in it
        assertThat(clock.read().isHubs()).isFalse();
    }

    @Test
    void theHubsTimeGoesOnWhateverTheDealersClockIsSetTo() {
        clock.heard();
        clock.told(HUB);
        own = own.minus(Duration.ofDays(400));
        steady = steady.plusSeconds(10);
        assertThat(clock.read()).isEqualTo(new HubClock.Reading(HUB.plusSeconds(10), true, Duration.ofSeconds(10)));
    }

    @Test
    void anEventThatWasLongOnItsWayDoesNotSetTheTimeBack() {
        clock.told(HUB);
        steady = steady.plusSeconds(30);
        clock.told(HUB.plusSeconds(5));
        assertThat(clock.read().now()).isEqualTo(HUB.plusSeconds(30));
        clock.told(HUB.plusSeconds(40));
        assertThat(clock.read().now()).isEqualTo(HUB.plusSeconds(40));
    }

    @Test
    void aClockThatRanAheadIsSetRightByTheNextAnswer() {
        clock.told(HUB);
        steady = steady.plusSeconds(3_600); // ran ten seconds ahead
        Instant asked = steady;
        steady = steady.plusSeconds(2);
        clock.answered(asked, HUB.plusSeconds(3_591));
        assertThat(clock.read().now()).isEqualTo(HUB.plusSeconds(3_593));
    }

    /// On Linux the steady clock stands still meanwhile: the price would be yesterday's, and said to be fresh.
    @Test
    void afterTheMachineSleptTheHubCountsAsNotHeardUntilItHasAnswered() {
        clock.told(HUB);
        clock.heard();
        Instant before = steady;
        own = own.plus(Duration.ofHours(8));
        steady = steady.plusSeconds(1);
        assertThat(clock.read()).isEqualTo(new HubClock.Reading(own, false, null));
        assertThat(clock.hasSleptSince(before)).isTrue();
        clock.heard(); // it came before, and lay there
        clock.told(HUB.plusSeconds(1));
        assertThat(clock.read().isHubs()).isFalse();
        clock.answered(steady.minusSeconds(2), HUB.plusSeconds(1)); // the answer was on its way when it fell asleep
        assertThat(clock.read().isHubs()).isFalse();
        Instant now = HUB.plus(Duration.ofHours(8));
        clock.answered(steady, now);
        clock.heard();
        assertThat(clock.hasSleptSince(steady)).isFalse();
        assertThat(clock.hasSleptSince(before)).as("whoever asked before").isTrue();
        steady = steady.plusSeconds(3);
        own = own.plusSeconds(3);
        assertThat(clock.read()).isEqualTo(new HubClock.Reading(now.plusSeconds(3), true, Duration.ofSeconds(3)));
    }

    @Test
    void aClockThatDriftsIsNoSleep() {
        clock.told(HUB);
        own = own.plus(Duration.ofDays(3)).plusSeconds(200);
        steady = steady.plus(Duration.ofDays(3));
        assertThat(clock.hasSleptSince(HubClock.NEVER)).isFalse();
        assertThat(clock.read().isHubs()).isTrue();
    }
}
