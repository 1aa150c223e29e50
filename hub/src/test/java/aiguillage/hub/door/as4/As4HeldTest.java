package aiguillage.hub.door.as4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What messages on their way in are counted for.
class As4HeldTest {

    /// Half of what bodies on their way may hold; beyond it a party gets an eighth of all.
    private static final long HALF = 32L << 20;

    @Test
    void aPartySendsThirtyShortMessagesAtOnce() {
        assertThat(30L * As4Door.held(10_000)).isLessThan(HALF);
    }

    @Test
    void aMessageThatDoesNotSayHowLongItIsCountsForTheLongest() {
        assertThat(As4Door.held(-1)).isEqualTo(As4Door.HELD_BYTES);
        assertThat(As4Door.held(Long.MAX_VALUE)).isEqualTo(As4Door.HELD_BYTES);
    }

    @Test
    void whatAMessageHoldsGrowsWithItsLength() {
        assertThat(As4Door.held(0)).isLessThan(As4Door.held(1_000));
        assertThat(As4Door.held(1_000)).isLessThan(As4Door.held(100_000));
    }
}
