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
import org.junit.jupiter.api.Test;

/// I3: a delivery is offered until acknowledged, rejected or expired; one bad document never holds back the next.
class NothingDroppedTest {

    private final Scene scene = new Scene();

    @Test
    void oneRejectedDeliveryNeverHoldsBackTheNext() {
        scene.apply(claim("claim-1", "a"));
        scene.apply(claim("claim-2", "b"));
        scene.apply(new Entry.DeliveryRejected(NOON, first(), "unreadable"));
        assertThat(scene.pendingIds(CENTRE)).containsExactly("claim-2");
        assertThat(scene.in(Table.QUARANTINE, CENTRE, CLAIMS)).hasSize(1);
        assertThat(scene.mailbox(CENTRE, CLAIMS)).isEqualTo(new MailboxRow(1, 1));
    }

    @Test
    void anAcknowledgedDeliveryIsGoneAndItsSenderIsTold() {
        scene.apply(claim("claim-1", "a"));
        scene.apply(new Entry.DeliveryAcknowledged(NOON, first()));
        assertThat(scene.pendingIds(CENTRE)).isEmpty();
        assertThat(scene.notices(DEALER)).singleElement().satisfies(notice -> {
            assertThat(notice.position()).isEqualTo(new Position(2));
            assertThat(notice.document()).isEqualTo(new Position(1));
            assertThat(notice.id()).isEqualTo(Yard.noticeId(new Position(2)));
        });
    }

    @Test
    void acknowledgingTwiceChangesNothing() {
        scene.apply(claim("claim-1", "a"));
        Delivery delivery = first();
        scene.apply(new Entry.DeliveryAcknowledged(NOON, delivery));
        assertThat(scene.apply(new Entry.DeliveryAcknowledged(NOON, delivery))).isEqualTo(new Outcome.Ended());
        assertThat(scene.notices(DEALER)).hasSize(1);
    }

    @Test
    void anAcknowledgedNoticeGivesRiseToNoOther() {
        scene.apply(claim("claim-1", "a"));
        scene.apply(new Entry.DeliveryAcknowledged(NOON, first()));
        scene.apply(new Entry.DeliveryAcknowledged(NOON, scene.notices(DEALER).getFirst()));
        assertThat(scene.notices(DEALER)).isEmpty();
        assertThat(scene.pending(CENTRE)).isEmpty();
    }

    @Test
    void aReleasedDeliveryIsOfferedAgainBehindAllThatWaits() {
        scene.apply(claim("claim-1", "a"));
        scene.apply(claim("claim-2", "b"));
        Delivery rejected = first();
        scene.apply(new Entry.DeliveryRejected(NOON, rejected, "unreadable"));
        scene.apply(new Entry.DeliveryReleased(NOON, rejected, "operator"));
        assertThat(scene.pendingIds(CENTRE)).containsExactly("claim-2", "claim-1");
        assertThat(scene.mailbox(CENTRE, CLAIMS)).isEqualTo(new MailboxRow(2, 0));
    }

    @Test
    void aReturnedDeliveryLeavesTheQuarantineAndItsSenderIsTold() {
        scene.apply(claim("claim-1", "a"));
        Delivery rejected = first();
        scene.apply(new Entry.DeliveryRejected(NOON, rejected, "unreadable"));
        scene.apply(new Entry.DeliveryReturned(NOON, rejected, "operator"));
        assertThat(scene.in(Table.QUARANTINE, CENTRE, CLAIMS)).isEmpty();
        assertThat(scene.notices(DEALER)).hasSize(2);
    }

    @Test
    void aDeliveryExpiresWhenItsTimeHasComeAndNotBefore() {
        scene.apply(claim("claim-1", "a"));
        Delivery delivery = first();
        assertThat(scene.apply(
                        new Entry.DeliveryExpired(NOON.plus(Duration.ofDays(14)).minusMillis(1), delivery)))
                .isEqualTo(new Outcome.Ended());
        assertThat(scene.apply(new Entry.DeliveryExpired(NOON.plus(Duration.ofDays(14)), delivery)))
                .isInstanceOf(Outcome.Recorded.class);
        assertThat(scene.pendingIds(CENTRE)).isEmpty();
        assertThat(scene.notices(DEALER)).hasSize(1);
    }

    @Test
    void aQuarantinedDeliveryExpiresToo() {
        scene.apply(claim("claim-1", "a"));
        Delivery delivery = first();
        scene.apply(new Entry.DeliveryRejected(NOON, delivery, "unreadable"));
        scene.apply(new Entry.DeliveryExpired(NOON.plus(Duration.ofDays(14)), delivery));
        assertThat(scene.mailbox(CENTRE, CLAIMS)).isEqualTo(new MailboxRow(0, 0));
    }

    @Test
    void aPayloadGoesWhenItsTimeHasComeAndOnlyOnce() {
        scene.apply(claim("claim-1", "a"));
        var tooEarly = new Entry.PayloadRemoved(NOON.plus(Duration.ofDays(89)), new Position(1));
        var inTime = new Entry.PayloadRemoved(NOON.plus(Duration.ofDays(90)), new Position(1));
        assertThat(scene.apply(tooEarly)).isEqualTo(new Outcome.Ended());
        assertThat(scene.apply(inTime)).isInstanceOf(Outcome.Recorded.class);
        assertThat(scene.apply(inTime)).isEqualTo(new Outcome.Ended());
    }

    private Delivery first() {
        return scene.pending(CENTRE).getFirst();
    }
}
