package aiguillage.hub.yard;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.CLAIMS;
import static aiguillage.hub.testing.Documents.DEALER;
import static aiguillage.hub.testing.Documents.NOON;
import static aiguillage.hub.testing.Documents.claim;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Table;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A document is offered once more only after its delivery has ended, and once for each end.
class RepeatedTest {

    private static final Outcome NOTHING = new Outcome.Ended();
    private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

    private final Scene scene = new Scene();

    @Test
    void whatWasDeliveredWaitsOnceMoreBehindAllThatWaits() {
        Delivery delivery = acknowledged();
        scene.apply(claim("claim-2", "b"));
        assertThat(scene.apply(repeated(delivery, 2))).isEqualTo(new Outcome.Recorded(new Position(4)));
        assertThat(scene.pendingIds(CENTRE)).containsExactly("claim-2", "claim-1");
        assertThat(scene.mailbox(CENTRE, CLAIMS)).isEqualTo(new MailboxRow(2, 0));
        assertThat(scene.pending(CENTRE).getLast()).isEqualTo(delivery.at(new Position(4)));
    }

    @Test
    void eachEndIsFollowedByOneNewDeliveryAtMost() {
        Delivery delivery = acknowledged();
        scene.apply(repeated(delivery, 2));
        assertThat(scene.apply(repeated(delivery, 2))).isEqualTo(NOTHING);
        Delivery again = scene.pending(CENTRE).getFirst();
        scene.apply(new Entry.DeliveryAcknowledged(NOON, again));
        assertThat(scene.apply(repeated(delivery, 2))).isEqualTo(NOTHING);
        assertThat(scene.apply(repeated(again, 4))).isEqualTo(new Outcome.Recorded(new Position(5)));
        assertThat(scene.pendingIds(CENTRE)).containsExactly("claim-1");
    }

    @Test
    void whatWaitsOrIsInQuarantineIsNotDoubled() {
        scene.apply(claim("claim-1", "a"));
        Delivery delivery = scene.pending(CENTRE).getFirst();
        assertThat(scene.apply(repeated(delivery, 1))).isEqualTo(NOTHING);
        scene.apply(new Entry.DeliveryRejected(NOON, delivery, "unreadable"));
        assertThat(scene.apply(repeated(delivery, 2))).isEqualTo(NOTHING);
    }

    @Test
    void anEndThatIsNoneOrAnothersCountsForNothing() {
        Delivery delivery = acknowledged();
        for (int position : new int[] {1, 3, 4711}) {
            assertThat(scene.apply(repeated(delivery, position)))
                    .as("%d", position)
                    .isEqualTo(NOTHING);
        }
        Delivery stranger = new Delivery(
                DEALER, delivery.flow(), delivery.position(), delivery.document(), delivery.sender(), delivery.id());
        assertThat(scene.apply(repeated(stranger, 2))).isEqualTo(NOTHING);
    }

    @Test
    void noNoticeIsRepeated() {
        acknowledged();
        Delivery notice = scene.notices(DEALER).getFirst();
        scene.apply(new Entry.DeliveryAcknowledged(NOON, notice));
        assertThat(scene.apply(repeated(notice, 3))).isEqualTo(NOTHING);
    }

    @Test
    void nothingIsOfferedWhosePayloadIsGoneOrWillBe() {
        Delivery delivery = acknowledged();
        Instant gone = NOON.plus(Duration.ofDays(90));
        assertThat(scene.apply(new Entry.DeliveryRepeated(
                        NOON, delivery, new Position(2), gone.plusMillis(1), "operator", "r")))
                .isEqualTo(NOTHING);
        assertThat(scene.apply(new Entry.DeliveryRepeated(NOON, delivery, new Position(2), NOON, "operator", "r")))
                .isEqualTo(NOTHING);
        scene.apply(new Entry.PayloadRemoved(gone, new Position(1)));
        assertThat(scene.apply(repeated(delivery, 2))).isEqualTo(NOTHING);
    }

    @Test
    void aRepeatedDeliveryEndsAsAnyOtherAndItsSenderIsTold() {
        Delivery delivery = acknowledged();
        scene.apply(repeated(delivery, 2));
        Delivery again = scene.pending(CENTRE).getFirst();
        assertThat(scene.apply(new Entry.DeliveryExpired(TOMORROW, again))).isInstanceOf(Outcome.Recorded.class);
        assertThat(scene.in(Table.PENDING, CENTRE, CLAIMS)).isEmpty();
        assertThat(scene.notices(DEALER)).hasSize(2);
    }

    private Delivery acknowledged() {
        scene.apply(claim("claim-1", "a"));
        Delivery delivery = scene.pending(CENTRE).getFirst();
        scene.apply(new Entry.DeliveryAcknowledged(NOON, delivery));
        return delivery;
    }

    private static Entry repeated(Delivery delivery, long ended) {
        return new Entry.DeliveryRepeated(NOON, delivery, new Position(ended), TOMORROW, "operator:ada", "it was lost");
    }
}
