package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random publications beside a model that keeps the price of every part on every day, and nothing else.
class NaiveModelTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 3, 20); // the clocks change on 29 March
    private static final int DAYS = 20;
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("dd/MM/uuuu");

    @TempDir
    private Path folder;

    /// By part: the price on each day, from the day before the first to the one behind the last; null: none.
    private Map<String, @Nullable String[]> model = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyPartHasThePriceOfTheModelOnEveryDay(long seed) throws IOException {
        var random = new Random(seed);
        var scene = new Scene(folder);
        for (int round = 0; round < 25; round++) {
            boolean delta = round > 0 && random.nextInt(3) > 0;
            Map<String, @Nullable String[]> after = delta ? copy(model) : new TreeMap<>();
            List<String> lines = lines(random, delta, after);
            Collections.shuffle(lines, random);
            MapInForce before = scene.inForce().copy();
            Outcome outcome =
                    delta ? scene.delta(lines.toArray(String[]::new)) : scene.full(lines.toArray(String[]::new));
            Summary summary = Scene.ready(outcome);
            model = after;
            model.values().removeIf(days -> Arrays.stream(days).allMatch(price -> price == null));
            assertCounts(summary, before, scene.inForce());
            assertModel(scene);
        }
    }

    private static Map<String, @Nullable String[]> copy(Map<String, @Nullable String[]> model) {
        Map<String, @Nullable String[]> copy = new TreeMap<>();
        model.forEach((part, days) -> copy.put(part, days.clone()));
        return copy;
    }

    /// Lines of some parts, each with some spans of days that do not meet, and what they make of the model.
    private static List<String> lines(Random random, boolean delta, Map<String, @Nullable String[]> model) {
        List<String> lines = new ArrayList<>();
        for (int part = 0; part < 15; part++) {
            int at = random.nextInt(3) == 0 ? random.nextInt(DAYS) : 0;
            boolean named = random.nextInt(3) > 0 || lines.isEmpty();
            while (named && at < DAYS + 2) {
                int end = random.nextBoolean() ? DAYS + 1 : Math.min(DAYS + 1, at + random.nextInt(DAYS));
                boolean removes = delta && random.nextInt(3) == 0;
                String price = 1 + random.nextInt(3) + ".00";
                lines.add((delta ? removes ? "DEL;" : "PUT;" : "") + "P" + part + ";;"
                        + (removes ? ";" : "PCE;" + price.replace('.', ','))
                        + ";" + (at == 0 ? "" : FIRST.plusDays(at - 1).format(WRITTEN))
                        + ";" + (end > DAYS ? "" : FIRST.plusDays(end - 1).format(WRITTEN)));
                @Nullable String[] days = model.computeIfAbsent("P" + part, _ -> new String[DAYS + 2]);
                Arrays.fill(days, at, end + 1, removes ? null : price);
                at = end + 1 + random.nextInt(4);
            }
        }
        return lines;
    }

    private void assertModel(Scene scene) {
        assertThat(scene.inForce().rows().keySet().stream().map(Object::toString))
                .containsExactlyElementsOf(new TreeSet<>(model.keySet()));
        model.forEach((part, days) -> {
            for (int at = 0; at < days.length; at++) {
                List<@Nullable String> found =
                        scene.on(part, FIRST.plusDays(at - 1).toString());
                assertThat(found == null ? null : found.get(2))
                        .as("%s on day %d", part, at)
                        .isEqualTo(days[at]);
            }
        });
    }

    private static void assertCounts(Summary summary, MapInForce before, MapInForce after) {
        long added = after.rows().keySet().stream()
                .filter(key -> !before.rows().containsKey(key))
                .count();
        long removed = before.rows().keySet().stream()
                .filter(key -> !after.rows().containsKey(key))
                .count();
        long unchanged = before.rows().entrySet().stream()
                .filter(entry -> entry.getValue().equals(after.find(entry.getKey())))
                .count();
        assertThat(summary.added()).isEqualTo(added);
        assertThat(summary.removed()).isEqualTo(removed);
        assertThat(summary.unchanged()).isEqualTo(unchanged);
        assertThat(summary.changed()).isEqualTo(after.keys() - added - unchanged);
    }
}
