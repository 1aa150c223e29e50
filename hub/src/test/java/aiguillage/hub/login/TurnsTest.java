package aiguillage.hub.login;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.Until;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    private final Turns turns = new Turns();
    private final BlockingQueue<String> had = new LinkedBlockingQueue<>();

    private void waits(String address, int failures) throws Exception {
        int before = turns.waiting();
        Thread.startVirtualThread(() -> {
            try {
                if (turns.enter(address, failures, LONG)) {
                    had.add(address);
                    turns.leave();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Until.holds(address + " waits", () -> turns.waiting() > before);
    }

    @Test
    void aNewAddressComesBeforeAFloodFromOthers() throws Exception {
        assertThat(turns.enter("first", 0, LONG)).isTrue();
        for (int i = 0; i < 50; i++) {
            waits("guesser", 5);
        }
        for (int i = 0; i < 3; i++) {
            waits("many at once", 0);
        }
        waits("party", 0);
        turns.leave();
        List<String> firstThree = List.of(next(), next(), next());
        assertThat(firstThree).containsExactly("many at once", "party", "many at once");
    }

    private String next() throws InterruptedException {
        return String.valueOf(had.poll(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsToldAndHoldsNobodyUp() throws Exception {
        assertThat(turns.enter("first", 0, LONG)).isTrue();
        assertThat(turns.enter("second", 0, Duration.ofMillis(20))).isFalse();
        assertThat(turns.waiting()).isZero();
        turns.leave();
        assertThat(turns.enter("third", 0, LONG)).isTrue();
    }
}
