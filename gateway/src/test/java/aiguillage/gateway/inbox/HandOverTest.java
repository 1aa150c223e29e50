package aiguillage.gateway.inbox;

import static aiguillage.gateway.inbox.InboxScene.DECISIONS;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.status.Trouble;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deliveries reach the DMS whole, once, under stable names; what cannot be handed over says why.
final class HandOverTest {

    @TempDir
    private Path root;

    @Test
    void aDeliveryOfferedAgainIsAcknowledgedAndNotHandedOverAgain() throws Exception {
        var scene = new InboxScene(root);
        Inbox inbox = scene.open();
        Delivery delivery = scene.offer(41, DECISIONS, "d-1", "approved");
        inbox.handOver(List.of(delivery));

        Result again = scene.open().handOver(List.of(delivery));

        assertThat(again.handedOver()).containsExactly(new Position(41));
        assertThat(scene.takenByDms).containsExactly("approved");
    }

    @Test
    void anotherDocumentAtTheSamePositionIsHandedOver() throws Exception {
        var scene = new InboxScene(root);
        Inbox inbox = scene.open();
        inbox.handOver(List.of(scene.offer(41, DECISIONS, "d-1", "before the hub's restore")));
        inbox.handOver(List.of(scene.offer(41, DECISIONS, "d-9", "after it")));

        assertThat(scene.takenByDms).containsExactly("before the hub's restore", "after it");
    }

    @Test
    void oneThatCannotBeHandedOverNowIsNotOvertakenByTheNextOfItsFlow() throws Exception {
        var scene = new InboxScene(root);
        scene.dmsTakes = false;
        byte[] content = "large".getBytes(StandardCharsets.UTF_8);
        var envelope = Envelope.of(new DocumentId("d-1"), new PartyId("opel-centre"), DECISIONS);
        Delivery first =
                Delivery.large(new Position(41), envelope, Digest.of(content), content.length, "/v1/inbox/41/payload");
        Delivery behind = scene.offer(42, DECISIONS, "d-2", "approved");
        Inbox inbox = scene.open();

        Result result = inbox.handOver(List.of(first, behind));
        assertThat(result.handedOver()).isEmpty();
        assertThat(result.again()).isTrue();

        scene.fetcher = (reference, from) -> new ByteArrayInputStream(content);
        assertThat(inbox.handOver(List.of(first, behind)).handedOver())
                .containsExactly(new Position(41), new Position(42));
    }

