package aiguillage.hub.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The STAR samples beside the checkout; a test that asks for them is skipped where they are not.
public final class StarSamples {

    private StarSamples() {}

    public static Path folder() {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path samples = above.resolve("shared/samples/star");
            if (Files.isDirectory(samples)) {
                return samples;
            }
        }
        assumeTrue(false, "no folder shared/samples/star beside the checkout");
        throw new AssertionError("not reached");
    }
}
