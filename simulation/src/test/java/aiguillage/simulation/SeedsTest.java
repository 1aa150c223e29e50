package aiguillage.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.simulation.world.Report;
import aiguillage.simulation.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// I1 to I5, in many worlds.
class SeedsTest {

    private static final int FIXED_SEEDS = 40;

    @BeforeAll
    static void quiet() {
        Main.quiet();
    }

    @Test
    void whatMustHoldHoldsForTheSeedsOfEveryRun() {
        var counts = new Counts();
        for (long seed = 1; seed <= FIXED_SEEDS; seed++) {
            Report report = new World(seed, false).run();
            counts.add(report);
            assertThat(report.violation())
                    .as("./aiguillage simulate --seed " + seed)
                    .isNull();
        }
        assertThat(counts.runs()).isEqualTo(FIXED_SEEDS);
        System.out.println("Fixed seeds: " + counts);
    }

    @Test
    void whatMustHoldHoldsForSeedsNobodyHasTried() {
        Duration time = Duration.ofSeconds(Long.getLong("aiguillage.simulation.seconds", 40));
        var counts = new Counts();
        List<Report> found = Main.newSeeds(time, counts);
        System.out.println("New seeds: " + counts);
        assertThat(found).as("repeat it: ./aiguillage simulate --seed S").isEmpty();
    }
}
