package aiguillage.hub.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestTest {

    private static <V> void twoOf(Map<String, V> remembered, V value) {
        remembered.put("a", value);
        remembered.put("b", value);
    }

    @Test
    void oneMoreThanTheBoundLetsGoWhatWasPutFirst() {
        Latest<String, Integer> remembered = Latest.put(2);
        twoOf(remembered, 1);
        remembered.get("a");
        remembered.put("a", 2); // its age stays
        remembered.put("c", 1);
        assertThat(remembered).containsOnlyKeys("b", "c");
    }

    @Test
    void whatIsPutLastAgainIsTheYoungest() {
        Latest<String, Integer> remembered = Latest.put(2);
        twoOf(remembered, 1);
        remembered.putLast("a", 2);
        remembered.putLast("c", 1);
        assertThat(remembered).containsExactly(Map.entry("a", 2), Map.entry("c", 1));
    }

    @Test
    void oneMoreThanTheBoundLetsGoWhatWasUsedLongestAgo() {
        Latest<String, Integer> remembered = Latest.used(2);
        twoOf(remembered, 1);
        remembered.get("a");
        remembered.put("c", 1);
        assertThat(remembered).containsOnlyKeys("a", "c");
    }

    @Test
    void countingAndWhatIsComputedKeepTheBoundToo() {
        Latest<String, Integer> remembered = Latest.used(2);
        twoOf(remembered, 1);
        remembered.merge("a", 1, Integer::sum);
        remembered.merge("c", 1, Integer::sum);
        remembered.computeIfAbsent("d", _ -> 1);
        assertThat(remembered).containsOnlyKeys("c", "d");
    }

    @Test
    void nothingAtAllIsNoBound() {
        assertThatThrownBy(() -> Latest.put(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
