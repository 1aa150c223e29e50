package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.testing.TestClock;
import aiguillage.protocol.DatasetName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferencesTest {

    private static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("part", new Type.Text(20), true, true, false, null, null),
                    new Column("price", new Type.Decimal(2), false, false, false, null, "EUR"),
                    new Column("text", new Type.Text(20), false, false, false, null, null)),
            null,
            null,
            ZoneId.of("UTC"));
    private static final DatasetName PRICES = DatasetName.of(DatasetHub.PRICES);
    private static final Viewer WHO = new Viewer.Operator("operator:ada");

    private static Key key(String part) {
        return Key.of(List.of(part));
    }

    private static Rows row(@Nullable String... cells) {
        return Rows.of(List.of(new Row(null, null, Arrays.asList(cells))));
    }

    @Test
    void theLargestMovementsComeFirstByAmountAndByShare() {
        var comparing = new Comparing(SCHEMA, "price");
        comparing.take(key("a"), row("100.00", "x"), row("110.00", "x"));
        comparing.take(key("b"), row("1.00", "x"), row("2.00", "x"));
        comparing.take(key("c"), row("100.00", "x"), row("90.00", "x"));
        comparing.take(key("d"), row("0.00", "x"), row("0.01", "x"));
        comparing.take(key("e"), row("7.00", "x"), row("7.00", "x"));
        Difference found = comparing.found();
        assertThat(found.largest()).extracting(one -> one.key().toString()).containsExactly("a", "c", "b", "d");
        assertThat(found.steepest()).extracting(one -> one.key().toString()).containsExactly("d", "b", "a", "c");
        assertThat(found.moved()).isEqualTo(4);
        assertThat(found.risen()).isEqualTo(3);
    }

    @Test
    void whatIsNoMovementIsToldWithItsColumns() {
        var comparing = new Comparing(SCHEMA, null);
        comparing.take(key("a"), row("1.00", "x"), row("1.00", "y"));
        comparing.take(key("b"), row("1.00", "x"), row(null, "x"));
        assertThat(comparing.found().others())
                .containsExactly(
                        new Difference.Other(key("a"), List.of("text")),
                        new Difference.Other(key("b"), List.of("price")));
    }

    @Test
    void ofRowsOverTimeTheLargestMovementIsToldWithItsBeginning() {
        Instant may = Instant.parse("2026-05-01T00:00:00Z");
        var comparing = new Comparing(SCHEMA, "price");
        Rows before =
                Rows.of(List.of(new Row(null, may, List.of("1.00", "x")), new Row(may, null, List.of("2.00", "x"))));
        Rows after =
                Rows.of(List.of(new Row(null, may, List.of("1.10", "x")), new Row(may, null, List.of("20.00", "x"))));
        comparing.take(key("a"), before, after);
        assertThat(comparing.found().largest())
                .containsExactly(new Difference.Movement(key("a"), "2.00", "20.00", may));
    }

    @Test
    void listsAreBoundedAndCountsAreNot() {
        var comparing = new Comparing(SCHEMA, "price");
        for (int i = 0; i < 3_000; i++) {
            comparing.take(key("m" + i), row("1.00", "x"), row(1 + i + ".50", "x"));
            comparing.take(key("n" + i), Rows.NONE, row("1.00", "x"));
            comparing.take(key("o" + i), row("1.00", "x"), Rows.NONE);
        }
        Difference found = comparing.found();
        assertThat(List.of(found.added(), found.removed(), found.moved())).containsOnly(3_000L);
        assertThat(found.largest()).hasSize(Difference.LISTED_MAX);
        assertThat(found.largest().getFirst().after()).isEqualTo("3000.50");
        assertThat(found.came()).hasSize(Difference.LISTED_MAX);
        assertThat(found.went()).hasSize(Difference.LISTED_MAX);
    }

    /// By the layers and their keys, and by all rows side by side, the same comes out.
    @Test
    void aDifferenceIsTheSameWhicheverWayItIsMade(@TempDir Path folder) throws Exception {
        var random = new Random(7);
        var clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        try (var hub = new DatasetHub(folder, clock)) {
            var rows = new TreeMap<String, String>();
            for (int i = 0; i < 400; i++) {
                rows.put("P" + i, "1" + i + ".50");
            }
            publish(hub, rows);
            var first = new TreeMap<>(rows);
            for (int version = 0; version < 3; version++) {
                for (int i = 0; i < 6; i++) {
                    rows.put("P" + random.nextInt(420), random.nextInt(1, 900) + ".25");
                    rows.remove("P" + random.nextInt(400));
                }
                publish(hub, rows);
                clock.advance(Duration.ofSeconds(1));
            }
            Publishers publishers = hub.hub().inside().publishers();
            Difference few = publishers.difference(PRICES, WHO, 1, 4, "price");
            assertThat(few.added())
                    .isEqualTo(rows.keySet().stream()
                            .filter(part -> !first.containsKey(part))
                            .count());
            assertThat(few.removed())
                    .isEqualTo(first.keySet().stream()
                            .filter(part -> !rows.containsKey(part))
                            .count());
            assertThat(few.moved())
                    .isEqualTo(rows.entrySet().stream()
                            .filter(row -> first.containsKey(row.getKey())
                                    && !row.getValue().equals(first.get(row.getKey())))
                            .count());
            assertThat(publishers.difference(PRICES, WHO, 0, 4, "price").added())
                    .isEqualTo(rows.size());
            for (int i = 0; i < 400; i += 2) {
                rows.put("P" + i, "77.00");
            }
            publish(hub, rows);
            Difference many = publishers.difference(PRICES, WHO, 4, 5, "price");
            assertThat(many).isSameAs(publishers.difference(PRICES, WHO, 4, 5, "price"));
            assertThat(many).isSameAs(publishers.difference(PRICES, WHO, 4, 5, null));
            assertThat(many).isSameAs(publishers.difference(PRICES, WHO, 4, 5, "no such column"));
            assertThat(many.largest()).allSatisfy(one -> assertThat(one.after()).isEqualTo("77.00"));
            assertThatThrownBy(() -> publishers.difference(PRICES, WHO, 4, 9, null))
                    .isInstanceOf(Refused.class);
            assertThatThrownBy(() -> publishers.difference(PRICES, WHO, 4, 4, null))
                    .isInstanceOf(Refused.class);
        }
    }

    private static void publish(DatasetHub hub, Map<String, String> rows) throws Exception {
        var csv = new StringBuilder("part,country,price,contract\n");
        rows.forEach(
                (part, price) -> csv.append(part).append(",FR,").append(price).append(",\n"));
        publish(hub.hub().inside().publishers(), csv.toString());
    }

    private static void publish(Publishers publishers, String csv) throws Exception {
        Published published = publishers.publish(
                PRICES,
                WHO,
                "text/csv",
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                false,
                null,
                false,
                null);
        if (published instanceof Published.Held(var entry, var applied, var _, var _)) {
            published = publishers.release(
                    PRICES,
                    new Viewer.Operator("operator:bob"),
                    applied.receipt().leaf().statement().position());
        }
        assertThat(published).isInstanceOf(Published.AsVersion.class);
    }

    /// Run with `-Daiguillage.many=true`: two lists of 455,000 rows that differ everywhere.
    @Test
    void largeListsAreComparedInAFewSeconds(@TempDir Path folder) throws Exception {
        int rows = Boolean.getBoolean("aiguillage.many") ? 455_000 : 20_000;
        try (var hub = new DatasetHub(folder, new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS)))) {
            Publishers publishers = hub.hub().inside().publishers();
            publish(publishers, list(rows, 10));
            publish(publishers, list(rows, 11));
            long begun = System.nanoTime();
            Difference difference = publishers.difference(PRICES, WHO, 1, 2, null);
            Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(difference.moved()).isEqualTo(rows);
            assertThat(lasted).as("%,d rows compared", rows).isLessThan(Duration.ofSeconds(8));
        }
    }

    private static String list(int rows, int price) {
        var csv = new StringBuilder("part,country,price,contract\n");
        for (int i = 0; i < rows; i++) {
            csv.append("P")
                    .append(1_000_000 + i)
                    .append(",FR,")
                    .append(price + i % 90)
                    .append(".")
                    .append(10 + price);
            csv.append(",\n");
        }
        return csv.toString();
    }
}
