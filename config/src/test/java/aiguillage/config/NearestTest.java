package aiguillage.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class NearestTest {

    private static final List<String> NAMES = List.of("opel-centre", "opel-center-de", "dealer-7", "dealer-17");

    @Test
    void theLeastEditsWin() {
        assertThat(Nearest.to("opel-center", NAMES)).contains("opel-centre");
        assertThat(Nearest.to("dealer7", NAMES)).contains("dealer-7");
        assertThat(Nearest.to("daeler-17", NAMES)).contains("dealer-17");
    }

    @Test
    void whatIsFarFromEverythingHasNoNearest() {
        assertThat(Nearest.to("ford-audit", NAMES)).isEmpty();
        assertThat(Nearest.to("x", List.of("abc"))).isEmpty();
    }

    @Test
    void theDistanceIsSymmetricAndZeroOnlyForTheSame() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            String a = word(random);
            String b = random.nextInt(10) == 0 ? a : word(random);
            assertThat(Nearest.edits(a, b)).as("%s, %s", a, b).isEqualTo(Nearest.edits(b, a));
            assertThat(Nearest.edits(a, b) == 0).as("%s, %s", a, b).isEqualTo(a.equals(b));
            assertThat(Nearest.edits(a, b))
                    .as("%s, %s", a, b)
                    .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
        }
    }

    /// Few letters, so that words resemble each other.
    private static String word(Random random) {
        return random.ints(random.nextInt(13), 'a', 'e')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
