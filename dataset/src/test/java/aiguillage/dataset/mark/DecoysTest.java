package aiguillage.dataset.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DecoysTest {

    private static final List<Change> PARTS = Lists.parts(20_000, 1);
    private static final Markable MARKABLE = Lists.parts();
    private static final Predicate<Key> IN_USE = Lists.inUse(PARTS);
    private static final Decoys DECOYS = Decoys.make(Lists.secret(1), Lists.DATASET, MARKABLE, PARTS, IN_USE);

    private static void assertNothingOfTheListIsTouched(Markable markable, List<Change> list, Decoys decoys) {
        Predicate<Key> inUse = Lists.inUse(list);
        Set<Long> prices = new HashSet<>();
        list.forEach(change -> change.rows().list().forEach(row -> markable.eachPrice(row, prices::add)));
        Set<Long> seen = new HashSet<>();
        for (Change decoy : decoys.all()) {
            assertThat(inUse.test(decoy.key())).isFalse();
            for (Row row : decoy.rows().list()) {
                markable.eachPrice(row, price -> {
                    assertThat(price).isPositive();
                    assertThat(prices.contains(price)).isFalse();
                    seen.add(price);
                });
            }
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(decoys.all().size());
    }

    @Test
    void noDecoyHasAKeyOrAPriceOfARow() {
        assertNothingOfTheListIsTouched(MARKABLE, PARTS, DECOYS);
        assertThat(DECOYS.all()).hasSizeBetween(500, 750);
    }

    @Test
    void noDecoyHasAKeyOrAPriceOfARowOfTheRealList() {
        List<Change> real = Lists.realCharges();
        Decoys decoys = Decoys.make(Lists.secret(1), "charges", Lists.charges(), real, Lists.inUse(real));
        assertNothingOfTheListIsTouched(Lists.charges(), real, decoys);
        assertThat(decoys.all()).hasSizeGreaterThan(8_000 / Lists.ONE);
    }

    @Test
    void aDecoyLooksLikeARow() {
        Set<String> brands = Set.of("opel", "vauxhall");
        for (Change decoy : DECOYS.all()) {
            assertThat(decoy.key().cells().getFirst()).isIn(brands);
            assertThat(decoy.key().cells().getLast()).matches("\\d{3}-\\d{3} \\d{3}");
            Row row = decoy.rows().list().getFirst();
            for (int i = 0; i < row.cells().size(); i++) {
                String cell = row.cells().get(i);
                var dialect = new aiguillage.dataset.schema.Dialect(
                        ';', true, java.nio.charset.StandardCharsets.UTF_8, false, "uuuu-MM-dd");
                assertThat(
                                cell == null
                                        ? null
                                        : MARKABLE.schema()
                                                .values()
                                                .get(i)
                                                .type()
                                                .canonical(cell, dialect))
                        .isEqualTo(cell);
            }
        }
    }

    @Test
    void theSameListMakesTheSamePool() {
        Decoys again = Decoys.make(Lists.secret(1), Lists.DATASET, MARKABLE, PARTS, IN_USE);
        Decoys other = Decoys.make(Lists.secret(2), Lists.DATASET, MARKABLE, PARTS, IN_USE);
        assertThat(again.all()).isEqualTo(DECOYS.all());
        assertThat(other.all()).isNotEqualTo(DECOYS.all());
    }

    @Test
    void eachIsFoundByItsKeyByThoseAloneWhoHaveIt() {
        Marking dealer = new Marks(Lists.secret(1), Lists.DATASET, MARKABLE, DECOYS).recipient("dealer-1");
        List<Change> mine = dealer.decoys(_ -> false);
        for (Change decoy : DECOYS.all()) {
            assertThat(dealer.decoy(decoy.key())).isEqualTo(mine.contains(decoy) ? decoy.rows() : Rows.NONE);
        }
        assertThat(mine).isNotEmpty().hasSizeLessThan(DECOYS.all().size());
        assertThat(dealer.decoy(PARTS.getFirst().key())).isEqualTo(Rows.NONE);
    }

    @Test
    void eachHasSomeInTheOrderOfKeys() {
        var marks = new Marks(Lists.secret(1), Lists.DATASET, MARKABLE, DECOYS);
        List<Change> one = marks.recipient("dealer-1").decoys(_ -> false);
        List<Change> other = marks.recipient("dealer-2").decoys(_ -> false);
        assertThat(one).isSortedAccordingTo(java.util.Comparator.comparing(Change::key));
        assertThat(DECOYS.all()).containsAll(one).containsAll(other);
        assertThat(one).hasSizeBetween(DECOYS.all().size() / 5, DECOYS.all().size() / 2);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void aDecoyIsGoneForEverybodyWhenItsKeyComesIntoUse() {
        Key key = DECOYS.all().getFirst().key();
        var marks = new Marks(Lists.secret(1), Lists.DATASET, MARKABLE, DECOYS);
        for (String recipient : Lists.recipients(50)) {
            assertThat(marks.recipient(recipient).decoys(key::equals))
                    .extracting(Change::key)
                    .doesNotContain(key);
        }
        Decoys left = DECOYS.without(key::equals);
        assertThat(left.all())
                .hasSize(DECOYS.all().size() - 1)
                .extracting(Change::key)
                .doesNotContain(key);
        assertThat(DECOYS.without(_ -> false)).isSameAs(DECOYS);
    }

    @Test
    void aKeyIsInThePoolOnce() {
        Change decoy = DECOYS.all().getFirst();
        assertThatThrownBy(() -> new Decoys(List.of(decoy, decoy))).hasMessageContaining("two decoys");
    }
}