    @Test
    void aBrandThatIsNotServedIsRejectedWithTheReason() throws Exception {
        var scene = new InboxScene(root);
        scene.offer(41, FlowName.of("ford/decision"), "d-1", "x");
        scene.offer(42, DECISIONS, "d-2", "approved");
        scene.offerAll(scene.open());

        assertThat(scene.rejected)
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("does not serve the brand ford"));
        assertThat(scene.takenByDms).containsExactly("approved");
    }

    @Test
    void aWrongDigestIsFetchedAgainThenRejected() throws Exception {
        var scene = new InboxScene(root);
        List<Long> fetches = new ArrayList<>();
        scene.fetcher = (reference, from) -> {
            fetches.add(from);
            return new ByteArrayInputStream("other".getBytes(StandardCharsets.UTF_8));
        };
        Inbox inbox = scene.open();
        Delivery large = large("right", 41);
        for (int i = 1; i < Inbox.DAMAGED_TRIES_MAX; i++) {
            assertThat(inbox.handOver(List.of(large)).again()).isTrue();
        }
        Result last = inbox.handOver(List.of(large));

        assertThat(last.rejected())
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).contains("3 times"));
        assertThat(fetches).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws Exception {
        var scene = new InboxScene(root);
        List<Long> fetches = new ArrayList<>();
        String content = "a large payload";
        scene.fetcher = (reference, from) -> {
            fetches.add(from);
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            int to = from == 0 ? 5 : bytes.length;
            return new ByteArrayInputStream(bytes, Math.toIntExact(from), to - Math.toIntExact(from));
        };
        assertThat(scene.open().handOver(List.of(large(content, 41))).again()).isTrue();
        assertThat(scene.open().handOver(List.of(large(content, 41))).handedOver())
                .hasSize(1);

        assertThat(fetches).containsExactly(0L, 5L);
        assertThat(scene.takenByDms).containsExactly(content);
    }

    @Test
    void behindOneThatCannotBeHandedOverNowNothingOfItsFlowIs() throws Exception {
        var scene = new InboxScene(root);
        Inbox inbox = scene.open();
        Delivery prices = scene.offer(43, FlowName.of("opel/price-list"), "p-1", "prices");
        Delivery later = scene.offer(42, DECISIONS, "d-2", "approved after all");

        Result result = inbox.handOver(List.of(large("rejected", 41), later, prices)); // 41 cannot be fetched

        assertThat(result.again()).isTrue();
        assertThat(result.handedOver()).containsExactly(prices.position());
        assertThat(scene.takenByDms).containsExactly("prices");
    }

    @Test
    void aFullDiskIsOverWhenThereIsRoomForTheDeliveryThatFoundNone() throws Exception {
        var scene = new InboxScene(root);
        Inbox inbox = scene.open();
        scene.disk.leave(3);
        scene.offer(41, DECISIONS, "d-1", "approved");
        assertThat(scene.offerAll(inbox).again()).isTrue();
        inbox.lookAtSpace();
        assertThat(scene.troubles.open()).extracting(Trouble::kind).containsExactly(Trouble.Kind.DISK_FULL);

        scene.disk.leave("approved".length());
        inbox.lookAtSpace();
        assertThat(scene.troubles.open()).isEmpty();
    }

    @Test
    void anUnwritableFolderHoldsBackOnlyItsOwnDeliveries() throws Exception {
        var scene = new InboxScene(root);
        FlowName other = FlowName.of("opel/price-list");
        Files.createDirectories(scene.folders.in(DECISIONS).getParent());
        Files.writeString(scene.folders.in(DECISIONS), "a file stands where the folder should be");
        Inbox inbox = scene.open();
        scene.offer(41, DECISIONS, "d-1", "approved");
        scene.offer(42, other, "p-1", "prices");

        assertThat(scene.offerAll(inbox).again()).isTrue();
        assertThat(scene.takenByDms).containsExactly("prices");

        Files.delete(scene.folders.in(DECISIONS));
        assertThat(scene.offerAll(inbox).again()).isFalse();
        assertThat(scene.takenByDms).containsExactly("prices", "approved");
        assertThat(scene.troubles.open()).isEmpty();
    }

    @Test
    void aNoticeLiesBesideItsDocument() throws Exception {
        var scene = new InboxScene(root);
        scene.dmsTakes = false;
        Outbox outbox = scene.outbox();
        FlowName claims = FlowName.of("opel/claim");
        Envelope envelope = Envelope.of(new DocumentId("claim-1"), new PartyId("dealer-7"), claims);
        outbox.accept(envelope, new ByteArrayInputStream(new byte[] {1}), 10);
        Inbox inbox = scene.open(outbox);
        String notice = "{\"document\":\"claim-1\",\"state\":\"delivered\",\"reader\":\"opel-centre\"}";
        Delivery delivery = scene.offer(43, claims.notices(), "notice-43", notice);

        assertThat(inbox.isReady(delivery))
                .as("the claim's own answer is not filed yet")
                .isFalse();
        inbox.handOver(List.of(delivery));

        assertThat(scene.folders.done(claims).resolve("claim-1.bin.delivered.json"))
                .hasContent(notice);
        assertThat(outbox.document(claims.brand(), new DocumentId("claim-1")))
                .hasValueSatisfying(state -> assertThat(state.notices()).containsExactly(notice));
    }

    @Test
    void aNoticeAboutAnUnknownDocumentIsHandedOverAsItIs() throws Exception {
        var scene = new InboxScene(root);
        scene.offer(43, FlowName.of("opel/claim.notice"), "notice-43", "{\"document\":\"?\",\"state\":\"../x\"}");
        scene.offerAll(scene.open());

        assertThat(scene.takenByDms).hasSize(1);
    }

    private static Delivery large(String content, long position) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return Delivery.large(
                new Position(position),
                Envelope.of(new DocumentId("d-" + position), new PartyId("opel-centre"), DECISIONS),
                Digest.of(bytes),
                bytes.length,
                "/v1/inbox/" + position + "/payload");
    }
}
