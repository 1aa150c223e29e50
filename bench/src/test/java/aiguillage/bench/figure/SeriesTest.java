package aiguillage.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void theMiddleRoundCountsAndTheSpreadShowsTheOthers() {
        Series rounds = series(30, 10, 20);

        assertThat(rounds.median()).isEqualTo(20);
        assertThat(rounds.spread()).isEqualTo(1);
        assertThat(series(1, 2, 3, 4).median()).isEqualTo(2.5);
    }

    @Test
    void theRatioIsTakenRoundByRound() {
        Figure figure = Figure.of("wait", "ms", series(10, 20, 60), "limit", series(20, 40, 60));

        assertThat(figure.ratio()).isEqualTo(0.5, within(1e-9));
        assertThat(figure.ratioAtLeast(0.5).met()).isTrue();
        assertThat(figure.ratioAtLeast(0.51).met()).isFalse();
        assertThat(figure.atMost(19).met()).isFalse();
        assertThat(FigureTable.text(java.util.List.of(figure.ratioAtLeast(0.6))))
                .contains("≥ 60 %: MISSED");
    }

    private static Series series(double... values) {
        var series = new Series();
        for (double value : values) {
            series.add(value);
        }
        return series;
    }
}
