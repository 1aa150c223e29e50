package aiguillage.app.warranty;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiguillage.hub.schema.CompiledSchema;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.hub.schema.Schemas;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Checks against our own schemas and, where the samples lie beside the checkout, against STAR's.
final class Star {

    private Star() {}

    static PayloadCheck own(String schema, Map<String, String> keys) throws SchemaRefused, URISyntaxException {
        Path file = Path.of(
                Objects.requireNonNull(Decision.class.getResource(schema)).toURI());
        CompiledSchema compiled = new Schemas(file.resolveSibling("")).named(schema);
        return new PayloadCheck(Optional.of(compiled), keys);
    }

    static PayloadCheck published(String schema) throws SchemaRefused {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path schemas = above.resolve("shared/samples/star/schemas");
            if (Files.isDirectory(schemas)) {
                return new PayloadCheck(
                        Optional.of(new Schemas(schemas).named("BODs/Developer/" + schema + ".xsd")), Map.of());
            }
        }
        assumeTrue(false, "no folder shared/samples/star beside the checkout");
        throw new AssertionError("not reached");
    }
}
