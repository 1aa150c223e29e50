package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MatchTest {

    private static final int LAST = 12;

    @Test
    void twoRangesHaveACommonValueExactlyWhenSomeNumberIsInBoth() {
        for (int a = 0; a <= LAST; a++) {
            for (int b = a; b <= LAST; b++) {
                for (int c = 0; c <= LAST; c++) {
                    for (int d = c; d <= LAST; d++) {
                        meetExactlyWhenSomeNumberIsInBoth(a, b, c, d);
                    }
                }
            }
        }
    }

    private static void meetExactlyWhenSomeNumberIsInBoth(int a, int b, int c, int d) {
        Match one = Match.of(a + ".." + b);
        Match other = c == d ? Match.of("" + c) : Match.of(c + ".." + d);

        boolean meet = IntStream.rangeClosed(0, LAST)
                .mapToObj(Integer::toString)
                .anyMatch(n -> one.takes(n) && other.takes(n));

        assertThat(one.common(other).isPresent()).isEqualTo(meet);
        assertThat(other.common(one)).isEqualTo(one.common(other));
        one.common(other)
                .ifPresent(value ->
                        assertThat(one.takes(value) && other.takes(value)).isTrue());
    }
}
