package aiguillage.format;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.format.testing.ReadMany;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Memory does not grow with the file.
class SmallHeapTest {

    @Test
    @Timeout(60)
    void aHundredThousandLinesPassThroughTwentyFourMegabytes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadMany.class.getName(),
                        Path.of("..", "formats").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.strip()).isEqualTo("100000 documents, 0 faults");
        assertThat(process.waitFor()).isZero();
    }
}
