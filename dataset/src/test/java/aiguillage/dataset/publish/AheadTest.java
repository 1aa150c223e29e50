package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AheadTest {

    private static final int LARGE = 100 << 10;

    /// Counts up from 1, and fails where it should end.
    private static Ahead.Next<Integer> numbers(AtomicInteger given, int last, Exception failure) {
        return () -> {
            if (given.get() < last) {
                return given.incrementAndGet();
            }
            switch (failure) {
                case IOException io -> throw io;
                case RuntimeException unchecked -> throw unchecked;
                default -> throw new AssertionError(failure);
            }
        };
    }

    private static void assertFails(Exception failure) throws IOException {
        try (var helper = new Helper()) {
            var ahead = new Ahead<>(numbers(new AtomicInteger(), 1_000, failure), _ -> LARGE, helper);
            for (int i = 1; i <= 1_000; i++) {
                assertThat(ahead.next()).isEqualTo(i);
            }
            assertThatThrownBy(ahead::next).isSameAs(failure);
            assertThatThrownBy(ahead::next).isSameAs(failure);
        }
    }

    @Test
    void allThatWasReadBeforeAFailureIsGiven() throws IOException {
        assertFails(new IOException("the line is gone"));
        assertFails(new IllegalStateException("closed"));
    }

    @Test
    void everythingIsGivenOnceAndInOrder() throws IOException {
        List<Integer> all = new ArrayList<>();
        try (var helper = new Helper()) {
            var given = new AtomicInteger();
            var ahead = new Ahead<>(() -> given.get() < 5_000 ? given.incrementAndGet() : null, _ -> 1_000, helper);
            for (Integer next = ahead.next(); next != null; next = ahead.next()) {
                all.add(next);
            }
            assertThat(ahead.next()).isNull();
        }
        assertThat(all).hasSize(5_000).isSorted().doesNotHaveDuplicates();
    }

    /// However slow the other thread is.
    @Test
    void onlyAFewItemsAreHeld() throws Exception {
        var given = new AtomicInteger();
        try (var helper = new Helper()) {
            var ahead = new Ahead<>(given::incrementAndGet, _ -> LARGE, helper);
            assertThat(ahead.next()).isEqualTo(1);
            Helper.await(helper.start(() -> true)); // all that was begun is done now
            assertThat(given).hasValueLessThanOrEqualTo(6);
        }
    }
}
