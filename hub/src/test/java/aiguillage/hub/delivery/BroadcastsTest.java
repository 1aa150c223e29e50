package aiguillage.hub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Delivery;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import org.junit.jupiter.api.Test;

/// What several readers get at the same time is made once, and never given where it does not belong.
class BroadcastsTest {

    private final Broadcasts broadcasts = new Broadcasts();

    @Test
    void everyReaderOfADocumentGetsTheSameBytes() {
        byte[] event = {1, 2, 3};
        broadcasts.made(delivery("dealer-1", 7, 7), event);

        assertThat(broadcasts.event(delivery("dealer-2", 7, 7))).isSameAs(event);
        assertThat(broadcasts.event(delivery("dealer-2", 8, 8))).isNull();
    }

    @Test
    void whatIsReleasedForOneReaderIsNotShared() {
        broadcasts.made(delivery("dealer-1", 9, 7), new byte[] {1});

        assertThat(broadcasts.event(delivery("dealer-1", 9, 7))).isNull();
        assertThat(broadcasts.event(delivery("dealer-2", 7, 7))).isNull();
    }

    @Test
    void onlySoManyAreKept() {
        for (int i = 1; i <= 10 * Broadcasts.EVENTS_MAX; i++) {
            broadcasts.made(delivery("dealer-1", i, i), new byte[] {(byte) i});
        }

        int kept = 0;
        for (int i = 1; i <= 10 * Broadcasts.EVENTS_MAX; i++) {
            kept += broadcasts.event(delivery("dealer-2", i, i)) == null ? 0 : 1;
        }
        assertThat(kept).isBetween(1, Broadcasts.EVENTS_MAX);
    }

    private static Delivery delivery(String reader, long position, long document) {
        return new Delivery(
                new PartyId(reader),
                FlowName.of("opel/price-list"),
                new Position(position),
                new Position(document),
                new PartyId("centre"),
                new DocumentId("list-" + document));
    }
}
