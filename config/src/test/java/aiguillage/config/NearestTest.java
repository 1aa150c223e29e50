package aiguillage.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
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

    @Property
    void theDistanceIsSymmetricAndZeroOnlyForTheSame(
            @ForAll @AlphaChars @StringLength(max = 12) String a,
            @ForAll @AlphaChars @StringLength(max = 12) String b) {
        assertThat(Nearest.edits(a, b)).isEqualTo(Nearest.edits(b, a));
        assertThat(Nearest.edits(a, b) == 0).isEqualTo(a.equals(b));
        assertThat(Nearest.edits(a, b)).isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }
}
