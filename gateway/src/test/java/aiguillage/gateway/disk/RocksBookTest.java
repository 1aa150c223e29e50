package aiguillage.gateway.disk;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.disk.Book.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private static Change put(String key) {
        return Change.put(key, "value".getBytes(StandardCharsets.UTF_8));
    }
}
