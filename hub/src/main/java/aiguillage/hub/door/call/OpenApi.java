package aiguillage.hub.door.call;

import aiguillage.hub.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The description of a listener's wire, OpenAPI 3.1: each address from the [Operation] that stands beside its door,
/// the catalogue of problems from [Problem], and the forms of what is sent, which no code declares, from
/// `openapi.json` beside this class. Real answers are held against it by `OpenApiTest`.
public final class OpenApi {

    private static final String COMPONENTS = "components";
    private static final String REFERENCE = "$ref";
    private static final Set<Integer> LATER = Set.of(429, 503, 507);

    private OpenApi() {}

    /// The endpoint that describes all endpoints of its list, itself included.
    public static Endpoint endpoint(String title, Operation.Access access, List<Endpoint> endpoints) {
        return Operation.of(access, "GET", "/v1/openapi.json", "This description.")
                .gives(200, Operation.JSON, "Description", "The description of this listener, OpenAPI 3.1.")
                .waits(call -> call.json(200, describe(title, endpoints)));
    }

    static ObjectNode describe(String title, List<Endpoint> endpoints) {
        ObjectNode description = written();
        description.withObjectProperty("info").put("title", title);
        catalogue(description);
        ObjectNode paths = description.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            Operation operation = endpoint.operation();
            ObjectNode path = paths.withObjectProperty(operation.pattern());
            path.set(operation.method().toLowerCase(Locale.ROOT), described(operation));
        }
        dropUnused(description);
        return description;
    }

    private static ObjectNode described(Operation operation) {
        ObjectNode described = Call.JSON.createObjectNode().put("summary", operation.summary());
        described.put("operationId", id(operation));
        ArrayNode security = described.putArray("security");
        if (operation.access() != Operation.Access.ANYBODY) {
            security.addObject().putArray(operation.access().scheme());
        }
        ArrayNode parameters = described.putArray("parameters");
        operation.variables().forEach(name -> parameters.add(reference("parameters", name)));
        operation.queries().forEach(query -> parameters.add(query.described()));
        operation.headers().forEach(name -> parameters.add(reference("parameters", name)));
        Operation.Content body = operation.body();
        if (body != null) {
            ObjectNode sent = described.putObject("requestBody").put("required", true);
            content(sent, body);
        }
        ObjectNode responses = described.putObject("responses");
        operation.answers().forEach(answer -> answer(responses, answer));
        refusals(responses, operation.allRefusals());
        responses.forEach(response -> heads((ObjectNode) response, operation.everywhere()));
        return described;
    }

    /// `POST /v1/inbox/quarantine/{position}/release` is `post-inbox-quarantine-position-release`.
    private static String id(Operation operation) {
        String path = operation.pattern().replaceFirst("^/v1/|^/\\.well-known/|^/", "");
        return operation.method().toLowerCase(Locale.ROOT)
                + "-"
                + path.replaceAll("[{}]", "")
                        .replace('/', '-')
                        .replace("openapi.json", "openapi")
                        .replace('.', '-');
    }

    private static void answer(ObjectNode responses, Operation.Answer answer) {
        ObjectNode response = responses.withObjectProperty(Integer.toString(answer.status()));
        String before = response.path("description").asString("");
        response.put("description", before.isEmpty() ? answer.text() : before + " " + answer.text());
        heads(response, answer.headers());
        content(response, answer.content());
    }

    private static void heads(ObjectNode response, List<String> names) {
        names.forEach(name -> response.withObjectProperty("headers").set(name, reference("headers", name)));
    }

    private static void content(ObjectNode holder, Operation.Content content) {
        ObjectNode form = holder.withObjectProperty("content").putObject(content.mediaType());
        String schema = content.schema();
        if (schema != null) {
            form.set("schema", reference("schemas", schema));
        }
    }

    /// One response per status: several problems may share one.
    private static void refusals(ObjectNode responses, Set<Problem> refusals) {
        Map<Integer, List<Problem>> byStatus =
                refusals.stream().collect(Collectors.groupingBy(Problem::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, problems) -> {
            ObjectNode response = responses.withObjectProperty(Integer.toString(status));
            if (!response.has("description")) {
                response.put("description", sentences(problems));
            }
            header(response, status, problems);
            ObjectNode schema = response.withObjectProperty("content")
                    .putObject("application/problem+json")
                    .putObject("schema");
            schema.put(REFERENCE, "#/components/schemas/Problem");
            ObjectNode members = schema.putObject("properties");
            members.putObject("status").put("const", status);
            ArrayNode codes = members.putObject("code").putArray("enum");
            problems.forEach(problem -> codes.add(problem.code()));
        });
    }

    private static String sentences(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.code() + ": " + problem.what())
                .collect(Collectors.joining(" "));
    }

    private static void header(ObjectNode response, int status, List<Problem> problems) {
        if (LATER.contains(status)) {
            heads(response, List.of("Retry-After"));
        }
        if (problems.contains(Problem.RANGE_NOT_SATISFIABLE)) {
            heads(response, List.of("Content-Range"));
        }
        if (problems.contains(Problem.RANGE_NOT_SATISFIABLE) || problems.contains(Problem.PAYLOAD_GONE)) {
            heads(response, List.of("Accept-Ranges"));
        }
    }

    private static ObjectNode reference(String kind, String name) {
        return Call.JSON.createObjectNode().put(REFERENCE, "#/" + COMPONENTS + "/" + kind + "/" + name);
    }

    /// What the catalogue says of every problem.
    private static void catalogue(ObjectNode description) {
        ObjectNode members = description.withObject("/components/schemas/Problem/properties");
        ArrayNode types = members.withObjectProperty("type").putArray("enum");
        ArrayNode codes = members.withObjectProperty("code").putArray("enum");
        for (Problem problem : Problem.values()) {
            types.add(problem.type());
            codes.add(problem.code());
        }
    }

    /// Each listener's description has the components it refers to, and no other.
    private static void dropUnused(ObjectNode description) {
        var used = new TreeSet<String>();
        var waiting = new ArrayDeque<JsonNode>(List.of(description.path("paths")));
        while (!waiting.isEmpty()) {
            JsonNode node = waiting.remove();
            JsonNode reference = node.path(REFERENCE);
            if (reference.isString() && used.add(reference.asString())) {
                waiting.add(description.at(reference.asString().substring(1)));
            }
            node.path("security")
                    .forEach(scheme ->
                            scheme.propertyNames().forEach(name -> used.add("#/components/securitySchemes/" + name)));
            node.forEach(waiting::add);
        }
        description.path(COMPONENTS).properties().forEach(kind -> {
            var names = List.copyOf(kind.getValue().propertyNames());
            names.stream()
                    .filter(name -> !used.contains("#/" + COMPONENTS + "/" + kind.getKey() + "/" + name))
                    .forEach(((ObjectNode) kind.getValue())::remove);
        });
    }

    /// What stands in the file.
    private static ObjectNode written() {
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
