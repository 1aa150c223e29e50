package aiguillage.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTableTest {

    @Test
    void theWidestRowFitsATerminal() {
        Figure widest = Figure.of(
                        "x".repeat(Figure.NAME_MAX),
                        "docs/s",
                        series(1_234_567),
                        "x".repeat(Figure.BESIDE_MAX),
                        series(1_234_567))
                .atLeast(99_999);
        assertThatThrownBy(() -> widest.atMost(12_345_678)).hasMessageContaining("larger unit");

        assertThat(FigureTable.text(List.of(widest)).lines())
                .allSatisfy(line -> assertThat(line.strip()).hasSizeLessThanOrEqualTo(FigureTable.COLUMNS));
    }

    @Test
    void whatWasNotMeasuredIsLeftEmpty() {
        assertThat(FigureTable.text(
                        List.of(Figure.alone("alone", "kB", series(12)).atMost(16))))
                .contains("–", "12.0", "≤ 16 kB: met");
        assertThat(FigureTable.text(List.of(Figure.published("rate", "1/s", series(30_000), "theirs", 10_000)
                        .atLeast(25_000))))
                .contains("30,000", "10,000", "300 %", "≥ 25,000: met");
    }

    @Test
    void manyTimesAreTimesAndSharesAreShares() {
        Figure much = Figure.of("rate", "docs/s", series(30_000), "peer", series(300));
        Figure little = Figure.of("rate", "docs/s", series(30), "limit", series(60));

        assertThat(FigureTable.text(List.of(much.ratioAtLeast(40), little.ratioAtLeast(0.6))))
                .contains("100×", "≥ 40×: met", "50 %", "≥ 60 %: MISSED");
    }

    private static Series series(double value) {
        var series = new Series();
        series.add(value);
        return series;
    }
}
