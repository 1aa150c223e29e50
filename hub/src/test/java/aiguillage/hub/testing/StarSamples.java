package aiguillage.hub.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The STAR samples beside the checkout; a test that asks for them is skipped where they are not.
public final class StarSamples {

    private StarSamples() {}

    public static Path folder() {
        Optional<Path> found = find();
        assumeTrue(found.isPresent(), "no folder shared/samples/star beside the checkout");
        return found.orElseThrow();
    }

    /// The folder, where it is.
    public static Optional<Path> find() {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path samples = above.resolve("shared/samples/star");
            if (Files.isDirectory(samples)) {
                return Optional.of(samples);
            }
        }
        return Optional.empty();
    }
}
