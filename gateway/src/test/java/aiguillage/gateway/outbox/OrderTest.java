package aiguillage.gateway.outbox;

import static aiguillage.gateway.outbox.OutboxScene.CLAIMS;
import static aiguillage.gateway.outbox.OutboxScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.testing.OnceHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of a flow holds at the hub, and one document never holds back the next (I3).
final class OrderTest {

    @TempDir
    private Path root;

    @Test
    void documentsOfAFlowArriveInTheOrderOfTheirFiles() throws Exception {
        List<String> arrived = new ArrayList<>();
        var scene = new OutboxScene(root, steps -> (document, payload) -> accepted(arrived, payload));
        for (int i = 0; i < 200; i++) {
            scene.put(CLAIMS, (200 - i) + ".xml", "claim " + i);
        }
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(arrived).hasSize(200).isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
    }

    @Test
    void aRetryKeepsTheOrderAndWaitsLongerEachTime() throws Exception {
        List<String> arrived = new ArrayList<>();
        List<Integer> tries = new ArrayList<>();
        var scene = new OutboxScene(root, steps -> (document, payload) -> {
            tries.add(tries.size());
            return tries.size() <= 3 ? new Answer.Later("busy", null, false) : accepted(arrived, payload);
        });
        scene.put(CLAIMS, "a.xml", "claim 1");
        scene.put(CLAIMS, "b.xml", "claim 2");
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(arrived).containsExactly("claim 1", "claim 2");
        assertThat(scene.pauses).hasSize(3);
        assertThat(scene.pauses.getLast()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void whatTheHubAsksForInRetryAfterIsKept() throws Exception {
        List<Integer> tries = new ArrayList<>();
        var scene = new OutboxScene(root, steps -> (document, payload) -> {
            tries.add(tries.size());
            return tries.size() == 1
                    ? new Answer.Later("disk full", Duration.ofSeconds(40), false)
                    : new Answer.Accepted("{}");
        });
        scene.put(CLAIMS, "a.xml", "claim 1");
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(scene.pauses)
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(44)));
    }

    @Test
    void aRefusedDocumentNeverHoldsBackTheNext() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        scene.put(CLAIMS, "a.xml", "poison");
        scene.put(CLAIMS, "b.xml", "good");
        scene.put(ORDERS, "c.xml", "other flow");
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(scene.folders.refused(CLAIMS).resolve("a.xml")).exists();
        assertThat(scene.folders.done(CLAIMS).resolve("b.xml")).exists();
        assertThat(scene.folders.done(ORDERS).resolve("c.xml")).exists();
    }

    @Test
    void aDocumentOnWhichTheHubAlwaysFailsIsSetAside() throws Exception {
        List<String> arrived = new ArrayList<>();
        var scene = new OutboxScene(
                root,
                steps -> (document, payload) -> document.name().equals("a.xml")
                        ? new Answer.Later("null pointer", null, true)
                        : accepted(arrived, payload));
        scene.put(CLAIMS, "a.xml", "stumble");
        scene.put(CLAIMS, "b.xml", "good");
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(arrived).containsExactly("good");
        assertThat(scene.folders.refused(CLAIMS).resolve("a.xml.reason.txt"))
                .content()
                .contains("hub-failed", "null pointer");
    }

    @Test
    void aHubThatFailsOnEverythingForHoursSetsNothingAside() throws Exception {
        List<String> arrived = new ArrayList<>();
        List<Duration> time = new ArrayList<>();
        var scene = new OutboxScene(
                root,
                time,
                steps -> (document, payload) ->
                        time.size() < 500 ? new Answer.Later("null pointer", null, true) : accepted(arrived, payload));
        for (String name : List.of("1", "2", "3")) {
            scene.put(CLAIMS, name, "claim " + name);
        }
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(arrived).containsExactly("claim 1", "claim 2", "claim 3");
        assertThat(OutboxScene.names(scene.folders.refused(CLAIMS))).isEmpty();
        assertThat(time.stream().reduce(Duration.ZERO, Duration::plus)).isGreaterThan(Duration.ofHours(2));
    }

    @Test
    void aHubThatRecoversBetweenTwoDocumentsSetsNothingAside() throws Exception {
        for (int failures = 1; failures < 40; failures++) {
            int fails = failures;
            List<String> arrived = new ArrayList<>();
            List<String> tries = new ArrayList<>();
            var scene = new OutboxScene(root.resolve("after-" + failures), steps -> (document, payload) -> {
                tries.add(document.name());
                return tries.size() <= fails
                        ? new Answer.Later("null pointer", null, true)
                        : accepted(arrived, payload);
            });
            scene.put(CLAIMS, "1", "claim 1");
            scene.put(CLAIMS, "2", "claim 2");
            Outbox outbox = scene.open();
            scene.look(outbox);
            outbox.sendNow();
            assertThat(arrived).as("after " + failures + " failures").contains("claim 1", "claim 2");
        }
    }

    private static Answer accepted(List<String> arrived, Path payload) {
        try {
            arrived.add(Files.readString(payload));
            return new Answer.Accepted("{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(String content) {
        return Integer.parseInt(content.substring(content.indexOf(' ') + 1));
    }
}
