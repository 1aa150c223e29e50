package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SorterTest {

    @TempDir
    private Path folder;

    private static Checked line(Random random, int number) {
        String key = "k" + Integer.toString(random.nextInt(500), 36);
        var row = new Row(null, null, List.of("x".repeat(random.nextInt(40))));
        return new Checked(Key.of(List.of(key)), number, random.nextBoolean(), Rows.of(List.of(row)));
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void howeverManyRunsTheOrderIsByKeyAndLine() throws IOException {
        var random = new Random(7);
        for (int bytes : new int[] {200, 2_000, 20_000, 1 << 20}) {
            List<Checked> lines = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                lines.add(line(random, i + 1));
            }
            List<Checked> found = new ArrayList<>();
            try (var sorter = new Sorter(folder, bytes)) {
                for (Checked line : lines) {
                    sorter.add(line);
                }
                sorter.sorted().forEachRemaining(found::add);
            }
            lines.sort(Checked.ORDER);
            assertThat(found).as("with %d bytes", bytes).isEqualTo(lines);
            assertThat(files()).as("files left").isZero();
        }
    }

    @Test
    void linesInOrderMakeOneRun() throws IOException {
        var random = new Random(7);
        List<Checked> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add(line(random, i + 1));
        }
        lines.sort(Checked.ORDER);
        List<Checked> found = new ArrayList<>();
        try (var sorter = new Sorter(folder, 1_000)) {
            for (Checked line : lines) {
                sorter.add(line);
            }
            assertThat(files()).isOne();
            sorter.sorted().forEachRemaining(found::add);
        }
        assertThat(found).isEqualTo(lines);
    }

    @Test
    void fewLinesNeverTouchTheDisk() throws IOException {
        try (var sorter = new Sorter(folder, Sorter.BYTES_MAX)) {
            List<Checked> lines = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                lines.add(line(new Random(i), i + 1));
            }
            Collections.shuffle(lines, new Random(7));
            for (Checked line : lines) {
                sorter.add(line);
            }
            List<Checked> found = new ArrayList<>();
            sorter.sorted().forEachRemaining(found::add);
            assertThat(found).isSortedAccordingTo(Checked.ORDER).hasSize(1_000);
            assertThat(files()).isZero();
        }
    }

    @Test
    void aLineLargerThanAnyBufferIsKept() throws IOException {
        List<Checked> lines = new ArrayList<>();
        for (int i = 9; i > 0; i--) {
            var row = new Row(null, null, List.of("x".repeat(i * 50_000)));
            lines.add(new Checked(Key.of(List.of("k" + i)), i, false, Rows.of(List.of(row))));
        }
        List<Checked> found = new ArrayList<>();
        try (var sorter = new Sorter(folder, 1_000)) {
            for (Checked line : lines) {
                sorter.add(line);
            }
            sorter.sorted().forEachRemaining(found::add);
        }
        assertThat(found).isEqualTo(lines.reversed());
    }

    @Test
    void nothingIsLeftWhenItIsClosedInTheMiddle() throws IOException {
        var random = new Random(7);
        try (var sorter = new Sorter(folder, 2_000)) {
            for (int i = 0; i < 500; i++) {
                sorter.add(line(random, i + 1));
            }
            assertThat(sorter.sorted().next()).isNotNull();
            assertThat(files()).isGreaterThan(5);
        }
        assertThat(files()).isZero();
    }
}
