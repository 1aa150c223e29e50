package aiguillage.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetTest {

    @Test
    void whoJoinsIsNewsAndWhoIsToldIsNot() {
        Met met = Met.many(What.SILENT, List.of("dealer-7", "dealer-8")).orElseThrow();
        assertThat(met.all().in(Language.EN)).isEqualTo("Silent: dealer-7, dealer-8.");
        assertThat(met.news(Set.of("dealer-7")).orElseThrow().in(Language.EN)).isEqualTo("Silent: dealer-8.");
        assertThat(met.news(Set.of("dealer-7", "dealer-8"))).isEmpty();
        assertThat(Met.one(What.DISK, 1).news(Set.of())).isEmpty();
        assertThat(Met.many(What.SILENT, List.of())).isEmpty();
    }

    @Test
    void manyNamesAreTenAndANumber() {
        List<String> names = IntStream.range(0, 6_500).mapToObj(n -> "d" + n).toList();
        News news = Met.many(What.SILENT, names).orElseThrow().all();
        assertThat(news.in(Language.EN)).endsWith("d9 and 6490 more.");
        assertThat(news.in(Language.FR)).endsWith("d9 et 6490 de plus.");
    }
}
