package aiguillage.hub.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadsTest {

    @TempDir
    Path folder;

    /// Of a file system, an administrator or an editor.
    @Test
    void onlyBrokenOffUploadsAreRemovedAtTheStart() throws Exception {
        var payloads = new Payloads(folder, new Random(1));
        String kept = stored(payloads, "kept");
        String unknown = stored(payloads, "unknown");
        Files.createFile(folder.resolve("0123456789abcdef.part"));
        Files.createDirectories(folder.resolve("lost+found"));
        Files.createFile(folder.resolve(".DS_Store"));

        assertThat(payloads.removeOrphans(kept::equals)).isEqualTo(2);

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(kept, "lost+found", ".DS_Store")
                    .doesNotContain(unknown);
        }
    }

    private static String stored(Payloads payloads, String content) throws Exception {
        return payloads.store(
                        new byte[0],
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                        100,
                        bytes -> {})
                .file();
    }
}
