package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/// Callers refused together come back apart.
class PaceTest {

    private static final int DRAWS = 1_000;

    private final Pace pace = new Pace(new Random(7));

    @Test
    void theRefusedComeBackSpreadOverTheRange() {
        requireSpread(pace::refusedSeconds, 5, 20);
    }

    @Test
    void theJournalsCallersComeBackSpreadOverTheRange() {
        requireSpread(pace::busySeconds, 1, 5);
    }

    private static void requireSpread(IntSupplier seconds, int from, int to) {
        Map<Integer, Integer> drawn = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            drawn.merge(seconds.getAsInt(), 1, Integer::sum);
        }
        int share = DRAWS / (to - from + 1);
        for (int second = from; second <= to; second++) {
            assertThat(drawn.getOrDefault(second, 0)).as("at second %d", second).isBetween(share / 2, 2 * share);
        }
        assertThat(drawn).hasSize(to - from + 1);
    }
}
