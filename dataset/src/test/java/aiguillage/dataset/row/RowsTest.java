package aiguillage.dataset.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final List<String> TEXTS = List.of("", "1.50", "Öl", "𝄞", "a".repeat(200));

    private final SplittableRandom random = new SplittableRandom(5);

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        long time = random.nextInt(100) - 50L;
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Instant from = i == 0 && random.nextBoolean() ? null : at(time);
            time += 1 + random.nextInt(50);
            Instant to = i == count - 1 && random.nextBoolean() ? null : at(time);
            List<@Nullable String> cells = new ArrayList<>();
            for (int cell = random.nextInt(4); cell > 0; cell--) {
                cells.add(random.nextInt(4) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())));
            }
            rows.add(new Row(from, to, cells));
            time += (long) random.nextInt(2) * random.nextInt(20);
        }
        return rows;
    }

    @Test
    void whatWasWrittenComesBack() {
        for (int i = 0; i < 2_000; i++) {
            List<Row> rows = rows();
            assertThat(Rows.of(rows).list()).isEqualTo(rows);
            assertThat(Rows.checked(Rows.of(rows).bytes())).isEqualTo(Rows.of(rows.reversed()));
        }
    }

    @Test
    void atAnyInstantTheRowThatHoldsIsFoundAndUntilWhen() {
        for (int i = 0; i < 1_000; i++) {
            List<Row> rows = rows();
            Rows packed = Rows.of(rows);
            Row before = null;
            Instant promised = null;
            for (long millis = -60; millis < 250; millis++) {
                Instant at = at(millis).plusNanos(random.nextInt(1_000_000));
                Row holds = rows.stream().filter(row -> row.holds(at)).findAny().orElse(null);
                assertThat(packed.at(at)).isEqualTo(holds);
                if (millis > -60 && (promised == null || at(millis).isBefore(promised))) {
                    assertThat(holds).as("nothing changes before " + promised).isEqualTo(before);
                }
                before = holds;
                promised = packed.nextChange(at);
            }
        }
    }

    @Test
    void instantsBeyondAllTimesAreBeforeOrBehindAllRows() {
        var ever = new Row(null, at(5), List.of("a"));
        var after = new Row(at(5), null, List.of("b"));
        Rows rows = Rows.of(List.of(ever, after));
        assertThat(rows.at(Instant.MIN)).isEqualTo(ever);
        assertThat(rows.nextChange(Instant.MIN)).isEqualTo(at(5));
        assertThat(rows.at(Instant.MAX)).isEqualTo(after);
        assertThat(rows.nextChange(Instant.MAX)).isNull();
    }

    @Test
    void twoRowsAtTheSameInstantAreRefused() {
        var first = new Row(at(0), at(10), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> Rows.of(List.of(first, new Row(at(9), null, List.of()))));
        assertThatIllegalArgumentException().isThrownBy(() -> Rows.of(List.of(first, new Row(null, null, List.of()))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Row(at(5), at(5), List.of()));
    }

    @Test
    void aRowThatCouldNotBeWrittenAsItIsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Row(at(5).plusNanos(1), null, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Row(null, Instant.MAX, List.of()));
        var large = new Row(null, null, List.of("x".repeat(Rows.BYTES_MAX)));
        assertThatIllegalArgumentException().isThrownBy(() -> Rows.of(List.of(large)));
    }

    /// The slow way: decoded and written again, they are the same bytes.
    private static boolean areRows(byte[] bytes) {
        try {
            return Arrays.equals(Rows.of(Rows.ofBytes(bytes).list()).bytes(), bytes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return false;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean passes(byte[] bytes) {
        try {
            Rows.checked(bytes);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void bytesFromElsewherePassOnlyWhenTheyAreRowsWrittenInTheOneWay() {
        int right = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] bytes = Rows.of(rows()).bytes().clone();
            if (bytes.length > 0) {
                for (int changes = random.nextInt(3); changes >= 0; changes--) {
                    int at = random.nextInt(bytes.length);
                    switch (random.nextInt(3)) {
                        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                        case 1 -> bytes[at] = (byte) random.nextInt(4);
                        default -> bytes = random.nextInt(20) == 0 ? Arrays.copyOf(bytes, at + 1) : bytes;
                    }
                }
            }
            boolean passes = passes(bytes);
            if (passes) { // what does not pass could make the slow way go round in circles
                right++;
                assertThat(areRows(bytes)).as(Arrays.toString(bytes)).isTrue();
            }
        }
        assertThat(right).isBetween(1_000, 59_000);
    }

    @Test
    void aNumberWrittenLongerThanItIsDoesNotPass() {
        assertThat(passes(new byte[] {0, 1, 0})).isTrue();
        assertThat(passes(new byte[] {0, (byte) 0x81, 0, 0})).isFalse();
        assertThat(passes(new byte[] {0, 2, (byte) 0x80, 0})).isFalse();
        assertThat(passes(new byte[] {0, -1, -1, -1, -1, 7})).isFalse();
        assertThat(passes(new byte[] {0, -1, -1, -1, -1, -1, 1})).isFalse();
        assertThat(passes(new byte[] {4, 0})).isFalse();
    }

    @Test
    void rowsOutOfOrderDoNotPass() {
        byte[] early = Rows.of(List.of(new Row(at(1), at(2), List.of()))).bytes();
        byte[] late = Rows.of(List.of(new Row(at(2), at(3), List.of()))).bytes();
        assertThat(passes(joined(early, late))).isTrue();
        assertThat(passes(joined(late, early))).isFalse();
        assertThat(passes(joined(early, early))).isFalse();
    }

    private static byte[] joined(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
