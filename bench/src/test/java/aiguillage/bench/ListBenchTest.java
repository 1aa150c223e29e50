package aiguillage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.bench.dataset.ChangeBench;
import aiguillage.bench.dataset.DayBench;
import aiguillage.bench.dataset.DoorBench;
import aiguillage.bench.dataset.EmbargoBench;
import aiguillage.bench.dataset.LookupBench;
import aiguillage.bench.dataset.MarkedBench;
import aiguillage.bench.dataset.PublishBench;
import aiguillage.bench.dataset.SpreadBench;
import aiguillage.bench.figure.Figure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Every bench of price lists runs to its end at a tiny size, and counts what it should. How fast it was says nothing.
///
/// They take minutes, so they run by `./aiguillage test -Daiguillage.lists=true`.
@EnabledIfSystemProperty(named = "aiguillage.lists", matches = "true")
@Timeout(90)
class ListBenchTest {

    private static final int ROWS = 400;

    @TempDir
    Path folder;

    private final Progress progress = Progress.start();

    @AfterEach
    void end() {
        progress.close();
    }

    @Test
    void aPriceReachesEveryGateway() throws Exception {
        List<Figure> figures = SpreadBench.run(settings(), progress, ROWS, 4, 2);

        assertMeasured(figures, 3);
        assertThat(figures.get(1).goal()).isEqualTo("≤ 1 s");
    }

    @Test
    void everyReplicaIsExactAfterAChange() throws Exception {
        List<Figure> figures = ChangeBench.run(settings(), progress, ROWS, 2, 1);

        assertMeasured(figures, 2);
        assertThat(figures.getFirst().goal()).isEqualTo("≤ 3×");
    }

    @Test
    void aSealedListHoldsEverywhereAtItsInstant() throws Exception {
        List<Figure> figures = EmbargoBench.run(settings(), progress, ROWS, 2, 1);

        assertMeasured(figures, 1);
        assertThat(figures.getFirst().goal()).isEqualTo("≤ 1.2×");
    }

    @Test
    void aListIsPublishedBesideReadingIt() throws Exception {
        List<Figure> figures = PublishBench.run(settings(), progress, ROWS, 1);

        assertMeasured(figures, 1);
        assertThat(figures.getFirst().goal()).isEqualTo("≤ 4×");
    }

    @Test
    void rowsAreLookedUpInProcess() throws Exception {
        List<Figure> figures = LookupBench.run(settings(), progress, ROWS);

        assertMeasured(figures, 2);
        assertThat(figures.stream().map(Figure::goal)).containsExactly("≥ 60 %", "≤ 10 µs");
    }

    @Test
    void rowsAreLookedUpAtTheDoorBesideEmptyCalls() throws Exception {
        List<Figure> figures = DoorBench.run(settings(), progress, ROWS);

        assertMeasured(figures, 2);
        assertThat(figures.getFirst().goal()).isEqualTo("≥ 80 %");
    }

    @Test
    void aMarkedCopyIsMadeBesideOneWithout() throws Exception {
        List<Figure> figures = MarkedBench.run(settings(), progress, ROWS, 1);

        assertMeasured(figures, 1);
        assertThat(figures.getFirst().goal()).isEqualTo("≤ 1.3×");
    }

    @Test
    void theBytesOfADayAreCounted() throws Exception {
        List<Figure> figures = DayBench.run(settings(), progress, ROWS, 1);

        assertMeasured(figures, 1);
        assertThat(figures.getFirst().goal()).isEqualTo("≤ 2 %");
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
