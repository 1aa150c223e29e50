package aiguillage.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetTest {

    @Test
    void whoJoinsIsNewsAndWhoIsToldIsNot() {
        Met met = Met.many("Silent: ", List.of("dealer-7", "dealer-8")).orElseThrow();
        assertThat(met.said()).isEqualTo("Silent: dealer-7, dealer-8.");
        assertThat(met.news(Set.of("dealer-7"))).contains("Silent: dealer-8.");
        assertThat(met.news(Set.of("dealer-7", "dealer-8"))).isEmpty();
        assertThat(Met.one("1 MB is free.").news(Set.of())).isEmpty();
        assertThat(Met.many("Silent: ", List.of())).isEmpty();
    }

    @Test
    void manyNamesAreTenAndANumber() {
        List<String> names = IntStream.range(0, 6_500).mapToObj(n -> "d" + n).toList();
        assertThat(Met.many("Silent: ", names).orElseThrow().said()).endsWith("d9 and 6490 more.");
    }
}
