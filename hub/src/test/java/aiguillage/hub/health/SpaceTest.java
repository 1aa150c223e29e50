package aiguillage.hub.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Documents are refused below the reserve, and taken again, without anybody doing anything, from a tenth more.
class SpaceTest {

    private static final long RESERVE = 1_000;

    private final AtomicLong free = new AtomicLong(5_000);
    private Space space;

    @BeforeEach
    void start() throws IOException {
        space = new Space(free::get, RESERVE);
    }

    private void becomes(long bytes) throws IOException {
        free.set(bytes);
        space.look();
    }

    private void assertFull(long bytes) {
        assertThatThrownBy(() -> space.require(bytes))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.DISK_FULL));
    }

    @Test
    void itRecoversByItselfWhenThereIsATenthMoreThanTheReserve() throws IOException {
        assertThatCode(() -> space.require(100)).doesNotThrowAnyException();
        becomes(RESERVE - 1);
        assertThat(space.isShort()).isTrue();
        assertFull(0);
        becomes(RESERVE + RESERVE / 10 - 1);
        assertThat(space.isShort()).as("at the edge it does not flicker").isTrue();
        assertFull(0);
        becomes(RESERVE + RESERVE / 10);
        assertThat(space.isShort()).isFalse();
        assertThatCode(() -> space.require(100)).doesNotThrowAnyException();
        assertFull(101);
    }

    @Test
    void whatComesInTogetherIsCountedUntilTheDiskIsMeasuredAgain() throws IOException {
        space.take(3_000);
        assertThatThrownBy(() -> space.take(1_001)).isInstanceOf(Refused.class);
        becomes(5_000);
        assertThatCode(() -> space.take(3_000)).doesNotThrowAnyException();
    }
}
