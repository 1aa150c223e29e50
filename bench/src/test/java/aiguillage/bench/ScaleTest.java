package aiguillage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.bench.bulk.DrainBench;
import aiguillage.bench.bulk.LargeBench;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.gateways.BroadcastBench;
import aiguillage.bench.gateways.IdleBench;
import aiguillage.bench.gateways.StormBench;
import aiguillage.bench.stored.CostBench;
import aiguillage.bench.stored.RestartBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Every bench of scale runs to its end at a tiny size, and counts what it should. How fast it was says nothing.
/// Two minutes that only a change of the benches needs: `-Daiguillage.many=true`.
@Timeout(60)
@EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
class ScaleTest {

    private static final int GATEWAYS = 4;

    @TempDir
    Path folder;

    private final Progress progress = Progress.start();

    @AfterEach
    void end() {
        progress.close();
    }

    @Test
    void http2IsMeasuredBesideHttp1() throws Exception {
        List<Figure> figures = Http2Bench.measure(settings(), progress);

        assertMeasured(figures, 4);
        assertThat(figures.getFirst().goal()).isEqualTo("≥ 100 %");
    }

    @Test
    void aMailboxIsDrainedToItsEnd() throws Exception {
        assertMeasured(DrainBench.run(settings(), progress, 300, 100, 1), 2);
    }

    @Test
    void idleStreamsAreWeighed() throws Exception {
        List<Figure> figures = IdleBench.run(settings(), progress, GATEWAYS, Duration.ofMillis(200));

        assertThat(figures).hasSize(3);
        assertThat(figures.getFirst().goal()).isEqualTo("≤ 16 kB");
    }

    @Test
    void aBroadcastReachesEveryGateway() throws Exception {
        assertMeasured(BroadcastBench.run(settings(), progress, GATEWAYS), 2);
    }

    @Test
    void everyGatewayComesBackAndGetsWhatWaits() throws Exception {
        assertMeasured(StormBench.run(settings(), progress, GATEWAYS, 1), 2);
    }

    @Test
    void aKilledHubTakesTheNextDocument() throws Exception {
        assertMeasured(RestartBench.run(settings(), progress, 300, 50, 1), 1);
    }

    @Test
    void theCostOfADocumentIsHeldAgainstItself() throws Exception {
        List<Figure> figures = CostBench.run(settings(), progress, List.of(100L, 1_000L), 100, 200, 1);

        assertThat(figures).hasSize(1);
        assertThat(figures.getFirst().goal()).isEqualTo("≤ 1.2×");
    }

    @Test
    void aLargePayloadComesBackAsItWas() throws Exception {
        assertMeasured(LargeBench.run(settings(), progress, 2_000_000, 1), 2);
    }

    private static void assertMeasured(List<Figure> figures, int count) {
        assertThat(figures)
                .hasSize(count)
                .allSatisfy(figure -> assertThat(figure.ours()).isPositive());
    }

    private Settings settings() {
        return new Settings(folder, 0.3, 1, 0.2, List.of(1), false, List.of("-XX:TieredStopAtLevel=1"));
    }
}
