package aiguillage.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every target on its seeds, on some changes of them, and on all that ever found something: the short form of
/// `./aiguillage fuzz`.
@Timeout(60)
class KeptInputsTest {

    static final Path KEPT = Path.of("src/test/resources/kept");

    private static final int CHANGED = 500;
    private static final long ALLOCATED_BYTES_MAX = 64L << 20;

    static Stream<String> targets() {
        return Targets.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyInputKeepsThePromises(String name) throws Exception {
        Target target = Targets.named(name);
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty();
        List<byte[]> inputs = new ArrayList<>(seeds);
        inputs.add(new byte[0]);
        inputs.addAll(kept(name));
        var random = new Random(7); // the same changes each time: new ones are the fuzzer's job
        for (int i = 0; i < CHANGED; i++) {
            inputs.add(changed(seeds.get(i % seeds.size()), random));
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        target.run(seeds.getFirst()); // classes are loaded
        for (byte[] input : inputs) {
            long before = threads.getCurrentThreadAllocatedBytes();
            target.run(input);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("memory for an input of " + input.length + " bytes")
                    .isLessThan(ALLOCATED_BYTES_MAX);
        }
    }

    private static List<byte[]> kept(String name) throws IOException {
        Path folder = KEPT.resolve(name);
        List<byte[]> kept = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    kept.add(Files.readAllBytes(file));
                }
            }
        }
        return kept;
    }

    private static byte[] changed(byte[] seed, Random random) {
        byte[] changed = Arrays.copyOf(seed, Math.max(1, seed.length - random.nextInt(3)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    @Test
    void everyKeptInputBelongsToATarget() throws IOException {
        try (Stream<Path> folders = Files.list(KEPT)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .isSubsetOf(Targets.all().keySet());
        }
    }
}
