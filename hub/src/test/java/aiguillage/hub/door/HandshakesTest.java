package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever has begun a handshake comes to its end, however many want to begin one.
@Timeout(30)
class HandshakesTest {

    @Test
    void aHandshakeThatHasBegunGoesFirst() throws Exception {
        var handshakes = new Handshakes(1);
        handshakes.start();
        var all = new CountDownLatch(5);
        var busy = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        handshakes.execute(false, () -> await(busy));
        step(handshakes, false, "new 1", order, all);
        step(handshakes, false, "new 2", order, all);
        step(handshakes, true, "begun 1", order, all);
        step(handshakes, false, "new 3", order, all);
        step(handshakes, true, "begun 2", order, all);
        busy.countDown();

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("begun 1", "begun 2", "new 1", "new 2", "new 3");
        handshakes.stop();
        step(handshakes, true, "late", order, all);
        assertThat(order).doesNotContain("late");
    }

    private static void step(
            Handshakes handshakes, boolean begun, String name, List<String> order, CountDownLatch all) {
        handshakes.execute(begun, () -> {
            order.add(name);
            all.countDown();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
