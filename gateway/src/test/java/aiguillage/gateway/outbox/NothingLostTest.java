package aiguillage.gateway.outbox;

import static aiguillage.gateway.outbox.OutboxScene.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.testing.OnceHub;
import aiguillage.gateway.testing.Steps;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A gateway stopped at any step loses nothing and sends nothing twice.
final class NothingLostTest {

    private static final int STEPS_MAX = 500;

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCrashAtAnyStepOfTheFolderLosesNothingAndSendsNothingTwice(boolean powerCut) throws Exception {
        int crashes = 0;
        for (int step = 1; step < STEPS_MAX; step++) {
            if (!survives(step, powerCut)) {
                break;
            }
            crashes++;
        }
        assertThat(crashes).as("steps at which the program was stopped").isBetween(30, STEPS_MAX - 2);
    }

    @Test
    void aYesAtTheDoorSurvivesACrashAtAnyLaterStep() throws Exception {
        for (int step = 1; step < STEPS_MAX; step++) {
            var hub = new AtomicReference<OnceHub>();
            var scene = new OutboxScene(Files.createTempDirectory(root, "door"), steps -> hub(hub, steps));
            List<String> promised = new ArrayList<>();
            boolean crashed = crashes(scene, step, () -> {
                Outbox outbox = scene.open();
                for (String text : List.of("one", "two")) {
                    accept(outbox, text);
                    promised.add(text);
                }
                outbox.sendNow();
            });
            scene.losePower();
            scene.open().sendNow();
            assertThat(hub.get().accepted()).containsAll(promised).doesNotHaveDuplicates();
            if (!crashed) {
                return;
            }
        }
        throw new AssertionError("the program has more than " + STEPS_MAX + " steps");
    }

    @Test
    void aFileThatTheDmsTakesBackBeforeItIsMovedIsForgotten() throws Exception {
        var hub = new AtomicReference<OnceHub>();
        var scene = new OutboxScene(root, steps -> hub(hub, steps));
        Path file = scene.put(CLAIMS, "a.xml", "one");
        assertThat(crashes(scene, 3, () -> scene.look(scene.open()))).isTrue();
        Files.delete(file);

        Outbox again = scene.open();
        scene.look(again);
        again.sendNow();

        assertThat(hub.get().accepted()).isEmpty();
        assertThat(again.backlog(CLAIMS.brand()).documents()).isZero();
    }

    /// @return false when the program ended before this step
    private boolean survives(int step, boolean powerCut) throws Exception {
        var hub = new AtomicReference<OnceHub>();
        var scene = new OutboxScene(Files.createTempDirectory(root, "folder"), steps -> hub(hub, steps));
        scene.put(CLAIMS, "a.xml", "one");
        Files.writeString(scene.folders.out(CLAIMS).resolve("b.xml.envelope.json"), "{\"id\":\"b-1\"}");
        scene.put(CLAIMS, "b.xml", "two");
        scene.put(CLAIMS, "bad.xml", "poison");
        scene.put(CLAIMS, "c.xml", "three");
        boolean crashed = crashes(scene, step, () -> {
            Outbox outbox = scene.open();
            scene.look(outbox);
            outbox.sendNow();
        });
        if (powerCut) {
            scene.losePower();
        }
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(hub.get().accepted()).as("stopped at step " + step).containsExactly("one", "two", "three");
        assertThat(OutboxScene.names(scene.folders.out(CLAIMS))).isEmpty();
        assertThat(OutboxScene.names(scene.folders.done(CLAIMS)))
                .containsExactly(
                        "a.xml", "a.xml.receipt.json", "b.xml", "b.xml.receipt.json", "c.xml", "c.xml.receipt.json");
        assertThat(OutboxScene.names(scene.folders.refused(CLAIMS))).containsExactly("bad.xml", "bad.xml.reason.txt");
        assertThat(outbox.backlog(CLAIMS.brand()).documents()).isZero();
        return crashed;
    }

    private static OnceHub hub(AtomicReference<OnceHub> holder, Steps steps) {
        holder.set(new OnceHub(steps));
        return holder.get();
    }

    private static void accept(Outbox outbox, String text) throws IOException {
        var envelope = Envelope.of(new DocumentId(text), OutboxScene.DEALER, CLAIMS);
        outbox.accept(envelope, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1_000);
    }

    private static boolean crashes(OutboxScene scene, int step, Program program) throws Exception {
        scene.steps.crashAt(step);
        try {
            program.run();
            return false;
        } catch (Steps.Crash crash) {
            return true;
        } finally {
            scene.steps.neverCrash();
        }
    }

    @FunctionalInterface
    private interface Program {
        void run() throws Exception;
    }
}
