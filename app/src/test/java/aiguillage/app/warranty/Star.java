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
        Path schemas = schemas();
        String name = schemas.relativize(schema(schemas, schema)).toString();
        return new PayloadCheck(Optional.of(new Schemas(schemas).named(name)), Map.of());
    }

    /// The folder of STAR's schemas; without it the test is skipped.
    static Path schemas() {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path schemas = above.resolve("shared/samples/star/schemas");
            if (Files.isDirectory(schemas)) {
                return schemas;
            }
        }
        assumeTrue(false, "no folder shared/samples/star beside the checkout");
        throw new AssertionError("not reached");
    }

    static Path schema(Path schemas, String name) {
        return schemas.resolve("BODs/Developer").resolve(name + ".xsd");
    }
}
