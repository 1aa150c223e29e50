package aiguillage.hub.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MinutesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:30Z");

    private final Minutes minutes = new Minutes(5);

    private static Instant ago(int minutes) {
        return NOW.minusSeconds(60L * minutes);
    }

    @Test
    void eachMinuteHasItsCountOldestFirst() {
        minutes.add(ago(2), 3);
        minutes.add(ago(0), 1);
        minutes.add(ago(0), 1);
        assertThat(minutes.last(NOW, 5)).containsExactly(0, 0, 3, 0, 2);
        assertThat(minutes.sum(NOW, 2)).isEqualTo(2);
        assertThat(minutes.sum(NOW, 3)).isEqualTo(5);
    }

    @Test
    void whatIsOlderThanTheRingIsForgottenThoughNothingCameSince() {
        minutes.add(ago(5), 7);
        minutes.add(ago(4), 1);
        assertThat(minutes.last(NOW, 5)).containsExactly(1, 0, 0, 0, 0);
        assertThat(minutes.last(NOW.plusSeconds(600), 5)).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void whatComesLateCountsForItsOwnMinute() {
        minutes.add(ago(0), 1);
        minutes.add(ago(3), 2);
        minutes.add(ago(30), 9);
        assertThat(minutes.last(NOW, 5)).containsExactly(0, 2, 0, 0, 1);
    }
}
