package aiguillage.hub.journal;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.DEALER;
import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.NOON;
import static aiguillage.hub.testing.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Lanes.Offer;
import aiguillage.hub.journal.Lanes.Room;
import aiguillage.hub.testing.Documents;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What waits for the journal is taken fairly, in bounds.
class LanesTest {

    private static final PartyId OTHER = new PartyId("dealer-8");

    private final Lanes lanes = new Lanes(new Room(100, 10_000), new Room(200, 20_000));

    private static Waiting waiting(PartyId party, String id, int bytes) {
        return new Waiting(
                accepted(id, id, party, CENTRE),
                new byte[0],
                new byte[bytes],
                Waiting.NO_TABLE,
                new CompletableFuture<>());
    }

    private Offer offer(PartyId party, String id, int bytes) {
        return lanes.offer(party, waiting(party, id, bytes));
    }

    private static String id(Waiting waiting) {
        return ((Entry.DocumentAccepted) waiting.entry()).envelope().id().value();
    }

    private List<String> taken(int entriesMax, long bytesMax) {
        var batch = new ArrayList<Waiting>();
        lanes.drain(batch, new Lanes.Batch(entriesMax, bytesMax, Integer.MAX_VALUE));
        return batch.stream().map(LanesTest::id).toList();
    }

    @Test
    void partiesAreTakenInTurnAndEachInItsOwnOrder() {
        for (int i = 1; i <= 4; i++) {
            offer(DEALER, "a" + i, 1);
        }
        offer(OTHER, "b1", 1);
        offer(OTHER, "b2", 1);
        assertThat(taken(3, 1_000)).containsExactly("a1", "b1", "a2");
        assertThat(taken(10, 1_000)).containsExactly("b2", "a3", "a4");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void aBatchEndsWithTheEntryThatFillsIt() {
        for (int i = 1; i <= 5; i++) {
            offer(DEALER, "a" + i, 400);
        }
        assertThat(taken(10, 1_000)).containsExactly("a1", "a2", "a3");
    }

    @Test
    void whoFillsItsLaneIsRefusedAlone() {
        for (int i = 0; i < 100; i++) {
            assertThat(offer(DEALER, "a" + i, 1)).isEqualTo(Offer.WAITS);
        }
        assertThat(offer(DEALER, "more", 1)).isEqualTo(Offer.PARTY_FULL);
        assertThat(offer(OTHER, "b", 1)).isEqualTo(Offer.WAITS);
        assertThat(taken(1, 1_000)).containsExactly("a0");
        assertThat(offer(DEALER, "again", 1)).isEqualTo(Offer.WAITS);
    }

    @Test
    void bytesAreBoundedToo() {
        assertThat(offer(DEALER, "a1", 6_000)).isEqualTo(Offer.WAITS);
        assertThat(offer(DEALER, "a2", 6_000)).isEqualTo(Offer.PARTY_FULL);
        assertThat(offer(DEALER, "a3", 4_000)).isEqualTo(Offer.WAITS);
        assertThat(offer(OTHER, "b1", 10_001)).isEqualTo(Offer.PARTY_FULL);
        assertThat(lanes.size()).isEqualTo(2);
    }

    @Test
    void whenAllIsFullAPartyWithNothingWaitingStillFindsRoom() {
        for (int party = 0; party < 2; party++) {
            for (int i = 0; i < 100; i++) {
                offer(new PartyId("flooder-" + party), party + "-" + i, 1);
            }
        }
        List<Offer> others = IntStream.range(0, 51)
                .mapToObj(i -> offer(new PartyId("dealer-" + i), "b" + i, 1))
                .toList();
        assertThat(others.subList(0, 50)).containsOnly(Offer.WAITS);
        assertThat(others.getLast()).isEqualTo(Offer.FULL);
        assertThat(offer(new PartyId("dealer-0"), "second", 1)).isEqualTo(Offer.FULL);
    }

    @Test
    void aClosedOneTakesNothingAndGivesWhatWaits() throws InterruptedException {
        offer(DEALER, "a", 1);
        lanes.close();
        assertThat(offer(OTHER, "b", 1)).isEqualTo(Offer.CLOSED);
        var batch = new ArrayList<Waiting>();
        assertThat(lanes.take(batch, new Lanes.Batch(10, 10, 10))).isTrue();
        assertThat(batch).hasSize(1);
        assertThat(lanes.take(batch, new Lanes.Batch(10, 10, 10))).isFalse();
    }

    @Test
    void nothingIsLostOrDoubledBetweenManyThreads() throws Exception {
        int parties = 8;
        int each = 5_000;
        var refused = new AtomicInteger();
        List<Thread> senders = IntStream.range(0, parties)
                .mapToObj(party -> Thread.ofPlatform().start(() -> {
                    var id = new PartyId("dealer-" + party);
                    for (int i = 0; i < each; ) {
                        if (offer(id, party + "." + i, 1) == Offer.WAITS) {
                            i++;
                        } else {
                            refused.incrementAndGet();
                            Thread.onSpinWait();
                        }
                    }
                }))
                .toList();
        var seen = new HashMap<String, Integer>();
        var batch = new ArrayList<Waiting>();
        for (int count = 0; count < parties * each; count += batch.size()) {
            batch.clear();
            assertThat(lanes.take(batch, new Lanes.Batch(64, 1_000, 64))).isTrue();
            for (Waiting one : batch) {
                String[] id = id(one).split("\\.", 2);
                assertThat(seen.merge(id[0], 1, Integer::sum)).as("in order").isEqualTo(Integer.parseInt(id[1]) + 1);
            }
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(lanes.size()).isZero();
    }

    @Test
    void anEntryWaitsInTheLaneOfWhoAskedForIt() {
        var delivery = new Delivery(
                CENTRE, Documents.CLAIMS, new Position(1), new Position(1), DEALER, new DocumentId("claim-1"));
        assertThat(Submitter.of(accepted("c", "c", DEALER, CENTRE), HUB)).isEqualTo(DEALER);
        assertThat(Submitter.of(new Entry.DeliveryAcknowledged(NOON, delivery), HUB))
                .isEqualTo(CENTRE);
        assertThat(Submitter.of(new Entry.DeliveryReleased(NOON, delivery, CENTRE.value()), HUB))
                .isEqualTo(CENTRE);
        assertThat(Submitter.of(new Entry.DeliveryReleased(NOON, delivery, "operator"), HUB))
                .isEqualTo(HUB);
        assertThat(Submitter.of(new Entry.CertificateIssued(NOON, DEALER, "1", NOON, null), HUB))
                .as("a stranger with a wrong code cannot fill a dealer's lane")
                .isEqualTo(HUB);
    }
}
