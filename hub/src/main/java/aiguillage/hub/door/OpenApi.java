package aiguillage.hub.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The description of the main listener's wire, OpenAPI 3.1. Schemas and texts stand in `openapi.json` beside this
/// class; which addresses there are comes from the endpoints themselves, and a test requires that both name the
/// same.
final class OpenApi {

    private OpenApi() {}

    static void give(Call call, List<Endpoint> endpoints) {
        call.json(200, describe(endpoints));
    }

    static ObjectNode describe(List<Endpoint> endpoints) {
        ObjectNode description = written();
        ObjectNode paths = description.withObject("/paths");
        for (Endpoint endpoint : endpoints) {
            ObjectNode operation = paths.withObjectProperty(endpoint.pattern())
                    .withObjectProperty(endpoint.method().toLowerCase(java.util.Locale.ROOT));
            operation.put("summary", endpoint.summary());
        }
        return description;
    }

    /// What stands in the file.
    static ObjectNode written() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (in != null && Call.JSON.readTree(in) instanceof ObjectNode object) {
                return object;
            }
            throw new AssertionError("openapi.json is missing or no object");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
