package aiguillage.dataset.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Leak.Columns;
import aiguillage.dataset.mark.Leak.Form;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TracerTest {

    private static final List<Change> PARTS = Lists.parts(20_000, 1);
    private static final Marks MARKS = Lists.marks(Lists.secret(1), Lists.parts(), PARTS);
    private static final Tracer TRACER = new Tracer(MARKS, PARTS);
    private static final List<String> RECIPIENTS = Lists.recipients(200);

    private static Report trace(String excerpt) throws IOException {
        return TRACER.trace(new StringReader(excerpt), RECIPIENTS, Tracer.FALSE_ACCUSATIONS);
    }

    private static Report trace(Leak leak, String... leakers) throws IOException {
        return trace(leak.of(MARKS, PARTS, List.of(leakers), new Random(4)));
    }

    private static List<String> accused(Report report) {
        return report.accused().stream().map(Suspect::recipient).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, TABS, 1",
        "ALL, TABS, 0.05",
        "ALL, TYPED_AGAIN, 0.05",
        "ALL, COMMAS, 0.05",
        "KEY_AND_TEXT, TABS, 0.05",
        "KEY_AND_TEXT, TYPED_AGAIN, 0.05",
        "KEY_AND_TEXT, COMMAS, 0.05",
        "TEXT_AND_PRICE, TABS, 0.05",
        "TEXT_AND_PRICE, TYPED_AGAIN, 0.05",
        "TEXT_AND_PRICE, COMMAS, 0.05",
        "KEY_AND_PRICE, TABS, 0.5",
        "KEY_AND_PRICE, TYPED_AGAIN, 0.5",
        "KEY_AND_PRICE, COMMAS, 0.5",
        "PRICES, TABS, 0.5",
        "PRICES, TYPED_AGAIN, 0.5",
        "PRICES, COMMAS, 0.5",
    })
    void whoLeaksAloneIsNamedAlone(Columns columns, Form form, double part) throws IOException {
        Report report = trace(new Leak(columns, form, part, Mix.RANDOM_LINES), "dealer-77");
        assertThat(accused(report)).containsExactly("dealer-77");
        assertThat(report.accused().getFirst().innocentMax()).isLessThan(1e-6);
        assertThat(report.accused().getFirst().share()).isGreaterThan(0.85);
    }

    @ParameterizedTest
    @EnumSource
    void threeWhoLeakTogetherAreFoundAndNobodyElse(Mix mix) throws IOException {
        var leak = new Leak(Columns.ALL, Form.TYPED_AGAIN, 0.5, mix);
        assertThat(accused(trace(leak, "dealer-1", "dealer-20", "dealer-150")))
                .isNotEmpty()
                .isSubsetOf("dealer-1", "dealer-20", "dealer-150");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "KEY_AND_PRICE", "PRICES"})
    void aDecoyThatTwoHaveIsLeftWhenTheyRemoveAllOthers(Columns columns) throws IOException {
        var leak = new Leak(columns, Form.TABS, 1, Mix.ALL_ZEROS);
        assertThat(accused(trace(leak, "dealer-5", "dealer-6"))).containsExactlyInAnyOrder("dealer-5", "dealer-6");
    }

    @Test
    void aSmallExcerptNamesNobodyRatherThanTheWrongOne() throws IOException {
        Report report = trace(new Leak(Columns.ALL, Form.TABS, 0.005, Mix.RANDOM_LINES), "dealer-77");
        assertThat(report.recognised()).isGreaterThan(50);
        assertThat(report.accused()).isEmpty();
    }

    @Test
    void theReportSaysWhatWasRead() throws IOException {
        String copy = new Leak(Columns.ALL, Form.TABS, 1, Mix.RANDOM_LINES)
                .of(MARKS, PARTS, List.of("dealer-77"), new Random(4));
        Report report = trace("part;price\n\n" + copy + "\nthe end\n");
        Marking marking = MARKS.recipient("dealer-77");
        int decoys = marking.decoys(_ -> false).size();
        long marked = PARTS.stream()
                .filter(row -> MARKS.isMarked(row.key(), row.rows()))
                .count();
        assertThat(report.recognised()).isEqualTo(PARTS.size() + decoys);
        assertThat(report.lines()).isEqualTo(report.recognised() + 2);
        assertThat(report.marks().stream().filter(Report.Decoy.class::isInstance))
                .hasSize(decoys);
        Map<Key, Rows> rows = PARTS.stream().collect(Collectors.toMap(Change::key, Change::rows));
        for (Report.Read read : report.marks()) {
            if (read instanceof Report.Spelling(var key, int asPublished, int respelled)) {
                Mark mark = MARKS.mark(key, Objects.requireNonNull(rows.get(key)));
                assertThat(mark).isNotNull();
                assertThat(respelled).isEqualTo(mark != null && marking.isRespelled(mark) ? 1 : 0);
                assertThat(asPublished).isEqualTo(1 - respelled);
            }
        }
        assertThat(report.marks().size() - decoys).isBetween((int) marked * 9 / 10, (int) marked);
    }

    @Test
    void whatComesFromNoCopyAccusesNobody() throws IOException {
        var unmarked = new Marks(Lists.secret(1), Lists.DATASET, Lists.parts(), Decoys.NONE);
        var whole = new Leak(Columns.ALL, Form.TABS, 1, Mix.ALL_ZEROS);
        String asPublished = whole.of(unmarked, PARTS, List.of(), new Random(4));
        assertThat(trace(asPublished).accused()).isEmpty();
        Marks others = Lists.marks(Lists.secret(2), Lists.parts(), PARTS);
        assertThat(trace(whole.of(others, PARTS, List.of("dealer-77"), new Random(4)))
                        .accused())
                .isEmpty();
        assertThat(trace("no list\n;;;,,,\t\t\n\"\n0\n").accused()).isEmpty();
        assertThat(trace("").accused()).isEmpty();
    }

    @Test
    void whoGotNoCopyIsNotNamed() throws IOException {
        Report report = trace(new Leak(Columns.ALL, Form.TABS, 1, Mix.RANDOM_LINES), "dealer-9999");
        assertThat(report.accused()).isEmpty();
    }

    @Test
    void anOldPriceDoesNotHideASpelling() throws IOException {
        String copy = new Leak(Columns.ALL, Form.TABS, 0.2, Mix.RANDOM_LINES)
                .of(MARKS, PARTS, List.of("dealer-77"), new Random(4));
        String dearer = copy.replaceAll("\\.(\\d)\\d(?=\n|$)", ".$19");
        assertThat(dearer).isNotEqualTo(copy);
        assertThat(accused(trace(dearer))).containsExactly("dealer-77");
    }

    @Test
    void aTextThatWasCutOffIsRead() throws IOException {
        String copy = new Leak(Columns.KEY_AND_TEXT, Form.TABS, 1, Mix.RANDOM_LINES)
                .of(MARKS, PARTS, List.of("dealer-77"), new Random(4));
        String cut = copy.replaceAll("(?m)(\t[^\t\n]{18})[^\t\n]*$", "$1");
        assertThat(cut.length()).isLessThan(copy.length() - 10_000);
        assertThat(accused(trace(cut))).containsExactly("dealer-77");
    }

    @Test
    void aLineWithoutEndIsPassedOver() throws IOException {
        var endless = new Reader() {
            private int left = 20_000_000;

            @Override
            public int read(char[] to, int from, int count) {
                int given = Math.min(left, count);
                Arrays.fill(to, from, from + given, 'x');
                left -= given;
                return given == 0 ? -1 : given;
            }

            @Override
            public void close() {}
        };
        Report report = TRACER.trace(endless, RECIPIENTS, 0.5);
        assertThat(report.lines()).isEqualTo(1);
        assertThat(report.recognised()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-1", "NaN"})
    void aProbabilityIsAskedFor(double probability) {
        assertThatThrownBy(() -> TRACER.trace(new StringReader(""), RECIPIENTS, probability))
                .hasMessageContaining("between 0 and 1");
    }
}
