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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A kit that cannot fail proves nothing: a client with the mistake that a situation is for fails in it.
@Timeout(180)
class PlantedFaultsTest {

    /// REST alone, unless all are asked for: the mistakes are the client's, whatever the door.
    static Stream<Door> doors() {
        boolean isEvery = Boolean.getBoolean("aiguillage.many");
        return Doors.every().all().stream()
                .filter(door -> isEvery || door.name().equals("rest"));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void everySituationFindsItsFault(Door door, @TempDir Path folder) throws Exception {
        List<Result> unexpected = new ArrayList<>();
        try (var hub = PracticeHub.start(folder, PracticeHub.Ports.FREE)) {
            var stage = new Stage(hub.place(), Map.of(), hub::journal, hub);
            var kit = new Kit(stage, Locale.ENGLISH, "f");
            for (Situation situation : Situations.every().all()) {
                Result result = kit.play(situation, situation.fault().in(door, hub.identity(door.player())));
                if (result.verdict() == Verdict.PASSED || result.verdict() == Verdict.NOT_RUN) {
                    unexpected.add(result);
                }
            }
        }
        assertThat(unexpected).isEmpty();
    }
}
