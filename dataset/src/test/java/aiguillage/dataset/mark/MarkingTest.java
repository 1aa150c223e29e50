package aiguillage.dataset.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkingTest {

    private static final List<Change> PARTS = Lists.parts(20_000, 1);
    private static final Marks MARKS = Lists.marks(Lists.secret(1), Lists.parts(), PARTS);
    private static final Marking ONE = MARKS.recipient("dealer-1");
    private static final Marking OTHER = MARKS.recipient("dealer-2");

    private static List<Rows> copy(Marking marking, List<Change> list) {
        return list.stream().map(row -> marking.rows(row.key(), row.rows())).toList();
    }

    /// Only texts differ, and in these no digit.
    private static void assertSpellingOnly(Markable markable, List<Change> list, Marking marking) {
        Set<Integer> texts = Set.copyOf(
                markable.texts().stream().map(Markable.TextCell::cell).toList());
        for (Change change : list) {
            Rows copied = marking.rows(change.key(), change.rows());
            if (copied.equals(change.rows())) {
                continue;
            }
            List<Row> before = change.rows().list();
            List<Row> after = copied.list();
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i).from()).isEqualTo(before.get(i).from());
                assertThat(after.get(i).to()).isEqualTo(before.get(i).to());
                for (int cell = 0; cell < before.get(i).cells().size(); cell++) {
                    String was = before.get(i).cells().get(cell);
                    String is = after.get(i).cells().get(cell);
                    if (!texts.contains(cell)) {
                        assertThat(is).isEqualTo(was);
                    } else if (was != null && is != null && !is.equals(was)) {
                        assertThat(Retyped.text(is)).isNotEqualTo(Retyped.text(was));
                        assertThat(is.replaceAll("\\D", "")).isEqualTo(was.replaceAll("\\D", ""));
                    }
                }
            }
        }
    }

    @Test
    void pricesAndNumbersNeverChange() {
        assertSpellingOnly(Lists.parts(), PARTS, ONE);
        assertSpellingOnly(Lists.parts(), PARTS, OTHER);
    }

    @Test
    void pricesAndNumbersNeverChangeInTheRealList() {
        List<Change> real = Lists.realCharges();
        var marks = new Marks(Lists.secret(1), "charges", Lists.charges(), Decoys.NONE);
        assertSpellingOnly(Lists.charges(), real, marks.recipient("dealer-1"));
        long marked = real.stream()
                .filter(row -> marks.isMarked(row.key(), row.rows()))
                .count();
        assertThat(marked).isBetween(20_000L / Lists.ONE, 40_000L / Lists.ONE);
    }

    @Test
    void theSameSecretMarksTheSame() {
        Marks again = Lists.marks(Lists.secret(1), Lists.parts(), PARTS);
        assertThat(copy(again.recipient("dealer-1"), PARTS)).isEqualTo(copy(ONE, PARTS));
        assertThat(again.recipient("dealer-1").decoys(_ -> false)).isEqualTo(ONE.decoys(_ -> false));
    }

    @Test
    void aRowKeepsItsMarkWhenOthersComeAndGo() {
        var without = new Marks(Lists.secret(1), Lists.DATASET, Lists.parts(), Decoys.NONE);
        List<Change> half = PARTS.subList(0, PARTS.size() / 2);
        assertThat(copy(without.recipient("dealer-1"), half)).isEqualTo(copy(ONE, half));
    }

    @Test
    void copiesDiffer() {
        List<Rows> published = PARTS.stream().map(Change::rows).toList();
        Marking elsewhere = new Marks(Lists.secret(1), "other", Lists.parts(), Decoys.NONE).recipient("dealer-1");
        Marking another = Lists.marks(Lists.secret(2), Lists.parts(), PARTS).recipient("dealer-1");
        List<List<Rows>> copies = Stream.of(ONE, OTHER, elsewhere, another)
                .map(marking -> copy(marking, PARTS))
                .toList();
        for (int a = 0; a < copies.size(); a++) {
            assertThat(differences(copies.get(a), published)).isGreaterThan(300);
            for (int b = 0; b < a; b++) {
                assertThat(differences(copies.get(a), copies.get(b))).isGreaterThan(150);
            }
        }
        assertThat(ONE.decoys(_ -> false)).isNotEqualTo(OTHER.decoys(_ -> false));
    }

    private static int differences(List<Rows> one, List<Rows> other) {
        int differences = 0;
        for (int i = 0; i < one.size(); i++) {
            differences += one.get(i).equals(other.get(i)) ? 0 : 1;
        }
        return differences;
    }

    @Test
    void whatIsNotMarkedIsHandedOnAsItIs() {
        int marked = 0;
        for (Change change : PARTS) {
            Rows copied = ONE.rows(change.key(), change.rows());
            Mark mark = MARKS.mark(change.key(), change.rows());
            if (mark == null) {
                assertThat(copied).isSameAs(change.rows());
                assertThat(MARKS.isMarked(change.key(), change.rows())).isFalse();
            } else {
                marked++;
                assertThat(mark.published()).isSameAs(change.rows());
                assertThat(mark.respelled()).isNotEqualTo(change.rows());
                assertThat(copied).isEqualTo(ONE.rows(mark));
                assertThat(copied.equals(mark.respelled())).isEqualTo(ONE.isRespelled(mark));
            }
        }
        assertThat(marked).isBetween(PARTS.size() / 20, PARTS.size() / Code.ROWS_PER_MARK + 300);
        assertThat(MARKS.mark(PARTS.getFirst().key(), Rows.NONE)).isNull();
    }

    @Test
    void spellingsSurviveBeingTypedAgain() {
        var random = new Random(3);
        int texts = 0;
        for (Change change : PARTS) {
            Mark mark = MARKS.mark(change.key(), change.rows());
            for (int i = 0; mark != null && i < change.rows().list().size(); i++) {
                for (Markable.TextCell cell : Lists.parts().texts()) {
                    String published = mark.published().list().get(i).cells().get(cell.cell());
                    String respelled = mark.respelled().list().get(i).cells().get(cell.cell());
                    if (published != null && respelled != null && !published.equals(respelled)) {
                        texts++;
                        assertThat(Retyped.text(Leak.typedAgain(published, random)))
                                .isEqualTo(Retyped.text(published))
                                .isNotEqualTo(Retyped.text(Leak.typedAgain(respelled, random)));
                    }
                }
            }
        }
        assertThat(texts).isGreaterThan(1_000);
    }

    @Test
    void eachBitHasTheChanceOfItsPosition() {
        var code = new Code(Lists.secret(5), Lists.DATASET);
        List<Codeword> words =
                Lists.recipients(4_000).stream().map(code::codeword).toList();
        double chances = 0;
        for (int i = 0; i < 200; i++) {
            Position position = code.spelling(Key.of(List.of("part-" + i))).position();
            long ones = words.stream().filter(word -> word.bit(position)).count();
            assertThat(ones / 4_000.0).isCloseTo(position.chance(), within(0.04)); // five times the deviation
            assertThat(position.chance()).isBetween(Code.CUT_OFF, 1 - Code.CUT_OFF);
            chances += position.chance() / 200;
        }
        assertThat(chances).isCloseTo(0.5, within(0.13));
    }

    @Test
    void whatCannotBeMarkedIsRefused() {
        List<String> none = new ArrayList<>();
        assertThatThrownBy(() -> markable(new Markable.Text("text-en", "de"), none))
                .hasMessageContaining("\"de\"");
        assertThatThrownBy(() -> markable(new Markable.Text("part", "en"), none))
                .hasMessageContaining("no column part");
        assertThatThrownBy(() -> markable(new Markable.Text("net", "en"), none)).hasMessageContaining("is no text");
        assertThatThrownBy(() -> markable(null, List.of("family"))).hasMessageContaining("is no decimal");
    }

    private static Markable markable(Markable.@Nullable Text text, List<String> prices) {
        return new Markable(Lists.parts().schema(), text == null ? List.of() : List.of(text), prices);
    }
}
