package aiguillage.dataset.mark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetypedTest {

    @Test
    void caseSignsBlanksAndAccentsAreGone() {
        assertThat(Retyped.text(" Boîte à 5-vitesses (n° 3) ")).isEqualTo(Retyped.text("BOITE A 5 VITESSES N 3"));
        assertThat(Retyped.text("straße")).isEqualTo("STRASSE");
        assertThat(Retyped.text("W/O")).isNotEqualTo(Retyped.text("W/"));
    }

    @Test
    void keysLoseLeadingZeros() {
        assertThat(Retyped.key("01-000 001")).isEqualTo(Retyped.key("1000001"));
        assertThat(Retyped.key("000")).isEqualTo("0");
    }

    private static List<Long> amounts(String cell) {
        List<Long> amounts = new ArrayList<>();
        Amount.each(cell, 2, amounts::add);
        return amounts;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1234.50          | 123450
            1234.5           | 123450
            1234,50          | 123450
            1,234.50         | 123450
            1.234,50         | 123450
            EUR 1 234,50     | 123450
            1'234.50 CHF     | 123450
            $1,234.500       | 123450
            1,234            | 123400
            1.234.567        | 123456700
            641              | 64100
            0,01             | 1
            """)
    void anAmountIsReadInWhateverForm(String cell, long amount) {
        assertThat(amounts(cell)).containsExactly(amount);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12A4
            641.00,3
            1.23.456
            1.2345
            -5.00
            99999999999999999
            """)
    void whatIsNoAmountIsNotRead(String cell) {
        assertThat(amounts(cell)).isEmpty();
    }

    @Test
    void aPointBeforeThreeDigitsMayBeEither() {
        List<Long> amounts = new ArrayList<>();
        Amount.each("1.234", 3, amounts::add);
        assertThat(amounts).containsExactlyInAnyOrder(1234L, 1234000L);
    }

    @Test
    void centsTellAnAmountFromAKey() {
        assertThat(List.of("641.00", "1.234,5", "$ 3.99")).allMatch(Amount::hasCents);
        assertThat(List.of("01000001", "11.42.7", "90 572 104", "AB1.5")).noneMatch(Amount::hasCents);
    }

    @Test
    void aLineIsCutInEachWayItMayBeMeant() {
        assertThat(Cells.of("1;\"A, \"\"B\"\"; C\";3,5")).contains(List.of("1", "A, \"\"B\"\"; C", "3,5"));
        assertThat(Cells.of("1\tX, Y\t3")).contains(List.of("1", "X, Y", "3"), List.of("1\tX", "Y\t3"));
        assertThat(Cells.of("1   X Y   3")).contains(List.of("1", "X Y", "3"));
        assertThat(Cells.of("1 X Y")).contains(List.of("1", "X Y"), List.of("1 X", "Y"));
        assertThat(Cells.of("7.50")).containsExactly(List.of("7.50"));
        assertThat(Cells.of("\"open, 3")).contains(List.of("\"open", "3"));
    }
}
