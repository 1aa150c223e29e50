package aiguillage.gateway.inbox;

import static aiguillage.gateway.inbox.InboxScene.DECISIONS;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.testing.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A gateway stopped at any step hands each delivery over exactly once, also to a DMS that takes files away at
/// once.
final class InboxCrashTest {

    private static final int STEPS_MAX = 300;

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCrashAtAnyStepHandsEachDeliveryOverExactlyOnce(boolean powerCut) throws Exception {
        int crashes = 0;
        for (int step = 1; step < STEPS_MAX && survives(step, powerCut); step++) {
            crashes++;
        }
        assertThat(crashes).as("steps at which the program was stopped").isBetween(20, STEPS_MAX - 2);
    }

    /// A record that a killed process left may not be on the disk yet, though it can be read.
    @Test
    void aKillAndThenALossOfPowerHandEachDeliveryOverExactlyOnce() throws Exception {
        int crashes = 0;
        boolean crashed = true;
        for (int first = 1; crashed; first++) {
            crashed = false;
            boolean crashedAgain = true;
            for (int second = 1; crashedAgain; second++) {
                var scene = new InboxScene(Files.createTempDirectory(root, "inbox"));
                scene.offer(41, DECISIONS, "d-1", "approved");
                scene.dmsTakes = false;
                crashed |= crashes(scene, first);
                crashedAgain = crashes(scene, second);
                crashes++;
                scene.losePower();
                scene.takeAll(DECISIONS);
                scene.offerAll(scene.open());
                assertThat(scene.takenByDms)
                        .as("killed at step " + first + ", then without power at step " + second)
                        .containsExactly("approved");
            }
        }
        assertThat(crashes).isBetween(100, 1_000);
    }

    @Test
    void nothingThatWasNeverRecordedIsLeftInStaging() throws Exception {
        var scene = new InboxScene(root);
        scene.offer(41, DECISIONS, "d-1", "approved");
        crashes(scene, 3);
        scene.pending.clear(); // it expired meanwhile: the hub offers it no more
        scene.open();
        try (var left = Files.list(scene.data.resolve("inbox"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void filesThatAreNotOursInStagingStayAndStopNoStart() throws Exception {
        var scene = new InboxScene(root);
        scene.open();
        Path staging = scene.data.resolve("inbox");
        for (String name : List.of(".DS_Store", ".nfs0000000000000041", "desktop.ini", "Thumbs", "0", "41.bak")) {
            Files.writeString(staging.resolve(name), "x");
        }
        Files.writeString(staging.resolve("41"), "ours");
        Files.writeString(staging.resolve("41.envelope"), "ours");
        scene.open();
        try (var left = Files.list(staging)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".DS_Store", ".nfs0000000000000041", "desktop.ini", "Thumbs", "0", "41.bak");
        }
    }

    /// Tells whether the program was stopped at all.
    private boolean survives(int step, boolean powerCut) throws Exception {
        var scene = new InboxScene(Files.createTempDirectory(root, "inbox"));
        scene.offer(41, DECISIONS, "d-1", "approved");
        scene.offer(42, DECISIONS, "d-2", "reduced");
        scene.offer(57, DECISIONS, "d-3", "rejected");
        scene.dmsTakes = !powerCut; // the one gap: a move that the power undoes after the DMS has acted on it
        boolean crashed = crashes(scene, step);
        if (powerCut) {
            scene.losePower();
        }
        scene.offerAll(scene.open());
        if (powerCut) {
            scene.takeAll(DECISIONS);
        }

        assertThat(scene.takenByDms)
                .as("stopped at step " + step)
                .containsExactlyInAnyOrder("approved", "reduced", "rejected");
        assertThat(scene.pending).isEmpty();
        return crashed;
    }

    private static boolean crashes(InboxScene scene, int step) throws IOException, InterruptedException {
        scene.steps.crashAt(step);
        try {
            scene.offerAll(scene.open());
            return false;
        } catch (Steps.Crash crash) {
            return true;
        } finally {
            scene.steps.neverCrash();
        }
    }
}
