package aiguillage.format;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.format.testing.ReadMany;
import aiguillage.format.testing.ReadWhole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Memory does not grow with the file.
class SmallHeapTest {

    private static final long SECONDS_MAX = 60;

    private static List<String> said(String heap, Class<?> main, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                Path.of("..", "formats").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            return said.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Timeout(60)
    void aHundredThousandLinesPassThroughTwentyFourMegabytes() throws Exception {
        assertThat(said("-Xmx24m", ReadMany.class)).containsExactly("100000 documents, 0 faults");
    }

    /// In a heap of 32 MB a document may have 2 MB with all its fields, and two are made at a time.
    @Test
    @Timeout(60)
    void aFileThatIsOneDocumentIsRefusedInWordsWhereItWouldTakeTheHeapAndOthersAreMade() throws Exception {
        assertThat(said("-Xmx32m", ReadWhole.class, "1750", "150000", "1750", "1750", "99999"))
                .satisfiesExactly(
                        small -> assertThat(small).isEqualTo("1 documents"),
                        large -> assertThat(large)
                                .startsWith("0 documents, line 1")
                                .contains("in one document"),
                        small -> assertThat(small).isEqualTo("1 documents"),
                        small -> assertThat(small).isEqualTo("1 documents"),
                        large -> assertThat(large).contains("kB with all their fields", "Let each line be a document"));
    }
}
