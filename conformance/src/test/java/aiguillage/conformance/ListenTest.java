package aiguillage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Address;
import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Doors;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.driver.Waiting;
import aiguillage.conformance.ground.IdentityFolder;
import aiguillage.conformance.ground.PracticeHub;
import aiguillage.conformance.listen.Editor;
import aiguillage.conformance.listen.EditorDoor;
import aiguillage.conformance.listen.Line;
import aiguillage.conformance.listen.Task;
import aiguillage.conformance.situation.Fault;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Situations;
import aiguillage.conformance.situation.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kit as the hub: a system that does what it is asked passes, one with a mistake does not.
@Timeout(180)
class ListenTest {

    /// One of each kind of step; all with `-Daiguillage.many=true`.
    private static final List<String> SOME = List.of(
            "accept",
            "retry",
            "conflict",
            "answer-lost",
            "broken-off",
            "hub-away",
            "wrong-schema",
            "wrong-role",
            "stranger",
            "acknowledge",
            "reject");

    /// An editor whose system is a client of ours, behind the lines; it does each task before it says a word.
    private static final class Robot implements Editor {

        private final Door door;
        private final Place place;
        private Said said = Said.NOTHING;

        Robot(Door door, Place place) {
            this.door = door;
            this.place = place;
        }

        @Override
        public void asked(Task task) {
            if (task instanceof Task.Send send && send.manner() != Manner.AT_ONCE) {
                Thread.ofVirtual().start(() -> done(task)); // it waits for an answer that never comes
            } else {
                done(task);
                said = Said.REFUSED;
            }
        }

        private void done(Task task) {
            try (DealerDriver session = door.open(task.as(), place)) {
                switch (task) {
                    case Task.Send(Identity _, Offer offer, Path _, Manner _) -> session.submit(offer, Manner.AT_ONCE);
                    case Task.Acknowledge(Identity _, Waiting waiting) -> session.acknowledge(found(session, waiting));
                    case Task.Reject(Identity _, Waiting waiting, String reason) ->
                        session.reject(found(session, waiting), reason);
                }
            }
        }

        private static Waiting found(DealerDriver session, Waiting wanted) {
            return session.pull(wanted.flow()).stream()
                    .filter(one -> one.digest().equals(wanted.digest()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public Said said() {
            Said told = said;
            said = Said.NOTHING;
            return told;
        }
    }

    private static List<Result> played(Path folder, String name, List<Situation> situations, boolean isFaulty)
            throws Exception {
        List<Result> results = new ArrayList<>();
        try (var hub = PracticeHub.start(folder.resolve("hub"), PracticeHub.Ports.FREE);
                var main = new Line(0, hub.ports().main());
                var sftp = new Line(0, hub.ports().sftp())) {
            var behind = new Place(
                    new Address("localhost", main.port()),
                    new Address("127.0.0.1", sftp.port()),
                    hub.hostKeyFingerprint(),
                    null,
                    hub.place().anchors());
            var kit = new Kit(
                    new Stage(hub.place(), Map.of(), hub::journal, hub), Locale.ENGLISH, "l", Kit.Judge.JOURNAL);
            Door plain = Doors.every().named(name).orElseThrow();
            for (Situation situation : situations) {
                Door door = isFaulty ? situation.fault().in(plain, hub.identity(plain.player())) : plain;
                results.add(kit.play(
                        situation, listening(folder, hub, List.of(main, sftp), new Robot(door, behind), door)));
            }
        }
        return results;
    }

    /// Whose system sends nothing has no other mistake to look for.
    @Test
    void aSystemThatDoesNothingIsToldThatNothingCame(@TempDir Path folder) throws Exception {
        var silent = new Editor() {
            @Override
            public void asked(Task task) {
                // nothing is done
            }

            @Override
            public Said said() {
                return Said.NOTHING;
            }
        };
        try (var hub = PracticeHub.start(folder.resolve("hub"), PracticeHub.Ports.FREE)) {
            var kit = new Kit(
                    new Stage(hub.place(), Map.of(), hub::journal, hub), Locale.ENGLISH, "l", Kit.Judge.JOURNAL);
            Door rest = Doors.every().named("rest").orElseThrow();
            Result result = kit.play(
                    Situations.every().all().getFirst(),
                    listening(folder, hub, List.of(), silent, rest, Duration.ofSeconds(1)));
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.seen()).isEqualTo("nothing came within 1 s");
            assertThat(result.why()).contains("have your system do what is asked");
        }
    }

    private static Door listening(Path folder, PracticeHub hub, List<Line> lines, Editor editor, Door door)
            throws IOException {
        return listening(folder, hub, lines, editor, door, Duration.ofSeconds(20));
    }

    private static Door listening(
            Path folder, PracticeHub hub, List<Line> lines, Editor editor, Door door, Duration patience)
            throws IOException {
        return new EditorDoor(
                door,
                hub,
                lines,
                editor,
                new IdentityFolder(folder.resolve("keys")),
                folder.resolve("documents"),
                patience);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "sftp"})
    void aSystemThatDoesAsItIsAskedPasses(String door, @TempDir Path folder) throws Exception {
        List<Situation> played = Situations.every().all().stream()
                .filter(one -> Boolean.getBoolean("aiguillage.many") || SOME.contains(one.id()))
                .filter(one -> !one.id().equals("more-than-one-page")) // 105 steps
                .toList();
        assertThat(played(folder, door, played, false))
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.situation().id() + ": demanded " + result.demanded() + "; seen " + result.seen())
                        .isIn(Verdict.PASSED, Verdict.INEXPRESSIBLE));
    }

    @ParameterizedTest
    @ValueSource(strings = "rest")
    void aSystemThatMakesAMistakeDoesNot(String door, @TempDir Path folder) throws Exception {
        List<Situation> played = Situations.every().all().stream()
                .filter(one -> List.of("accept", "retry", "retry-on-a-new-line", "reject", "impostor")
                        .contains(one.id()))
                .toList();
        assertThat(played)
                .extracting(Situation::fault)
                .contains(Fault.NEW_ID_FOR_A_RETRY, Fault.CLAIMS_WITHOUT_SENDING);
        assertThat(played(folder, door, played, true))
                .extracting(Result::verdict)
                .containsOnly(Verdict.FAILED);
    }
}
