package aiguillage.gateway.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.disk.Book.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written is there after a restart, in order.
final class RocksBookTest {

    @TempDir
    private Path root;

    @Test
    void recordsSurviveAndComeInOrder() throws IOException {
        try (var book = RocksBook.open(root.resolve("book"))) {
            book.write(List.of(put("b/2"), put("a/1"), put("b/10"), put("c/1")), true);
            book.write(List.of(Change.remove("a/1")), false);
        }
        try (var book = RocksBook.open(root.resolve("book"))) {
            assertThat(book.read("a/1")).isNull();
            assertThat(book.scan("b/", "b/", 10)).extracting(Book.Entry::key).containsExactly("b/10", "b/2");
            assertThat(book.scan("b/", "b/2", 10)).extracting(Book.Entry::key).containsExactly("b/2");
        }
    }

    @Test
    void everyRecordIsReadPageByPage() throws IOException {
        try (var book = RocksBook.open(root.resolve("book"))) {
            int records = 2 * Book.PAGE_ENTRIES + 1;
            for (int i = 0; i < records; i++) {
                book.write(List.of(put("x/" + (10_000 + i))), false);
            }
            List<String> keys = new ArrayList<>();
            book.each("x/", entry -> keys.add(entry.key()));
            assertThat(keys).hasSize(records).isSorted();
        }
    }

    /// Without the log is what a power cut leaves of what was not forced.
    @Test
    void whatAKilledProcessWroteLastIsDurableOnceTheBookIsOpen() throws IOException {
        Path killed = root.resolve("killed/book");
        Path powerless = root.resolve("powerless/book");
        try (var book = RocksBook.open(root.resolve("book"))) {
            book.write(List.of(put("x/1")), false);
            copy(root.resolve("book"), killed);
        }
        try (var book = RocksBook.open(killed)) {
            assertThat(book.read("x/1")).isNotNull();
            copy(killed, powerless);
        }
        Files.delete(log(powerless));
        try (var book = RocksBook.open(powerless)) {
            assertThat(book.read("x/1")).isNotNull();
        }
    }

    /// What stands behind the damage was promised to the DMS: a start without it would forget documents that wait.
    @Test
    void damageInTheMiddleOfTheLogRefusesTheStartAndATornEndDoesNot() throws IOException {
        Path damaged = root.resolve("damaged/book");
        Path torn = root.resolve("torn/book");
        try (var book = RocksBook.open(root.resolve("book"))) {
            for (int i = 0; i < 100; i++) {
                book.write(List.of(Change.put("x/" + (100 + i), new byte[1_000])), true);
            }
            copy(root.resolve("book"), damaged); // as a power cut leaves it
            copy(root.resolve("book"), torn);
        }
        byte[] log = Files.readAllBytes(log(damaged));
        log[log.length / 2] ^= 1;
        Files.write(log(damaged), log);
        assertThatThrownBy(() -> RocksBook.open(damaged))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("keep the whole data folder");

        byte[] whole = Files.readAllBytes(log(torn));
        Files.write(log(torn), Arrays.copyOf(whole, whole.length - 100));
        try (var book = RocksBook.open(torn)) {
            assertThat(book.scan("x/", "x/", 200)).hasSize(99);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private static Path log(Path book) throws IOException {
        try (var files = Files.list(book)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    private static Change put(String key) {
        return Change.put(key, "value".getBytes(StandardCharsets.UTF_8));
    }
}
