package aiguillage.hub.routing;

import static aiguillage.hub.routing.Tables.document;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.Envelope;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The size that the hub is made for. The bounds are loose, so that only another order of growth breaks them.
final class ManyDealersTest {

    private static final int DEALERS = 6_500;
    private static final int FEW_DEALERS = 65;
    private static final int ROUTES = 20_000;
    private static final int ROUNDS = 5;

    /// Looking through all parties would make it a hundred times.
    private static final double SLOWER_MAX = 20;

    @Test
    void aRouteAmong6500DealersCostsNotMuchMoreThanAmong65() {
        Routing many = new Routing(DEALERS);
        Routing few = new Routing(FEW_DEALERS);
        double[] ratios = IntStream.range(0, ROUNDS)
                .mapToDouble(round -> (double) many.nanos() / few.nanos())
                .sorted()
                .toArray();
        assertThat(ratios[ROUNDS / 2]).isLessThan(SLOWER_MAX);
    }

    /// A claim of each dealer, and the table that routes them.
    private static final class Routing {

        private final Table table;
        private final List<Envelope> claims;

        Routing(int dealers) {
            table = Table.read("flows.yaml", ManyDealers.table(dealers));
            claims = IntStream.range(0, dealers)
                    .mapToObj(i -> document("dealer-" + i, "opel/warranty-claim", "modelyear", "2021"))
                    .toList();
        }

        long nanos() {
            long begun = System.nanoTime();
            for (int i = 0; i < ROUTES; i++) {
                assertThat(table.route(claims.get(i % claims.size())) instanceof Route)
                        .isTrue();
            }
            return System.nanoTime() - begun;
        }
    }

    @Test
    void aDocumentForAllDealersReachesAllOfThem() {
        Table table = Table.read("flows.yaml", ManyDealers.table(DEALERS));
        var route = (Route) table.route(document("opel-centre", "opel/price-list"));
        assertThat(route.readers()).hasSize(DEALERS).isSorted();
    }
}
