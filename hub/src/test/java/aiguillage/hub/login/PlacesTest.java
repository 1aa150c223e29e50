package aiguillage.hub.login;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.presence.Door;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.quota.Allowance;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.routing.Table;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final PartyId DEALER = new PartyId("dealer-7");

    private final Table table = Table.read("flows.yaml", RunningHub.FLOWS);
    private final Places<String> places = new Places<>(
            new Quotas(Allowance.USUAL, Map.of(), Map.of(), () -> table, System::nanoTime),
            Presence.ofNewHub(InstantSource.system()),
            Door.SFTP);

    private static InetAddress address(int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private void fill(String name, int count, int address) throws Exception {
        for (int i = 0; i < count; i++) {
            assertThat(places.came(name + i, address(address))).isNull();
        }
    }

    @Test
    void strangersOfTheFullestAddressMakeRoom() throws Exception {
        places.came("dealer", address(1));
        fill("flood", Places.STRANGERS_MAX - 1, 2);
        assertThat(places.came("more", address(2))).isEqualTo("flood0");
        assertThat(places.came("other", address(3))).isEqualTo("flood1");
        assertThat(places.admitted("dealer", DEALER)).isTrue();
    }

    @Test
    void whoAsksForItsLoginStaysBeforeThoseOfItsOwnAddressThatSayNothing() throws Exception {
        places.came("dealer", address(1));
        places.talks("dealer");
        fill("flood", Places.STRANGERS_MAX - 1, 1);
        for (int i = 0; i < 3 * Places.STRANGERS_MAX; i++) {
            assertThat(places.came("more" + i, address(1))).isNotEqualTo("dealer");
        }
        assertThat(places.admitted("dealer", DEALER)).isTrue();
    }

    @Test
    void evenWhereAllTalkTheNewestHasItsTurn() throws Exception {
        fill("flood", Places.STRANGERS_MAX, 1);
        for (int i = 0; i < Places.STRANGERS_MAX; i++) {
            places.talks("flood" + i);
        }
        assertThat(places.came("dealer", address(1))).isEqualTo("flood0");
        assertThat(places.admitted("flood0", DEALER)).as("its place is gone").isFalse();
    }

    @Test
    void placesOfPartiesAreGivenBackOnce() throws Exception {
        int most = Allowance.USUAL.connectionsOpen();
        for (int i = 0; i < most; i++) {
            places.came("a" + i, address(1));
            assertThat(places.admitted("a" + i, DEALER)).isTrue();
        }
        places.came("b", address(1));
        assertThat(places.admitted("b", DEALER)).as("one party's are all taken").isFalse();
        places.left("a0");
        places.left("a0");
        places.came("c", address(1));
        assertThat(places.admitted("c", DEALER)).isTrue();
        assertThat(places.count()).isEqualTo(most);
    }

    @Test
    void allAddressesOfOneIpv6NetworkAreOne() throws Exception {
        for (int i = 0; i < 3; i++) {
            places.came("dealer" + i, address(1));
        }
        for (int i = 3; i < Places.STRANGERS_MAX; i++) {
            assertThat(places.came("flood" + i, InetAddress.ofLiteral("2001:db8:0:" + i + "::1")))
                    .isNull();
        }
        assertThat(places.came("more", InetAddress.ofLiteral("2001:db8:0:ff::1")))
                .isEqualTo("flood3");
    }
}
