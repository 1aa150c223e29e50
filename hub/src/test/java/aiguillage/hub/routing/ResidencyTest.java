package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.ConfigException;
import aiguillage.hub.directory.Region;
import aiguillage.protocol.FlowName;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// I6: a document of a flow with a region never leaves it.
final class ResidencyTest {

    private static final FlowName FLOW = FlowName.of("opel/x");

    @Test
    void aReaderOutsideTheRegionIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> Tables.with("  opel/claim: { from: dealer, to: opel-us, region: eu }\n"))
                .hasMessage("""
                flows.yaml:13:35  flows.opel/claim.to: Documents would leave the region eu: opel-us (us, line 11).
                                  The flow is held within eu (line 13).
                                  Name readers inside it, or split the flow by region.""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from: dealer, to: opel-centre, copies: [opel-us]",
                "from: dealer, to: { role: importer }",
                "from: dealer, to: { recipient: importer }",
                "from: dealer, routes: [{ when: { a: b }, to: opel-us }, { otherwise: true, to: opel-centre }]",
                "from: dealer, routes: [{ when: { a: b }, to: opel-centre }, { otherwise: true, to: opel-us }]"
            })
    void anyWayOutOfTheRegionIsRefused(String flow) {
        assertThatThrownBy(() -> Tables.with("  opel/claim: { " + flow + ", region: eu }\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Documents would leave the region eu: opel-us");
    }

    @Test
    void aFlowWithoutARegionMayReachAnyRegion() {
        Table table = Tables.with("  opel/claim: { from: dealer, to: opel-us }\n");
        assertThat(table.route(Tables.document("dealer-7", "opel/claim"))).isInstanceOf(Route.class);
    }

    @Test
    void noRouteEverHasAReaderOutsideTheRegion() {
        int read = 0;
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            Table table;
            try {
                table = Table.read("random.yaml", RandomTable.text(random));
            } catch (ConfigException e) {
                assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
                continue;
            }
            read++;
            staysWithinTheRegion(table, random);
        }
        assertThat(read).isGreaterThan(20);
    }

    private static void staysWithinTheRegion(Table table, Random random) {
        Region region = table.flow(FLOW).orElseThrow().region();
        for (int i = 0; i < 40; i++) {
            var envelope = RandomTable.document(random);
            Routing routing = table.route(envelope);
            assertThat(Explanation.of(table, envelope).routing()).isEqualTo(routing);
            if (routing instanceof Route(var _, var readers)) {
                assertThat(readers)
                        .isNotEmpty()
                        .isSorted()
                        .allSatisfy(reader -> assertThat(table.party(reader.party())
                                        .orElseThrow()
                                        .region())
                                .isEqualTo(region));
            }
        }
    }
}
