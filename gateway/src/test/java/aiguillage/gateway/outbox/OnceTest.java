package aiguillage.gateway.outbox;

import static aiguillage.gateway.outbox.OutboxScene.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.testing.OnceHub;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void theSameIdWithOtherContentIsAConflictAtTheDoor() throws Exception {
        var scene = new OutboxScene(root, OnceHub::new);
        Outbox outbox = scene.open();

        accept(outbox, "claim-1", "one");
        assertThat(accept(outbox, "claim-1", "two")).isInstanceOf(Taken.Conflict.class);
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
        assertThat(reason).content(StandardCharsets.UTF_8).contains("Ce document n’a pas été envoyé", "Que faire");
        assertThat(reason).content(StandardCharsets.UTF_8).contains("This document was not sent", "side-file-invalid");
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

    private static Taken accept(Outbox outbox, String id, String content) throws IOException {
        Envelope envelope = Envelope.of(new DocumentId(id), OutboxScene.DEALER, CLAIMS);
        return outbox.accept(envelope, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), 1_000);
    }
}
