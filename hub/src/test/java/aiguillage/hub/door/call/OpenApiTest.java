package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.DescribedHub;
import aiguillage.hub.testing.Description;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.SignedRequests;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.est.EstMessages;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.PartyId;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The hub describes itself truly: the description is OpenAPI 3.1, and what the hub really answers is what it
/// says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class OpenApiTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD");

    /// What no `ce-` header, digest, signature, position or range may be.
    private static final String WRONG = "%zz";

    private RunningHub hub;
    private DescribedHub wire;
    private Credential credential;
    private HttpClient dealer;
    private HttpClient centre;
    private HttpClient nobody;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/claim.json"), "{\"type\":\"object\"}");
        String flows = DatasetConversation.FLOWS.replace(
                "datasets:\n",
                "  opel/checked: { from: dealer, to: opel-centre, schema: claim.json, keys: { vin: /vin } }\ndatasets:\n");
        hub = new RunningHub(folder, flows, InstantSource.system());
        credential = hub.credential("dealer-7");
        dealer = hub.client(credential);
        centre = hub.client("opel-centre");
        nobody = HttpClient.newBuilder()
                .sslContext(MutualTls.context(null, new PartyTrustManager(hub.anchors(), InstantSource.system())))
                .sslParameters(MutualTls.parameters(true))
                .build();
        wire = new DescribedHub(hub, dealer);
    }

    @AfterAll
    void stop() {
        List.of(dealer, centre, nobody).forEach(HttpClient::close);
        hub.close();
    }

    @Test
    void everyListenersDescriptionIsOpenApi31() {
        for (Description each : wire.all()) {
            JsonNode document = each.document();
            assertThat(document.at("/openapi").asString()).isEqualTo("3.1.0");
            assertThat(document.at("/info/title").asString()).startsWith("Aiguillage hub: ");
            assertThat(document.at("/info/version").asString()).isNotEmpty();
            var ids = new HashSet<String>();
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(one -> {
                        String shown = one.getKey() + " " + path.getKey();
                        assertThat(one.getKey()).isIn("get", "post");
                        assertThat(ids.add(one.getValue().path("operationId").asString()))
                                .as(shown)
                                .isTrue();
                        requireOperation(document, path.getKey(), one.getValue(), shown);
                    }));
            references(document)
                    .forEach(reference -> assertThat(
                                    document.at(reference.substring(1)).isObject())
                            .as(reference)
                            .isTrue());
            requireEveryComponentIsUsed(document);
        }
    }

    private static void requireOperation(JsonNode document, String path, JsonNode operation, String shown) {
        assertThat(operation.path("summary").asString()).as(shown).endsWith(".");
        var parameters = new HashSet<String>();
        var inPath = new TreeSet<String>();
        for (JsonNode given : operation.path("parameters")) {
            JsonNode parameter = given.has("$ref")
                    ? document.at(given.path("$ref").asString().substring(1))
                    : given;
            String in = parameter.path("in").asString();
            String name = parameter.path("name").asString();
            assertThat(in).as(shown).isIn("path", "query", "header");
            assertThat(parameters.add(in + " " + name)).as(shown + " " + name).isTrue();
            assertThat(parameter.path("schema").isObject())
                    .as(shown + " " + name)
                    .isTrue();
            if (in.equals("path")) {
                inPath.add("{" + name + "}");
                assertThat(parameter.path("required").asBoolean()).isTrue();
            }
        }
        assertThat(List.of(path.split("/", -1)).stream().filter(part -> part.startsWith("{")))
                .as(shown)
                .containsExactlyInAnyOrderElementsOf(inPath);
        operation
                .path("security")
                .forEach(each -> each.propertyNames()
                        .forEach(name -> assertThat(document.at("/components/securitySchemes/" + name + "/type")
                                        .asString())
                                .as(shown)
                                .isIn("mutualTLS", "http")));
        assertThat(operation.path("responses").properties()).as(shown).isNotEmpty();
        operation.path("responses").properties().forEach(response -> {
            assertThat(response.getKey()).as(shown).matches("[2-5][0-9]{2}");
            assertThat(response.getValue().path("description").asString())
                    .as(shown)
                    .isNotEmpty();
            assertThat(response.getValue().path("content").propertyNames())
                    .as(shown)
                    .isNotEmpty()
                    .allMatch(type -> type.matches("[a-z*]+/[a-z*+-]+[a-z0-9*+.-]*"));
        });
    }

    private static Set<String> references(JsonNode node) {
        var found = new TreeSet<String>();
        if (node.path("$ref").isString()) {
            found.add(node.path("$ref").asString());
        }
        node.forEach(child -> found.addAll(references(child)));
        return found;
    }

    private static void requireEveryComponentIsUsed(JsonNode document) {
        Set<String> used = references(document);
        for (String kind : List.of("schemas", "parameters", "headers")) {
            assertThat(document.path("components").path(kind).propertyNames())
                    .allMatch(name -> used.contains("#/components/" + kind + "/" + name));
        }
    }

    @Test
    void everySchemaIsJsonSchema202012() {
        for (Description each : wire.all()) {
            String base = "https://hub.example/openapi.json";
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemas(Map.of(base, each.document().toString())));
            Schema rules = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
            each.document().at("/components/schemas").properties().forEach(schema -> {
                assertThat(rules.validate(schema.getValue()))
                        .as(schema.getKey())
                        .isEmpty();
                registry.getSchema(SchemaLocation.of(base + "#/components/schemas/" + schema.getKey()))
                        .initializeValidators();
            });
        }
    }

    @Test
    void thereIsNoAddressAndNoMethodBesideTheDescribed() throws Exception {
        for (Description each : wire.all()) {
            for (Map.Entry<String, JsonNode> path :
                    each.document().path("paths").properties()) {
                Set<String> described = new TreeSet<>();
                path.getValue().propertyNames().forEach(method -> described.add(method.toUpperCase(Locale.ROOT)));
                for (String method : METHODS) {
                    if (!described.contains(method)) {
                        HttpRequest request = HttpRequest.newBuilder(uri(each, filled(path.getKey())))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build();
                        HttpResponse<String> answer = dealer.send(request, HttpResponse.BodyHandlers.ofString());
                        assertThat(answer.statusCode())
                                .as(method + " " + path.getKey())
                                .isEqualTo(405);
                        assertThat(Set.of(answer.headers()
                                        .firstValue("Allow")
                                        .orElse("")
                                        .split(", ")))
                                .isEqualTo(described);
                    }
                }
            }
        }
        assertThat(wire.get(dealer, "/v1/nothing").statusCode()).isEqualTo(404);
    }

    private URI uri(Description listener, String path) {
        if (listener == wire.main()) {
            return hub.uri(path);
        }
        return listener == wire.enrolment() ? hub.enrolmentUri(path) : hub.operationsUri(path);
    }

    private static String filled(String path) {
        return path.replace("{id}", "claim-1")
                .replace("{position}", "1")
                .replace("{party}", "opel-centre")
                .replace("{brand}", "opel")
                .replace("{dataset}", "parts-prices")
                .replace("{version}", "1")
                .replace("{bucket}", "0")
                .replace("{report}", "0")
                .replace("{operator}", "ada");
    }

    @Test
    void anUnknownParameterIsRefusedEverywhere() throws Exception {
        unknownParameters();
    }

    private void unknownParameters() throws Exception {
        for (Description each : wire.all()) {
            for (String operation : each.operations()) {
                String[] parts = operation.split(" ", 2);
                HttpRequest request = HttpRequest.newBuilder(uri(each, filled(parts[1]) + "?unknown=1"))
                        .method(parts[0], HttpRequest.BodyPublishers.noBody())
                        .build();
                HttpResponse<String> answer = wire.send(dealer, request);
                assertThat(answer.statusCode()).as(operation).isEqualTo(400);
                assertThat(answer.body()).contains("unknown parameter");
            }
        }
    }

    @Test
    void theBoundsOfEveryParameterAreThoseEnforced() throws Exception {
        submit("bounds-1", "content"); // so that no long poll waits
        Description main = wire.main();
        int numbers = 0;
        for (String operation : main.operations()) {
            String path = operation.replaceFirst("[A-Z]+ ", "");
            for (JsonNode parameter : main.document().at("/paths/" + path.replace("/", "~1") + "/get/parameters")) {
                JsonNode bounds = parameter.path("schema");
                if (bounds.path("type").asString("").equals("integer")) {
                    numbers++;
                    long min = bounds.path("minimum").asLong();
                    long max = bounds.path("maximum").asLong();
                    String others = parameter.path("name").asString().equals("size") ? "&position=1" : "";
                    String asked = filled(path) + "?" + parameter.path("name").asString() + "=";
                    for (String out : List.of("x", "", "1.5", Long.toString(min - 1), outside(max))) {
                        assertThat(wire.get(centre, asked + out + others).statusCode())
                                .as(asked + out)
                                .isEqualTo(400);
                    }
                    for (long in : List.of(min, max)) {
                        HttpResponse<String> answer = wire.get(centre, asked + in + others);
                        if (!answer.body()
                                .contains("was never reached")) { // within its bounds, behind the journal's end
                            assertThat(answer.statusCode()).as(asked + in).isIn(200, 404);
                        }
                    }
                }
            }
        }
        assertThat(numbers).isEqualTo(12);
        for (String wrong : List.of("/v1/inbox?flow=x", "/v1/inbox/stream?flow=x", "/v1/documents?key=")) {
            assertThat(wire.get(centre, wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(wire.get(dealer, "/v1/documents/bounds-1?sender=dealer-8").statusCode())
                .isEqualTo(404);
        for (String list : List.of("mailboxes", "quarantine", "certificates")) {
            assertThat(wire.operator("/operator/" + list + "?party=nobody", null)
                            .body())
                    .isEqualTo("[]");
        }
    }

    private static String outside(long max) {
        return java.math.BigInteger.valueOf(max).add(java.math.BigInteger.ONE).toString();
    }

    @Test
    void everyHeaderDescribedIsRead() throws Exception {
        submit("headers-1", "content");
        new DatasetConversation(hub, wire).begin();
        for (String operation : wire.main().operations()) {
            String[] parts = operation.split(" ", 2);
            String pointer = "/paths/" + parts[1].replace("/", "~1") + "/" + parts[0].toLowerCase(Locale.ROOT);
            for (JsonNode given : wire.main().document().at(pointer + "/parameters")) {
                JsonNode parameter = wire.main()
                        .document()
                        .at(given.path("$ref").asString("#/none").substring(1));
                if (parameter.path("in").asString("").equals("header")) {
                    requireRead(parts[1], parameter.path("name").asString());
                }
            }
        }
    }

    private void requireRead(String path, String header) throws Exception {
        HttpRequest request;
        if (path.equals("/v1/documents")) {
            request = hub.submission("dealer-7", CLAIMS, "headers-2", new byte[1])
                    .setHeader("Signature", WRONG)
                    .setHeader(header, WRONG)
                    .build();
        } else {
            request = HttpRequest.newBuilder(
                            hub.uri(filled(path.replace("{id}", "headers-1").replace("{position}", firstDelivery()))))
                    .header(header, header.equals("Range") ? "bytes=999999-" : WRONG)
                    .build();
        }
        boolean isDealers = path.equals("/v1/documents") || path.contains("{id}") || path.contains("{dataset}");
        HttpClient client = isDealers ? dealer : centre;
        HttpResponse<String> answer = wire.send(client, request);
        assertThat(answer.statusCode())
                .as(path + " " + header + " " + answer.body())
                .isIn(400, 403, 416, 422);
        assertThat(answer.body())
                .as(header)
                .containsAnyOf(header.toLowerCase(Locale.ROOT), header, "payload has", "not a position", "cannot get");
    }

    private String firstDelivery() throws Exception {
        return Call.JSON
                .readTree(wire.get(centre, "/v1/inbox").body())
                .at("/0/position")
                .asString();
    }

    @Test
    void whatTheHubAnswersIsWhatItDescribes() throws Exception {
        submitted();
        mailbox();
        ledger();
        waitingAndReplays();
        enrolled();
        published();
        operated();
        new DatasetConversation(hub, wire).hold();
        unknownParameters();
        for (Description each : wire.all()) {
            for (String operation : each.operations()) {
                assertThat(each.seen())
                        .as("a success of " + operation)
                        .anyMatch(seen -> seen.startsWith(operation + " 2"));
                assertThat(each.seen())
                        .as("a refusal of " + operation)
                        .anyMatch(seen -> seen.startsWith(operation + " 4"));
            }
        }
    }

    private void published() throws Exception {
        for (String path : List.of("/status", "/status.json", "/status.css")) {
            HttpRequest asParty = HttpRequest.newBuilder(hub.uri(path)).build();
            HttpRequest asAnybody =
                    HttpRequest.newBuilder(hub.enrolmentUri(path)).build();
            assertThat(wire.send(dealer, asParty).statusCode()).isEqualTo(200);
            HttpResponse<String> answer = wire.send(nobody, asAnybody);
            assertThat(answer.statusCode()).isEqualTo(200);
            answer.headers().firstValue("ETag").ifPresent(tag -> requireKnown(path, tag));
        }
    }

    private void requireKnown(String path, String tag) {
        try {
            HttpRequest again = HttpRequest.newBuilder(hub.enrolmentUri(path))
                    .header("If-None-Match", tag)
                    .build();
            assertThat(wire.send(nobody, again).statusCode()).isEqualTo(304);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> submit(String id, String payload) throws Exception {
        return wire.send(
                dealer,
                hub.submission("dealer-7", CLAIMS, id, payload.getBytes(StandardCharsets.UTF_8))
                        .build());
    }

    private void submitted() throws Exception {
        assertThat(submit("claim-1", "content").statusCode()).isEqualTo(201);
        assertThat(submit("claim-1", "content").statusCode()).isEqualTo(200);
        assertThat(submit("claim-1", "other").statusCode()).isEqualTo(409);
        assertThat(submit("large-1", "x".repeat(70_000)).statusCode()).isEqualTo(201);
        assertThat(submit("-", "x").statusCode()).isEqualTo(400);
        byte[] json = "{\"vin\":\"W0L1\"}".getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder checked = hub.submission("dealer-7", "opel/checked", "checked-1", json)
                .header("Content-Type", "application/json")
                .header("ce-subject", "WC-1")
                .header("ce-country", "fr");
        assertThat(wire.send(dealer, checked.build()).statusCode()).isEqualTo(201);
        HttpRequest.Builder wrong = hub.submission(
                        "dealer-7", "opel/checked", "checked-2", "[]".getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "application/json");
        assertThat(wire.send(dealer, wrong.build()).statusCode()).isEqualTo(422);
        var signed = new SignedRequests(hub, credential, Instant.now());
        assertThat(wire.send(dealer, signed.request("signed-1", "content")).statusCode())
                .isEqualTo(201);
        for (String part : List.of("", "/payload", "/receipts", "/signature")) {
            assertThat(wire.get(dealer, "/v1/documents/signed-1" + part).statusCode())
                    .isEqualTo(200);
            assertThat(wire.get(dealer, "/v1/documents/none" + part).statusCode())
                    .isEqualTo(404);
            assertThat(asStranger("/v1/documents/signed-1" + part)).isEqualTo(403);
        }
        assertThat(wire.get(dealer, "/v1/documents/claim-1/signature").statusCode())
                .isEqualTo(404);
        assertThat(wire.get(dealer, "/v1/documents/checked-1").statusCode()).isEqualTo(200);
        assertThat(wire.get(dealer, "/v1/documents?key=W0L1").body()).contains("checked-1");
        assertThat(ranged(dealer, "/v1/documents/claim-1/payload", "bytes=0-2").statusCode())
                .isEqualTo(206);
        assertThat(ranged(dealer, "/v1/documents/claim-1/payload", "bytes=99-").statusCode())
                .isEqualTo(416);
    }

    /// By a connection of its own each: the hub closes those of parties it does not know.
    private int asStranger(String path) throws Exception {
        try (HttpClient stranger = hub.client("stranger-1")) {
            return wire.get(stranger, path).statusCode();
        }
    }

    private HttpResponse<String> ranged(HttpClient client, String path, String range) throws Exception {
        return wire.send(
                client,
                HttpRequest.newBuilder(hub.uri(path)).header("Range", range).build());
    }

    private void mailbox() throws Exception {
        JsonNode inbox = Call.JSON.readTree(wire.get(centre, "/v1/inbox").body());
        assertThat(inbox.findValuesAsString("dataref")).isNotEmpty();
        String position = inbox.at("/0/position").asString();
        requireStreamFits();
        assertThat(wire.get(centre, "/v1/inbox/" + position + "/payload").statusCode())
                .isEqualTo(200);
        assertThat(ranged(centre, "/v1/inbox/" + position + "/payload", "bytes=0-2")
                        .statusCode())
                .isEqualTo(206);
        assertThat(wire.get(centre, "/v1/inbox/9999/payload").statusCode()).isEqualTo(404);
        List<String> positions = inbox.findValuesAsString("position");
        String rejections = String.join(
                ",",
                positions.subList(0, 3).stream()
                        .map(one -> "{\"position\":" + one + ",\"reason\":\"unreadable\"}")
                        .toList());
        assertThat(wire.post(centre, "/v1/inbox/acknowledgements", "{\"reject\":[" + rejections + "]}")
                        .body())
                .contains("\"rejected\":3");
        assertThat(Call.JSON.readTree(wire.get(centre, "/v1/inbox/quarantine").body()))
                .hasSize(3);
        assertThat(Call.JSON.readTree(
                        wire.operator("/operator/quarantine", null).body()))
                .hasSize(3);
        String at = "/v1/inbox/quarantine/" + positions.get(0);
        assertThat(wire.post(centre, at + "/release", "").statusCode()).isEqualTo(200);
        assertThat(wire.post(centre, at + "/release", "").statusCode()).isEqualTo(404);
        at = "/v1/inbox/quarantine/" + positions.get(1);
        assertThat(wire.post(centre, at + "/return", "").statusCode()).isEqualTo(200);
        at = "/operator/quarantine/opel-centre/" + positions.get(2);
        assertThat(wire.operator(at + "/release", "").statusCode()).isEqualTo(200);
        assertThat(wire.operator(at + "/return", "").statusCode()).isEqualTo(404);
        rejectAgainAndHaveTheOperatorReturnIt();
        assertThat(wire.post(centre, "/v1/inbox/acknowledgements", "{\"acknowledgeUpTo\":{\"position\":1000}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(wire.post(centre, "/v1/inbox/acknowledgements", "[]").statusCode())
                .isEqualTo(400);
        HttpResponse<String> empty = wire.get(centre, "/v1/inbox?wait=1");
        assertThat(empty.body()).isEqualTo("[]");
        assertThat(empty.headers().firstValue("Retry-After")).isPresent();
        requireNoticesFit();
        String released = inbox.at("/0/id").asString();
        assertThat(wire.get(dealer, "/v1/documents/" + released).body()).contains("released");
    }

    private void waitingAndReplays() throws Exception {
        assertThat(wire.operator("/operator/mailboxes/dealer-7", null).statusCode())
                .isEqualTo(200);
        assertThat(wire.operator("/operator/mailboxes/%C3%A9", null).statusCode())
                .isEqualTo(404);
        assertThat(wire.operator("/operator/mailboxes/dealer-7/try", "").statusCode())
                .isEqualTo(200);
        assertThat(wire.operator("/operator/mailboxes/nobody/try", "").statusCode())
                .isEqualTo(404);
        String wish = "{\"party\":\"opel-centre\",\"flow\":\"" + CLAIMS + "\",\"reason\":\"lost\"";
        assertThat(wire.operator("/operator/replays", wish + ",\"dryRun\":true}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(wire.operator("/operator/replays", wish + "}").statusCode()).isEqualTo(201);
        assertThat(wire.operator("/operator/replays", "{}").statusCode()).isEqualTo(400);
        assertThat(wire.operator("/operator/replays", null).statusCode()).isEqualTo(200);
        assertThat(wire.operator("/operator/replays?x=1", null).statusCode()).isEqualTo(400);
        assertThat(wire.operator("/operator/replays/1/stop", "").statusCode()).isEqualTo(200);
        assertThat(wire.operator("/operator/replays/99/stop", "").statusCode()).isEqualTo(404);
    }

    private void rejectAgainAndHaveTheOperatorReturnIt() throws Exception {
        String last = Call.JSON
                .readTree(wire.get(centre, "/v1/inbox").body())
                .at("/0/position")
                .asString();
        wire.post(centre, "/v1/inbox/acknowledgements", "{\"reject\":[{\"position\":" + last + ",\"reason\":\"no\"}]}");
        assertThat(wire.operator("/operator/quarantine/opel-centre/" + last + "/return", "")
                        .statusCode())
                .isEqualTo(200);
    }

    private void requireStreamFits() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub.uri("/v1/inbox/stream?flow=" + CLAIMS))
                .build();
        HttpResponse<java.io.InputStream> stream = centre.send(request, HttpResponse.BodyHandlers.ofInputStream());
        wire.main().requireFits("GET", "/v1/inbox/stream", null, stream.statusCode(), stream.headers(), new byte[0]);
        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    wire.main().requireFits("Delivery", Call.JSON.readTree(line.substring("data: ".length())));
                    return;
                }
            }
        }
        throw new AssertionError("the stream ended without a delivery");
    }

    private void requireNoticesFit() throws Exception {
        JsonNode notices = Call.JSON.readTree(wire.get(dealer, "/v1/inbox").body());
        Set<String> states = new TreeSet<>();
        for (JsonNode notice : notices) {
            JsonNode content = Call.JSON.readTree(notice.at("/data_base64").binaryValue());
            wire.main().requireFits("Notice", content);
            states.add(content.path("state").asString());
        }
        assertThat(states).contains("delivered", "rejected", "returned");
    }

    private void ledger() throws Exception {
        for (String path : List.of(
                "checkpoint", "key", "proof?position=1", "proof?position=2&size=3", "consistency?from=1&to=3")) {
            assertThat(wire.get(dealer, "/v1/ledger/" + path).statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(asStranger("/v1/ledger/" + path)).as(path).isEqualTo(403);
        }
        assertThat(wire.get(dealer, "/v1/ledger/proof?position=9999").statusCode())
                .isEqualTo(404);
        assertThat(wire.get(dealer, "/v1/openapi.json").statusCode()).isEqualTo(200);
        assertThat(asStranger("/v1/openapi.json")).isEqualTo(403);
    }

    private void enrolled() throws Exception {
        assertThat(wire.send(
                                nobody,
                                HttpRequest.newBuilder(hub.enrolmentUri("/.well-known/est/cacerts"))
                                        .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(wire.send(
                                nobody,
                                HttpRequest.newBuilder(hub.enrolmentUri("/v1/openapi.json"))
                                        .build())
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> issued = wire.operator("/operator/enrolments", "{\"party\":\"dealer-9\",\"hours\":1}");
        assertThat(issued.statusCode()).isEqualTo(201);
        String code = Call.JSON.readTree(issued.body()).path("code").asString();
        for (int status : List.of(200, 401)) {
            HttpRequest request = est("simpleenroll", "dealer-9")
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(("dealer-9:" + code).getBytes(StandardCharsets.US_ASCII)))
                    .build();
            assertThat(wire.send(nobody, request).statusCode()).isEqualTo(status);
        }
        assertThat(wire.send(dealer, est("simplereenroll", "dealer-7").build()).statusCode())
                .isEqualTo(200);
        assertThat(wire.send(nobody, est("simplereenroll", "dealer-7").build()).statusCode())
                .isEqualTo(401);
    }

    private HttpRequest.Builder est(String operation, String party) {
        CertificateRequest request = CertificateRequest.create(EcKeys.generate(), new PartyId(party));
        return HttpRequest.newBuilder(hub.enrolmentUri("/.well-known/est/" + operation))
                .header("Content-Type", EstMessages.REQUEST_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(EstMessages.body(request)));
    }

    private void operated() throws Exception {
        List<String> gets = new ArrayList<>(List.of("/health/live", "/health/ready", "/metrics", "/v1/openapi.json"));
        gets.addAll(List.of("/operator/status", "/operator/flows", "/operator/certificates", "/operator/mailboxes"));
        gets.addAll(List.of("/operator/documents?key=W0L1", "/operator/documents/claim-1"));
        gets.addAll(List.of("/operator/documents/claim-1/receipts", "/operator/documents/signed-1/signature"));
        gets.addAll(List.of("/operator/receipts/1", "/operator/quarantine"));
        gets.addAll(List.of("/operator/flows?position=1", "/operator/flows/history"));
        for (String path : gets) {
            assertThat(wire.operator(path, null).statusCode()).as(path).isEqualTo(200);
            HttpRequest anonymous =
                    HttpRequest.newBuilder(hub.operationsUri(path)).build();
            assertThat(wire.send(nobody, anonymous).statusCode())
                    .as(path)
                    .isEqualTo(path.startsWith("/operator") ? 403 : 200);
        }
        assertThat(wire.operator("/operator/receipts/9999", null).statusCode()).isEqualTo(404);
        String flows = wire.operator("/operator/flows", null).body();
        assertThat(wire.operator("/operator/flows", flows + "\n").statusCode()).isEqualTo(200);
        assertThat(wire.operator("/operator/flows", "flows: 7").statusCode()).isEqualTo(400);
        assertThat(wire.operator("/operator/flows?position=9999", null).statusCode())
                .isEqualTo(404);
        assertThat(wire.operator("/operator/flows?over=1", flows).statusCode()).isEqualTo(409);
        for (String asked : List.of("{\"sender\":\"dealer-7\",", "{\"sender\":\"nobody\",")) {
            assertThat(wire.operator("/operator/flows/explanations", asked + "\"flow\":\"" + CLAIMS + "\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(wire.operator("/operator/flows/explanations", "{}").statusCode())
                .isEqualTo(400);
        String ada = "/operator/operators/ada";
        assertThat(wire.operator(ada + "/invitations", "{\"rank\":\"see\",\"brands\":[\"opel\"]}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(wire.operator(ada + "/invitations", "{}").statusCode()).isEqualTo(201);
        assertThat(wire.operator("/operator/operators/bob/invitations", "{}").statusCode())
                .isEqualTo(400);
        assertThat(wire.operator("/operator/operators", null).statusCode()).isEqualTo(200);
        assertThat(wire.operator("/operator/operators?x=1", null).statusCode()).isEqualTo(400);
        assertThat(wire.operator("/operator/acts?before=1000", null).statusCode())
                .isEqualTo(200);
        assertThat(wire.operator("/operator/acts?before=x", null).statusCode()).isEqualTo(400);
        assertThat(wire.operator("/operator/settings", null).statusCode()).isEqualTo(200);
        assertThat(wire.operator(ada + "/remove", "").statusCode()).isEqualTo(200);
        assertThat(wire.operator(ada + "/remove", "").statusCode()).isEqualTo(404);
        assertThat(wire.operator("/operator/revocations", "{\"party\":\"dealer-9\",\"reason\":\"stolen\"}")
                        .body())
                .startsWith("[\"");
        assertThat(wire.operator("/operator/revocations", "{}").statusCode()).isEqualTo(400);
        for (String word : List.of("suspend", "resume")) {
            String address = "/operator/parties/dealer-9/" + word;
            assertThat(wire.operator(address, "{\"reason\":\"strange orders\"}").statusCode())
                    .isEqualTo(200);
            assertThat(wire.operator(address, "{}").statusCode()).isEqualTo(400);
        }
        String backup = folder.resolve("backup").toString();
        assertThat(wire.operator("/operator/backups", "{\"folder\":\"" + backup + "\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(wire.operator("/operator/backups", "{\"folder\":\"x\"}").statusCode())
                .isEqualTo(400);
    }
}
