package aiguillage.console.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    private static List<String> shown(LineDiff diff) {
        return diff.hunks().stream()
                .flatMap(hunk -> hunk.lines().stream())
                .map(line -> line.sign() + line.number() + line.text())
                .toList();
    }

    @Test
    void aChangedLineGoesAndComesBetweenItsNeighbours() {
        LineDiff diff = LineDiff.between("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\n");
        assertThat(shown(diff)).containsExactly("2b", "3c", "4d", "-5e", "+5E", "6f", "7g", "8h");
        assertThat(diff.added()).isEqualTo(1);
        assertThat(diff.removed()).isEqualTo(1);
    }

    @Test
    void whatIsFarApartIsToldApart() {
        String old = IntStream.range(0, 40).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        LineDiff diff = LineDiff.between(old, old.replace("line 3\n", "").replace("line 30\n", "other\n"));
        assertThat(diff.hunks()).hasSize(2);
        assertThat(shown(diff)).contains("-4line 3", "-31line 30", "+30other");
    }

    @Test
    void equalTextsDifferInNothing() {
        assertThat(LineDiff.between("a\nb\n", "a\nb").isEmpty()).isTrue();
        assertThat(LineDiff.between("", "").hunks()).isEmpty();
    }

    @Test
    void textsThatHaveNothingInCommonAreOneBlock() {
        String old = IntStream.range(0, 5_000).mapToObj(i -> "old " + i).collect(Collectors.joining("\n"));
        LineDiff diff = LineDiff.between(old, old.replace("old", "new"));
        assertThat(diff.added()).isEqualTo(5_000);
        assertThat(diff.removed()).isEqualTo(5_000);
        assertThat(diff.unshown()).isEqualTo(10_000 - LineDiff.SHOWN_MAX);
    }

    /// What is told makes the new text of the old one, whatever these are.
    @Test
    void takingWhatGoesAndAddingWhatComesGivesTheNewText() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<String> old = letters(random);
            List<String> next = letters(random);
            LineDiff diff = LineDiff.between(String.join("\n", old), String.join("\n", next));
            var made = new ArrayList<>(old);
            List<LineDiff.Line> lines =
                    diff.hunks().stream().flatMap(hunk -> hunk.lines().stream()).toList();
            lines.reversed().stream()
                    .filter(line -> line.sign().equals("-"))
                    .forEach(line -> assertThat(made.remove(line.number() - 1)).isEqualTo(line.text()));
            lines.stream()
                    .filter(line -> line.sign().equals("+"))
                    .forEach(line -> made.add(line.number() - 1, line.text()));
            assertThat(made).as(old + " " + next).isEqualTo(next);
        }
    }

    private static List<String> letters(Random random) {
        return random.ints(random.nextInt(1, 30), 0, 4).mapToObj(i -> "l" + i).toList();
    }
}
