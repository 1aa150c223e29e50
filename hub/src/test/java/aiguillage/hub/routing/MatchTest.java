package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class MatchTest {

    private static final int LAST = 12;

    @Property
    void twoRangesHaveACommonValueExactlyWhenSomeNumberIsInBoth(
            @ForAll @IntRange(max = LAST) int a,
            @ForAll @IntRange(max = LAST) int b,
            @ForAll @IntRange(max = LAST) int c,
            @ForAll @IntRange(max = LAST) int d) {
        Match one = Match.of(Math.min(a, b) + ".." + Math.max(a, b));
        Match other = c == d ? Match.of("" + c) : Match.of(Math.min(c, d) + ".." + Math.max(c, d));

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
