package aiguillage.gateway.outbox;

import static aiguillage.gateway.outbox.OutboxScene.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.status.Trouble;
import aiguillage.gateway.testing.OnceHub;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// One document, one id, one answer (I2).
final class OnceTest {

    @TempDir
    private Path root;

    @Test
    void aRetryAtTheDoorAddsNothing() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();

        assertThat(accept(outbox, "claim-1", "one")).isInstanceOf(Taken.Fresh.class);
        assertThat(accept(outbox, "claim-1", "one")).isInstanceOf(Taken.Repeated.class);
        assertThat(outbox.backlog(CLAIMS.brand()).documents()).isEqualTo(1);
    }

    /// The door said no. Its file must not leave with the envelope of the document that has its number next.
    @Test
    void whatCouldNotBeStoredAtTheDoorIsNeverSentUnderAnotherEnvelope() throws Exception {
        var hub = new AtomicReference<OnceHub>();
        var scene = new OutboxScene(root, steps -> {
            hub.set(new OnceHub(steps));
            return hub.get();
        });
        Outbox outbox = scene.open();
        scene.book.failNextWrite();
        assertThatThrownBy(() -> accept(outbox, "claim-1", "of the door")).isInstanceOf(UncheckedIOException.class);
        scene.put(CLAIMS, "a.xml", "of the folder");
        scene.look(outbox);
        outbox.sendNow();
        assertThat(hub.get().accepted()).containsExactly("of the folder");

        assertThat(accept(outbox, "claim-1", "of the door")).isInstanceOf(Taken.Fresh.class);
        outbox.sendNow();
        assertThat(hub.get().accepted()).containsExactly("of the folder", "of the door");
    }

    /// A book that was lost looks like this: the DMS was told yes for what lies there.
    @Test
    void aFileWithoutARecordIsSetAsideAndNotDeleted() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Path outboxOfClaims = Files.createDirectories(root.resolve("data/opel/claim"));
        Files.writeString(outboxOfClaims.resolve("0000000000000007"), "told yes");
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger(Outbox.class);
        log.addAppender(logged);
        scene.look(scene.open());
        log.detachAppender(logged);

        assertThat(OutboxScene.names(outboxOfClaims)).isEmpty();
        assertThat(root.resolve("data/set_aside/opel/claim/0000000000000007")).hasContent("told yes");
        assertThat(logged.list)
                .flatExtracting(ILoggingEvent::getKeyValuePairs)
                .extracting(pair -> pair.value) // plain text, also where a log is JSON
                .contains("opel/claim", root.resolve("data/set_aside").toString());
    }

    @Test
    void filesThatAreNotOursInTheOutboxStayAndStopNoStart() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Path outboxOfClaims = Files.createDirectories(root.resolve("data/opel/claim"));
        for (String name : List.of(".DS_Store", ".nfs0000000000000041", "desktop.ini", "41")) {
            Files.writeString(outboxOfClaims.resolve(name), "x");
        }
        scene.look(scene.open());

        assertThat(OutboxScene.names(outboxOfClaims))
                .containsExactly(".DS_Store", ".nfs0000000000000041", "41", "desktop.ini");
        assertThat(root.resolve("data/set_aside")).doesNotExist();
    }

    @Test
    void theSameIdWithOtherContentIsAConflictAtTheDoor() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();

        accept(outbox, "claim-1", "one");
        assertThat(accept(outbox, "claim-1", "two")).isInstanceOf(Taken.Conflict.class);
    }

    @Test
    void ofTwoFilesWithOneIdTakenTogetherTheFirstHasIt() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        twoFilesWithOneId(scene);
        scene.look(outbox);
        assertThat(outbox.document(CLAIMS.brand(), new DocumentId("W-17")))
                .hasValueSatisfying(state -> assertThat(state.name()).isEqualTo("a.xml"));
        outbox.sendNow();

        assertThat(outbox.document(CLAIMS.brand(), new DocumentId("W-17"))).hasValueSatisfying(state -> {
            assertThat(state.state()).isEqualTo(DocumentState.State.ACCEPTED);
            assertThat(state.name()).isEqualTo("a.xml");
        });
        assertThat(scene.folders.refused(CLAIMS).resolve("b.xml.reason.txt")).exists();
    }

    @Test
    void ofTwoFilesWithOneIdFiledTogetherTheAcceptedOneTellsTheState() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        twoFilesWithOneId(scene);
        scene.look(scene.open());
        var records = new Records(scene.book, JsonMapper.shared());
        var id = new DocumentId("W-17");
        records.write(List.of(records.remove(CLAIMS.brand(), id)), true); // the DMS took back who had it first
        var filing = new Filing(scene.folders, records, scene.disk, scene.clock);
        filing.file(filing.keep(List.of(
                answered(records, 1, new Answer.Accepted("{}")),
                answered(records, 2, new Answer.Refused(new Refusal("id-taken", "Taken.", "", ""))))));

        assertThat(records.document(CLAIMS.brand(), id)).isNotNull().satisfies(state -> {
            assertThat(state.state()).isEqualTo(DocumentState.State.ACCEPTED);
            assertThat(state.name()).isEqualTo("a.xml");
        });
    }

    private static void twoFilesWithOneId(OutboxScene scene) throws IOException {
        for (String name : List.of("a.xml", "b.xml")) {
            Files.writeString(scene.folders.out(CLAIMS).resolve(name + ".envelope.json"), "{\"id\":\"W-17\"}");
            scene.put(CLAIMS, name, name);
        }
    }

    private Filing.Answered answered(Records records, long number, Answer.Final answer) {
        Waiting document = Objects.requireNonNull(records.from(CLAIMS, number));
        Path payload = root.resolve("data/opel/claim").resolve(HexFormat.of().toHexDigits(number));
        return new Filing.Answered(document, payload, answer);
    }

    @Test
    void aRefusedDocumentMayComeAgainCorrectedUnderItsId() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        accept(outbox, "claim-1", "poison");
        outbox.sendNow();

        assertThat(accept(outbox, "claim-1", "one")).isInstanceOf(Taken.Fresh.class);
        outbox.sendNow();
        assertThat(outbox.document(CLAIMS.brand(), new DocumentId("claim-1")))
                .hasValueSatisfying(state -> assertThat(state.state()).isEqualTo(DocumentState.State.ACCEPTED));
    }

    @Test
    void aFileNameUsedTwiceKeepsBothDocuments() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        for (String content : new String[] {"one", "two"}) {
            scene.put(CLAIMS, "claim.xml", content);
            scene.look(outbox);
            outbox.sendNow();
        }
        assertThat(scene.folders.done(CLAIMS).resolve("claim.xml")).hasContent("one");
        assertThat(scene.folders.done(CLAIMS).resolve("claim~2.xml")).hasContent("two");
        assertThat(scene.folders.done(CLAIMS).resolve("claim~2.xml.receipt.json"))
                .exists();
    }

    @Test
    void aSideFileGivesTheEnvelope() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        Files.writeString(
                scene.folders.out(CLAIMS).resolve("c.xml.envelope.json"),
                "{\"id\":\"W-17\",\"recipient\":\"opel-centre\",\"contenttype\":\"application/xml\"}");
        scene.put(CLAIMS, "c.xml", "one");
        scene.look(outbox);
        outbox.sendNow();

        assertThat(outbox.document(CLAIMS.brand(), new DocumentId("W-17")))
                .hasValueSatisfying(state -> assertThat(state.receipt()).contains("position"));
        assertThat(OutboxScene.names(scene.folders.out(CLAIMS))).isEmpty();
    }

    @Test
    void aBrokenSideFileRefusesItsDocumentInBothLanguages() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        Files.writeString(scene.folders.out(CLAIMS).resolve("c.xml.envelope.json"), "{\"id\":");
        scene.put(CLAIMS, "c.xml", "one");
        scene.look(outbox);
        outbox.sendNow();

        Path reason = scene.folders.refused(CLAIMS).resolve("c.xml.reason.txt");
        assertThat(reason)
                .content(StandardCharsets.UTF_8)
                .contains("Ce document n’a pas été envoyé : c.xml", "Que faire : ");
        assertThat(reason)
                .content(StandardCharsets.UTF_8)
                .contains("This document was not sent: c.xml", "side-file-invalid")
                .doesNotContain("Conseil du hub", "The hub advises"); // the remedy is there in the reader's language
    }

    /// Each of these was once stored durably and then could neither be sent nor be read back at the next start.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"time\":\"9999-12-31T23:59:59-05:00\"}",
                "{\"contenttype\":\"text/plain; name=prix-€.txt\"}",
                "{\"contenttype\":\"text/plain; name=décembre.txt\"}"
            })
    void aSideFileThatNoHubCouldBeSentIsRefusedAndTheGatewayGoesOn(String sideFile) throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        Files.writeString(scene.folders.out(CLAIMS).resolve("c.xml.envelope.json"), sideFile);
        scene.put(CLAIMS, "c.xml", "one");
        scene.put(CLAIMS, "d.xml", "two");
        scene.look(outbox);
        Outbox again = scene.open(); // the records can be read
        again.sendNow();

        assertThat(scene.folders.refused(CLAIMS).resolve("c.xml.reason.txt"))
                .content(StandardCharsets.UTF_8)
                .contains("side-file-invalid");
        assertThat(scene.folders.done(CLAIMS).resolve("d.xml")).exists();
    }

    @Test
    void anEnvelopeThatNoHubCouldBeSentIsNotTakenAtTheDoor() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        SortedMap<String, String> long1 = new TreeMap<>();
        for (String name : List.of("one", "two", "three")) {
            long1.put(name, "é".repeat(Envelope.VALUE_CHARS_MAX));
        }
        for (Envelope envelope : List.of(
                with("text/é", null, new TreeMap<>()),
                with(null, Instant.parse("+10000-01-01T00:00:00Z"), new TreeMap<>()),
                with(null, null, long1))) {
            assertThatThrownBy(() -> outbox.accept(envelope, new ByteArrayInputStream(new byte[1]), 10))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(outbox.backlog(CLAIMS.brand()).documents()).isZero();
    }

    @Test
    void aDocumentThatCannotBePutIntoARequestIsRefusedAndTheNextIsSent() throws Exception {
        var scene = new OutboxScene(root, steps -> (document, payload) -> {
            if (document.name().equals("a.xml")) {
                throw new IllegalArgumentException("invalid header value");
            }
            return new Answer.Accepted("{}");
        });
        scene.put(CLAIMS, "a.xml", "one");
        scene.put(CLAIMS, "b.xml", "two");
        Outbox outbox = scene.open();
        scene.look(outbox);
        outbox.sendNow();

        assertThat(scene.folders.refused(CLAIMS).resolve("a.xml.reason.txt"))
                .content(StandardCharsets.UTF_8)
                .contains("envelope-invalid", "invalid header value", "L’enveloppe");
        assertThat(scene.folders.done(CLAIMS).resolve("b.xml")).exists();
    }

    /// A DMS of old writes names in Latin-1; in a system of UTF-8, or of ASCII, Java cannot write such a name back.
    @Test
    void aFileNameThatCannotBeWrittenBackIsToldAboutAndTheOthersAreSent() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "printf one > \"$(printf 'r\\351clam.xml')\" && mv r*clam.xml \"$1\"",
                        "sh",
                        scene.folders.out(CLAIMS).toString())
                .directory(root.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
        scene.put(CLAIMS, "d.xml", "two");
        scene.look(outbox);
        outbox.sendNow();

        assertThat(scene.folders.done(CLAIMS).resolve("d.xml")).exists();
        try (var left = Files.list(scene.folders.out(CLAIMS))) {
            assertThat(left).hasSize(1);
        }
        assertThat(scene.troubles.open()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Trouble.Kind.FILE_UNREADABLE);
            assertThat(trouble.detail()).contains("rename it");
        });
        assertThat(outbox.backlog(CLAIMS.brand()).documents()).isZero();
    }

    @Test
    void aFullDiskIsOverWhenThereIsRoomThoughNoDocumentComes() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        scene.disk.leave(-1);
        Path file = scene.put(CLAIMS, "a.xml", "one");
        scene.look(outbox);
        assertThat(scene.troubles.open()).extracting(Trouble::kind).containsExactly(Trouble.Kind.DISK_FULL);
        Files.delete(file); // the DMS takes it back
        scene.look(outbox);
        outbox.lookAtSpace();
        assertThat(scene.troubles.open()).extracting(Trouble::kind).containsExactly(Trouble.Kind.DISK_FULL);

        scene.disk.leave(Long.MAX_VALUE);
        outbox.lookAtSpace();
        assertThat(scene.troubles.open()).isEmpty();
    }

    @Test
    void aFullDiskIsOneTroubleHoweverManyFlowsWait() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        scene.disk.leave(-1);
        Path claim = scene.put(CLAIMS, "a.xml", "one");
        Path order = scene.put(OutboxScene.ORDERS, "b.xml", "two");
        scene.look(outbox);
        assertThat(scene.troubles.open()).extracting(Trouble::kind).containsExactly(Trouble.Kind.DISK_FULL);
        assertThat(claim).exists();
        assertThat(order).exists();

        scene.disk.leave(Long.MAX_VALUE);
        scene.look(outbox);
        assertThat(scene.troubles.open()).isEmpty();
        assertThat(outbox.backlog(CLAIMS.brand()).documents()).isEqualTo(2);
    }

    @Test
    void whatIsForgottenIsOldAndAnswered() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();
        accept(outbox, "claim-1", "one");
        outbox.sendNow();
        accept(outbox, "claim-2", "two");

        outbox.forget(Duration.ofSeconds(-1));

        assertThat(outbox.document(CLAIMS.brand(), new DocumentId("claim-1"))).isEmpty();
        assertThat(outbox.document(CLAIMS.brand(), new DocumentId("claim-2"))).isPresent();
    }

    private static Envelope with(
            @Nullable String contentType, @Nullable Instant time, SortedMap<String, String> extensions) {
        return new Envelope(new DocumentId("x"), OutboxScene.DEALER, CLAIMS, null, time, contentType, null, extensions);
    }

    private static Taken accept(Outbox outbox, String id, String content) throws IOException {
        Envelope envelope = Envelope.of(new DocumentId(id), OutboxScene.DEALER, CLAIMS);
        return outbox.accept(envelope, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), 1_000);
    }
}
