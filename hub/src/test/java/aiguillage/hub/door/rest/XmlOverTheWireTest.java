package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.DescribedHub;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.proof.Receipt;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A flow in XML with a schema and search keys, over the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class XmlOverTheWireTest {

    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:test:claim"
                       targetNamespace="urn:test:claim" elementFormDefault="qualified">
              <xs:element name="claim">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="number" type="xs:string"/>
                    <xs:element name="vin" type="xs:string"/>
                    <xs:element name="hours" type="xs:decimal"/>
                    <xs:element name="note" type="xs:string" minOccurs="0"/>
                  </xs:sequence>
                </xs:complexType>
              </xs:element>
            </xs:schema>
            """;

    private static final String CLAIM = """
            <claim xmlns="urn:test:claim">
              <number>WC-é-%1$s</number>
              <vin>W0L0AHL488500%1$s</vin>
              <hours>1.5</hours>
            </claim>
            """;

    private RunningHub hub;
    private DescribedHub wire;
    private HttpClient dealer;
    private HttpClient centre;
    private Path secret;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/claim.xsd"), SCHEMA);
        secret = Files.writeString(folder.resolve("secret"), "the-secret-content");
        String flow = "  opel/xml-claim: { from: dealer, to: opel-centre, schema: claim.xsd,"
                + " keys: { claim-number: /claim/number, vin: //vin } }\n";
        hub = new RunningHub(folder, RunningHub.FLOWS + flow, InstantSource.system());
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
        wire = new DescribedHub(hub, dealer);
    }

    @AfterAll
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    private HttpResponse<String> submit(String id, String xml) throws Exception {
        HttpRequest request = hub.submission("dealer-7", "opel/xml-claim", id, Documents.payload(xml))
                .header("Content-Type", "application/xml")
                .build();
        return wire.send(dealer, request);
    }

    @Test
    void aValidDocumentIsAcceptedAndFoundByClaimNumberAndVin() throws Exception {
        HttpResponse<String> answer = submit("valid", CLAIM.formatted("0001"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        for (HttpClient entitled : new HttpClient[] {dealer, centre}) {
            for (String key : new String[] {"WC-%C3%A9-0001", "W0L0AHL4885000001"}) {
                JsonNode found = Call.JSON.readTree(
                        wire.get(entitled, "/v1/documents?key=" + key).body());
                assertThat(found).hasSize(1);
                assertThat(found.at("/0/id").asString()).isEqualTo("valid");
                assertThat(found.at("/0/keys/vin/0").asString()).isEqualTo("W0L0AHL4885000001");
            }
        }
        try (HttpClient other = hub.client("dealer-8")) {
            assertThat(wire.get(other, "/v1/documents?key=W0L0AHL4885000001").body())
                    .isEqualTo("[]");
        }
        assertThat(wire.get(dealer, "/v1/documents?key=W0L0AHL488500000").body())
                .as("a key is found whole or not at all")
                .isEqualTo("[]");
    }

    @Test
    void anInvalidDocumentIsRefusedWithPlaceAndExpectation() throws Exception {
        String xml = CLAIM.formatted("0002").replace("1.5", "an hour");
        JsonNode problem = requireRefused("invalid", xml);
        JsonNode fault = problem.at("/faults/0");
        assertThat(fault.path("line").asInt()).isEqualTo(4);
        assertThat(fault.path("column").asInt()).isPositive();
        assertThat(fault.path("path").asString()).isEqualTo("/claim/hours");
        assertThat(fault.path("expected").asString()).contains("an hour").contains("decimal");
        assertThat(problem.path("detail").asString()).startsWith("line 4, column ");
        assertThat(wire.get(dealer, "/v1/documents?key=W0L0AHL4885000002").body())
                .isEqualTo("[]");
        assertThat(submit("invalid", CLAIM.formatted("0003")).statusCode())
                .as("the id is still free")
                .isEqualTo(201);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        JsonNode problem = requireRefused("missing", CLAIM.formatted("0004").replaceFirst(" *<vin>.*\n", ""));
        assertThat(problem.at("/faults/0/expected").asString()).contains("vin");
        assertThat(requireRefused("cut", "<claim xmlns=\"urn:test:claim\"><num")
                        .at("/faults/0/code")
                        .asString())
                .isEqualTo("xml-truncated");
        assertThat(requireRefused("json", "{}").at("/faults/0/line").asInt()).isEqualTo(1);
    }

    @Test
    void anExternalEntityIsRefusedAndItsFileNeverShown() throws Exception {
        JsonNode problem = requireRefused(
                "xxe",
                "<!DOCTYPE claim [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                        + CLAIM.formatted("0005").replace("1.5", "&x;"));
        assertThat(problem.at("/faults/0/code").asString()).isEqualTo("xml-doctype");
        assertThat(problem.toString()).doesNotContain("the-secret-content");
    }

    @Test
    void anEntityThatGrowsIsRefused() throws Exception {
        String laughs = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining("", "<!DOCTYPE claim [<!ENTITY l0 \"ha\">", "]>"));
        JsonNode problem =
                requireRefused("laughs", laughs + CLAIM.formatted("0006").replace("1.5", "&l9;"));
        assertThat(problem.at("/faults/0/code").asString()).isEqualTo("xml-doctype");
    }

    /// Nothing is kept but the refusal, which is an entry of its own and can be proven.
    private JsonNode requireRefused(String id, String xml) throws Exception {
        long before = entries();
        HttpResponse<String> answer = submit(id, xml);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        JsonNode problem = Call.JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo("payload-invalid");
        assertThat(entries()).isEqualTo(before + 1);
        byte[] receipt =
                wire.operator("/operator/receipts/" + (before + 1), null).body().getBytes(StandardCharsets.UTF_8);
        assertThat(Receipt.verify(receipt, hub.ledgerKey()).facts())
                .containsEntry("id", id)
                .containsEntry("sender", "dealer-7")
                .containsEntry("problem", "payload-invalid");
        for (String part : new String[] {"", "/payload", "/receipts"}) {
            assertThat(wire.get(dealer, "/v1/documents/" + id + part).statusCode())
                    .isEqualTo(404);
        }
        assertThat(wire.get(centre, "/v1/inbox").body()).doesNotContain("\"" + id + "\"");
        return problem;
    }

    private long entries() throws Exception {
        return Call.JSON
                .readTree(wire.operator("/operator/status", null).body())
                .path("entries")
                .asLong();
    }
}
