package aiguillage.dataset.source;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The sample files beside the checkout.
public final class Samples {

    private Samples() {}

    /// One of them; the test is skipped where it is not.
    public static Path file(String name) {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path file = above.resolve("shared/samples").resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        assumeTrue(false, "no file shared/samples/" + name + " beside the checkout");
        throw new AssertionError("not reached");
    }
}
