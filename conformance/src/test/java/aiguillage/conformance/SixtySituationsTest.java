package aiguillage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Doors;
import aiguillage.conformance.ground.PracticeHub;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Situations;
import aiguillage.conformance.situation.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One list of situations, through each door: the same outcome in the journal.
@Timeout(180)
class SixtySituationsTest {

    private static final Situations SITUATIONS = Situations.every();

    static Stream<String> doors() {
        return Doors.every().all().stream().map(Door::name);
    }

    @Test
    void thereAreSixty() {
        assertThat(SITUATIONS.all()).hasSize(60);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("doors")
    void eachEndsAsItMustThroughThisDoor(String name, @TempDir Path folder) throws Exception {
        Door door = Doors.every().named(name).orElseThrow();
        List<Result> results = new ArrayList<>();
        try (var hub = PracticeHub.start(folder, PracticeHub.Ports.FREE)) {
            var stage = new Stage(hub.place(), Map.of(), hub::journal, hub);
            var kit = new Kit(stage, Locale.ENGLISH, "t");
            for (Situation situation : SITUATIONS.all()) {
                results.add(kit.play(situation, door));
            }
        }
        assertThat(results)
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.situation().id() + ": demanded " + result.demanded() + "; seen " + result.seen())
                        .isIn(Verdict.PASSED, Verdict.INEXPRESSIBLE));
    }
}
