package aiguillage.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.simulation.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every planted bug is found.
class PlantedTest {

    @ParameterizedTest
    @EnumSource(Planted.class)
    void theSimulationFindsIt(Planted bug) throws Exception {
        Main.quiet();
        assertThat(Trials.of(bug).isCaught()).as(bug.what()).isTrue();
    }
}
