package aiguillage.hub.schema;

import aiguillage.protocol.Digest;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A compiled JSON Schema.
///
/// Every file it refers to is read before it is compiled, so checking a document reads no file, and a reference
/// that leads nowhere is found at the start rather than by the first document that needs it.
public final class JsonSchema implements CompiledSchema {

    /// Payloads are held in memory as a tree, several times their size, so they may have this many bytes. A flow
    /// with larger ones uses XML, or no schema and no keys.
    public static final int PAYLOAD_BYTES_MAX = 4 * 1024 * 1024;

    private static final JsonMapper READER = JsonMapper.shared();

    private final String name;
    private final Digest digest;
    private final Schema schema;

    private JsonSchema(String name, Digest digest, Schema schema) {
        this.name = name;
        this.digest = digest;
        this.schema = schema;
    }

    static JsonSchema compile(SchemaFiles files) throws SchemaRefused {
        URI address = files.first();
        Map<String, String> contents = everyFile(address, files);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .preloadSchema(true)
                .formatAssertionsEnabled(true)
                .build();
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12,
                            registry -> registry.schemas(contents).schemaRegistryConfig(config))
                    .getSchema(SchemaLocation.of(iri(address, files)));
            schema.initializeValidators();
            return new JsonSchema(files.schema(), files.digest(), schema);
        } catch (SchemaException | IllegalArgumentException e) {
            throw new SchemaRefused(
                    files.askedBy() + " cannot be compiled: " + e.getMessage()
                            + " References work between files of the schema folder; leave out an \"$id\" that is an"
                            + " address elsewhere.",
                    e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Digest digest() {
        return digest;
    }

    Schema schema() {
        return schema;
    }

    private static Map<String, String> everyFile(URI first, SchemaFiles files) throws SchemaRefused {
        String askedBy = files.askedBy();
        var contents = new HashMap<String, String>();
        var waiting = new ArrayDeque<URI>();
        waiting.add(first);
        while (!waiting.isEmpty()) {
            URI address = waiting.remove();
            byte[] content = files.read(address);
            String known = contents.putIfAbsent(iri(address, files), new String(content, StandardCharsets.UTF_8));
            if (known != null) {
                continue;
            }
            references(tree(content, address, askedBy), address, waiting, askedBy);
        }
        return contents;
    }

    /// The folder's own path is left out, since the compiler takes escapes in it amiss.
    private static String iri(URI address, SchemaFiles files) {
        return "file:///schemas/" + files.name(address);
    }

    private static JsonNode tree(byte[] content, URI address, String askedBy) throws SchemaRefused {
        try {
            return READER.readTree(content);
        } catch (JacksonException e) {
            throw new SchemaRefused(askedBy + ": " + address.getPath() + " is not JSON: " + e.getMessage(), e);
        }
    }

    private static void references(JsonNode node, URI address, ArrayDeque<URI> waiting, String askedBy)
            throws SchemaRefused {
        JsonNode reference = node.path("$ref");
        if (reference.isString() && !reference.asString().startsWith("#")) {
            waiting.add(target(reference.asString(), address, askedBy));
        }
        for (JsonNode child : node) {
            references(child, address, waiting, askedBy);
        }
    }

    private static URI target(String reference, URI address, String askedBy) throws SchemaRefused {
        try {
            return address.resolve(reference.split("#", 2)[0]);
        } catch (IllegalArgumentException e) {
            throw new SchemaRefused(
                    askedBy + " refers to " + Fault.quoted(reference) + ", which is not an address.", e);
        }
    }
}
