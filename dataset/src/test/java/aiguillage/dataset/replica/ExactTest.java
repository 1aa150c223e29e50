package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// I7: whatever happens to a replica, and in whatever order, at every instant it says what the published
/// version says, or that it cannot tell.
///
/// `-Daiguillage.seed=` repeats one life, `-Daiguillage.lives=` lives more.
class ExactTest {

    private static final long LIVES = Long.getLong("aiguillage.lives", 24);
    private static final int ON_DISK = 8;
    private static final int STEPS = 120;

    @TempDir
    private Path root;

    static LongStream seeds() {
        Long seed = Long.getLong("aiguillage.seed");
        return seed == null ? LongStream.range(0, LIVES) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyAnswerIsThatOfThePublishedVersion(long seed) throws IOException {
        var life = new Life(seed, root, seed % ON_DISK == 0);
        for (int step = 0; step < STEPS; step++) {
            life.step();
            life.compare();
        }
        life.end();
        assertThat(life.compared()).as("the life had answers to compare").isGreaterThan(STEPS);
    }
}
