package aiguillage.hub.routing;

import static aiguillage.hub.routing.Tables.document;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The size that the hub is made for. The bounds are loose, so that only another order of growth breaks them.
final class ManyDealersTest {

    private static final int DEALERS = 6_500;
    private static final Duration READING_MAX = Duration.ofSeconds(20);
    private static final int ROUTES = 200_000;
    private static final Duration ROUTING_MAX = Duration.ofSeconds(8); // 25,000 a second, measured far above

    @Test
    void aFileOf6500DealersIsReadAndRoutesFast() {
        long start = System.nanoTime();
        Table table = Table.read("flows.yaml", ManyDealers.table(DEALERS));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(READING_MAX);

        List<Envelope> claims = IntStream.range(0, DEALERS)
                .mapToObj(i -> document("dealer-" + i, "opel/warranty-claim", "modelyear", "2021"))
                .toList();
        long routing = System.nanoTime();
        for (int i = 0; i < ROUTES; i++) {
            assertThat(table.route(claims.get(i % DEALERS)) instanceof Route).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - routing)).isLessThan(ROUTING_MAX);
    }

    @Test
    void aDocumentForAllDealersReachesAllOfThem() {
        Table table = Table.read("flows.yaml", ManyDealers.table(DEALERS));
        var route = (Route) table.route(document("opel-centre", "opel/price-list"));
        assertThat(route.readers()).hasSize(DEALERS).isSorted();
    }
}
