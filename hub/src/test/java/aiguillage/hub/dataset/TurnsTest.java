package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.PartyId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// All rows are gone through for one party after the other, however often one of them asks.
@Timeout(60)
class TurnsTest {

    private static final PartyId GREEDY = new PartyId("dealer-8");
    private static final PartyId HONEST = new PartyId("dealer-7");

    private final Turns turns = new Turns(1);

    private static void requireAskedAgain(Turns.Turn second) {
        assertThatThrownBy(second::line).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
            assertThat(refused.particulars()).containsEntry("retryAfter", Turns.AGAIN_SECONDS);
        });
        closed(second); // what was refused takes no place away
    }

    private static void closed(Turns.Turn turn) {
        try (turn) {
            assertThat(turn).isNotNull();
        }
    }

    @Test
    void aPartyHasOnePlaceHoweverOftenItAsks() {
        try (Turns.Turn served = turns.of(GREEDY)) {
            served.await();
            for (int i = 0; i < 400; i++) {
                requireAskedAgain(turns.of(GREEDY));
            }
        }
        try (Turns.Turn next = turns.of(GREEDY)) {
            next.await();
        }
    }

    @Test
    void whoWaitsIsNotServedASecondTimeBesides() throws Exception {
        var hasLine = new CountDownLatch(1);
        var isServed = new AtomicBoolean();
        Thread waiting;
        try (Turns.Turn greedy = turns.of(GREEDY)) {
            greedy.await();
            waiting = Thread.startVirtualThread(() -> {
                try (Turns.Turn honest = turns.of(HONEST)) {
                    honest.line();
                    hasLine.countDown();
                    honest.await();
                    isServed.set(true);
                }
            });
            hasLine.await();
            requireAskedAgain(turns.of(HONEST));
            assertThat(isServed).isFalse();
        }
        waiting.join();
        assertThat(isServed).isTrue();
        try (Turns.Turn again = turns.of(HONEST)) {
            again.await();
        }
    }

    @Test
    void whoWaitsForNothingTakesNoPlace() {
        Turns.Turn idle = turns.of(GREEDY);
        try (Turns.Turn other = turns.of(GREEDY)) {
            other.await();
            closed(idle);
            requireAskedAgain(turns.of(GREEDY));
        }
    }
}
