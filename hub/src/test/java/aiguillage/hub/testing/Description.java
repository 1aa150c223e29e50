package aiguillage.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a listener says of itself (OpenAPI 3.1), held against its real answers: a status, media type, header or
/// member that is not described fails. Safe from any thread.
public final class Description {

    private static final String BASE = "https://hub.example/openapi.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Of HTTP itself.
    private static final Set<String> HEADERS_OF_HTTP =
            Set.of(":status", "content-type", "content-length", "transfer-encoding", "connection");

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /// @param text of the description, as the listener gives it
    public Description(String text) {
        document = JSON.readTree(text);
        JsonNode strict = JSON.readTree(text);
        closed(strict);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .formatAssertionsEnabled(true)
                .build();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(BASE, strict.toString())).schemaRegistryConfig(config));
    }

    /// Clients pass over members they do not know; the test does not let them pass.
    private static void closed(JsonNode node) {
        if (node instanceof ObjectNode object
                && node.path("properties").isObject()
                && !node.has("additionalProperties")) {
            object.put("unevaluatedProperties", false);
        }
        node.forEach(Description::closed);
    }

    public JsonNode document() {
        return document;
    }

    /// Every operation, as `GET /v1/documents/{id}`.
    public Set<String> operations() {
        var operations = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /// What was answered so far, as `GET /v1/documents/{id} 404`.
    public Set<String> seen() {
        return Set.copyOf(seen);
    }

    /// Fails unless this answer is described.
    ///
    /// @param path with or without a query
    /// @param sent the request's body, when it was JSON
    public void requireFits(
            String method, String path, @Nullable String sent, int status, HttpHeaders headers, byte[] body) {
        String template = template(path.replaceFirst("\\?.*", ""));
        String shown = method + " " + path + " → " + status + " " + new String(body, StandardCharsets.UTF_8);
        if (template == null) {
            assertThat(status).as(shown + ": no such address is described").isIn(400, 404);
            return;
        }
        String operation = "/paths/" + escaped(template) + "/" + method.toLowerCase(Locale.ROOT);
        if (document.at(operation).isMissingNode()) {
            assertThat(status)
                    .as(shown + ": the address does not describe the method")
                    .isEqualTo(405);
            return;
        }
        seen.add(method + " " + template + " " + status);
        String response = operation + "/responses/" + status;
        assertThat(document.at(response).isObject())
                .as(shown + ": the status is not described")
                .isTrue();
        requireHeaders(response, headers, shown);
        String type = headers.firstValue("content-type").orElse("").replaceFirst(";.*", "");
        String content = response + "/content/"
                + escaped(document.at(response + "/content").has(type) ? type : "*/*");
        assertThat(document.at(content).isObject())
                .as(shown + ": media type " + type + " is not described")
                .isTrue();
        if (document.at(content).has("schema")) {
            JsonNode value = type.endsWith("json")
                    ? JSON.readTree(body)
                    : JSON.getNodeFactory().stringNode(new String(body, StandardCharsets.UTF_8));
            requireFits(content + "/schema", value, shown);
        }
        String form = operation + "/requestBody/content/application~1json/schema";
        if (sent != null && status < 400 && !document.at(form).isMissingNode()) {
            requireFits(form, JSON.readTree(sent), shown + " to " + sent);
        }
    }

    private void requireHeaders(String response, HttpHeaders headers, String shown) {
        JsonNode described = document.at(response + "/headers");
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, JsonNode> header : described.properties()) {
            names.add(header.getKey());
            String at = header.getValue().path("$ref").asString().substring(1);
            var value = headers.firstValue(header.getKey());
            if (document.at(at + "/required").asBoolean()) {
                assertThat(value).as(shown + ": header " + header.getKey()).isPresent();
            }
            value.ifPresent(text -> {
                boolean number = document.at(at + "/schema/type").asString("").equals("integer");
                JsonNode node =
                        number ? JSON.readTree(text) : JSON.getNodeFactory().stringNode(text);
                requireFits(at + "/schema", node, shown + ": header " + header.getKey());
            });
        }
        assertThat(headers.map().keySet())
                .as(shown + ": headers that are not described")
                .allMatch(name -> names.contains(name) || HEADERS_OF_HTTP.contains(name.toLowerCase(Locale.ROOT)));
    }

    /// Fails unless a value fits the schema of this name.
    public void requireFits(String schema, JsonNode value) {
        requireFits("/components/schemas/" + schema, value, schema);
    }

    private void requireFits(String pointer, JsonNode value, String shown) {
        Schema schema = compiled.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(BASE + "#" + at)));
        List<Error> errors = schema.validate(value);
        assertThat(errors).as(shown).isEmpty();
    }

    /// The described path that this one is of, or null. What is written out goes before what is left open.
    private @Nullable String template(String path) {
        List<String> templates = new ArrayList<>(document.path("paths").propertyNames());
        templates.sort((one, other) -> Boolean.compare(one.contains("{"), other.contains("{")));
        for (String template : templates) {
            if (path.matches(template.replace(".", "\\.").replaceAll("\\{[a-z]+}", "[^/]+"))) {
                return template;
            }
        }
        return null;
    }

    private static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }
}
