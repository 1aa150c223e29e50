package aiguillage.hub.as4;

import static aiguillage.hub.as4.SignedByHand.property;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.FlatFormats;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.CertificatePem;
import aiguillage.pki.Credential;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Messages of several payloads and of flat files, all of them signed well: what is taken of them, and what is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class As4PayloadsTest {

    private static final String FLOWS = RunningHub.FLOWS
            + "  opel/prices: { from: dealer, to: opel-centre, flat: prices-csv }\n"
            + "  opel/checked: { from: dealer, to: opel-centre, schema: checked.json }\n";
    private static final String RECEIPT = "NonRepudiationInformation";
    private static final Pattern INFO = Pattern.compile("<eb:Timestamp>.*</eb:MessageId>");

    private Path folder;
    private RunningHub hub;
    private SignedByHand signed;
    private HttpClient client;
    private HttpClient centre;

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        folder = temp;
        FlatFormats.copy(folder, "prices-csv");
        schema("number");
        hub = new RunningHub(
                RunningHub.speakingAs4(RunningHub.config(folder, FLOWS, InstantSource.system())),
                InstantSource.system());
        Credential dealer = hub.credential("dealer-8");
        signed = new SignedByHand(dealer);
        client = hub.client(dealer);
        centre = hub.client("opel-centre");
    }

    private void schema(String required) throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("schemas")).resolve("checked.json"),
                "{ \"type\": \"object\", \"required\": [\"" + required + "\"] }");
    }

    @AfterAll
    void stop() {
        centre.close();
        client.close();
        hub.close();
    }

    @AfterEach
    void theHubGoesOn() {
        assertThat(hub.failure()).isNull();
    }

    private HttpResponse<String> post(byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(hub.uri("/as4"))
                        .header("Content-Type", SignedByHand.PACKAGE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Which receipt a message gets, and of when: its signature is another each time.
    private String receipt(byte[] message) throws Exception {
        String answer = post(message).body();
        assertThat(answer).contains(RECEIPT);
        Matcher info = INFO.matcher(answer);
        assertThat(info.find()).isTrue();
        return info.group();
    }

    /// Sends one payload.
    ///
    /// @param inSecurity elements before the signature
    /// @param part its own header lines
    private String send(String id, String kind, String inSecurity, String part, Map<String, byte[]> signs, byte[] wire)
            throws Exception {
        String unit =
                SignedByHand.document(id, "dealer-8", Instant.EPOCH, "", "").replace("warranty-claim", kind);
        String soap = new String(signed.soap(unit, signs, ""), StandardCharsets.UTF_8)
                .replace("<ds:Signature ", inSecurity + "<ds:Signature ");
        var all = new ByteArrayOutputStream();
        all.writeBytes(ascii("--B\r\nContent-Type: application/soap+xml\r\n\r\n" + soap + "\r\n--B\r\n" + part
                + "Content-ID: <p>\r\n\r\n"));
        all.writeBytes(wire);
        all.writeBytes(ascii("\r\n--B--"));
        return post(all.toByteArray()).body();
    }

    private Sealing sealing(String type) throws Exception {
        String certificates = hub.get(client, "/as4/certificates").body();
        X509Certificate rsa = CertificatePem.parse(ascii(certificates)).get(2);
        return Sealing.of(rsa, "p", type, new SecureRandom());
    }

    /// What is kept of a message proves nothing when its signature is over what was taken out.
    @Test
    void aSignatureOverTheEncryptionIsNotKept() throws Exception {
        Sealing sealing = sealing("application/octet-stream");
        byte[] wire =
                sealing.sealed(new ByteArrayInputStream(SignedByHand.PAYLOAD)).readAllBytes();
        String elements = sealing.header()
                .replace("Id=\"payload\"", "Id=\"payload\" xmlns:wsu=\"" + Names.UTILITY + "\" wsu:Id=\"x\"");
        String data = elements.substring(elements.indexOf("<xenc:EncryptedData"));
        Element tree = HardenedXml.tree()
                .parse(new ByteArrayInputStream(
                        ascii("<wsse:Security xmlns:wsse=\"" + Names.SECURITY + "\">" + data + "</wsse:Security>")))
                .getDocumentElement();
        Map<String, byte[]> signs = new LinkedHashMap<>();
        signs.put("cid:p", Proof.sha256(SignedByHand.PAYLOAD));
        assertThat(send("kept", "signed", sealing.header(), "", signs, wire)).contains(RECEIPT);
        signs.put("#x", Proof.sha256(Canonical.bytes((Element) tree.getFirstChild(), "")));
        assertThat(send("unkept", "signed", elements, "", signs, wire))
                .contains("EBMS:0103", "nothing of EncryptedKey");
        assertThat(send("unkept", "warranty-claim", elements, "", signs, wire)).contains(RECEIPT);
    }

    /// What somebody else sealed to the hub, and nobody signed.
    @Test
    void nothingOfAPayloadThatWasNotSignedIsRepeated() throws Exception {
        Sealing sealing = sealing("text/xml");
        byte[] wire = sealing.sealed(new ByteArrayInputStream(ascii("<a><secret></a>")))
                .readAllBytes();
        assertThat(send("other", "warranty-claim", sealing.header(), "", Map.of("cid:p", Proof.sha256(wire)), wire))
                .contains("EBMS:0101", "is not")
                .doesNotContain("secret");
    }

    @Test
    void encryptedBase64ThatIsNoneIsRefused() throws Exception {
        assertThat(send(
                        "base64",
                        "warranty-claim",
                        sealing("text/plain").header(),
                        "Content-Transfer-Encoding: base64\r\n",
                        Map.of("cid:p", Proof.sha256(SignedByHand.PAYLOAD)),
                        ascii("A")))
                .contains("EBMS:0007", "base64");
    }

    /// Sends a message with these payloads.
    private String send(String id, String kind, String type, String... payloads) throws Exception {
        return post(message(id, kind, type, payloads)).body();
    }

    private byte[] message(String id, String kind, String type, String... payloads) throws Exception {
        var infos = new StringBuilder();
        Map<String, byte[]> digests = new LinkedHashMap<>();
        var bodies = new ByteArrayOutputStream();
        for (int i = 0; i < payloads.length; i++) {
            byte[] payload = payloads[i].getBytes(StandardCharsets.UTF_8);
            infos.append("<eb:PartInfo href=\"cid:p" + i + "\"><eb:PartProperties>" + property("MimeType", type)
                    + "</eb:PartProperties></eb:PartInfo>");
            digests.put("cid:p" + i, Proof.sha256(payload));
            bodies.writeBytes(
                    ascii("\r\n--B\r\nContent-Type: application/octet-stream\r\nContent-ID: <p" + i + ">\r\n\r\n"));
            bodies.writeBytes(payload);
        }
        String unit = SignedByHand.document(id, "dealer-8", Instant.EPOCH, "", "")
                .replace("warranty-claim", kind)
                .replaceFirst("<eb:PartInfo .*</eb:PartInfo>", infos.toString());
        var all = new ByteArrayOutputStream();
        all.writeBytes(ascii("--B\r\nContent-Type: application/soap+xml\r\n\r\n"));
        all.writeBytes(signed.soap(unit, digests, ""));
        all.writeBytes(bodies.toByteArray());
        all.writeBytes(ascii("\r\n--B--\r\n"));
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The documents that wait whose ids begin so.
    private List<String> delivered(String ids) throws Exception {
        JsonNode events = JsonMapper.shared()
                .readTree(hub.get(centre, "/v1/inbox?limit=1000").body());
        var found = new ArrayList<String>();
        for (JsonNode event : events) {
            String id = event.get("id").asString();
            if (id.startsWith(ids)) {
                found.add(id);
            }
        }
        return found;
    }

    private static String prices(String... references) {
        var lines = new ArrayList<String>();
        for (String reference : references) {
            lines.add(reference.isEmpty() ? "bad\r\n" : FlatFormats.price(reference));
        }
        return FlatFormats.prices(lines);
    }

    @Test
    void documentsThatAreNamedLikeLinesOfAFlatFileAreNotTakenForThem() throws Exception { // I2
        assertThat(send("list.0", "warranty-claim", "text/plain", "a")).contains(RECEIPT);
        assertThat(send("list.1x", "warranty-claim", "text/plain", "b")).contains(RECEIPT);
        byte[] file = message("list", "prices", "text/csv", prices("A1", "A2"));
        String receipt = receipt(file);
        assertThat(receipt(file)).isEqualTo(receipt);
        assertThat(delivered("list.")).containsExactly("list.0", "list.1x", "list.2", "list.3");
        assertThat(send("file.1", "prices", "text/csv", prices("A1"))).contains(RECEIPT);
        assertThat(send("file", "prices", "text/csv", prices("", "B2"))).contains(RECEIPT);
        assertThat(delivered("file")).containsExactly("file.1.2", "file.3");
    }

    @Test
    void aFlatFileThatComesAgainGetsTheSameReceiptThoughItsFlowTakesDocumentsNow() throws Exception { // I2
        assertThat(send("old.0", "warranty-claim", "text/plain", "a")).contains(RECEIPT);
        byte[] file = message("old", "prices", "text/csv", prices("A1", "A2"));
        String receipt = receipt(file);
        try {
            apply(FLOWS.replace("  opel/prices: {", "  opel/other: {"));
            assertThat(receipt(file)).isEqualTo(receipt);
            assertThat(send("old", "prices", "text/csv", prices("A1", "A3"))).contains("EBMS:0003");
        } finally {
            apply(FLOWS);
        }
    }

    @Test
    void aMessageOfWhichOneIdIsTakenIsRefusedWhole() throws Exception { // I2
        assertThat(send("claim", "warranty-claim", "text/plain", "one")).contains(RECEIPT);
        assertThat(send("claim", "warranty-claim", "text/plain", "one", "two", "three"))
                .contains("EBMS:0003");
        assertThat(send("bill~3", "warranty-claim", "text/plain", "three")).contains(RECEIPT);
        assertThat(send("bill", "warranty-claim", "text/plain", "one", "two", "three"))
                .contains("EBMS:0003");
        assertThat(delivered("claim")).containsExactly("claim");
        assertThat(delivered("bill")).containsExactly("bill~3");
    }

    @Test
    void flatFilesComeOneInEachMessage() throws Exception {
        assertThat(send("many", "prices", "text/csv", prices("A1"), "nonsense", prices("A2")))
                .contains("EBMS:0010", "one in each message");
        assertThat(delivered("many")).isEmpty();
    }

    @Test
    void aRetryGetsItsReceiptThoughItsSchemaAsksForMoreNow() throws Exception { // I2
        byte[] message = message("checked", "checked", "application/json", "{\"number\": 1}", "{\"number\": 2}");
        String receipt = receipt(message);
        try {
            schema("vin");
            apply(FLOWS);
            assertThat(receipt(message)).isEqualTo(receipt);
            assertThat(send("now", "checked", "application/json", "{\"number\": 1}", "{\"number\": 2}"))
                    .contains("EBMS:0004", "vin");
        } finally {
            schema("number");
            apply(FLOWS);
        }
    }

    private void apply(String flows) throws Exception {
        HttpResponse<String> applied = hub.operator("/operator/flows", flows);
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    }
}
