package aiguillage.hub.door.star;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.star.Transport;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.StarSamples;
import aiguillage.hub.testing.Until;
import aiguillage.xml.HardenedXml;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// STAR's transport over the wire: what goes in comes out as it was, once, and is kept until its receipt comes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StarOverTheWireTest {

    private static final String STAR = "http://www.starstandard.org/STAR/5";
    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.starstandard.org/STAR/5"
                       elementFormDefault="qualified">
              <xs:element name="ProcessChecked">
                <xs:complexType><xs:sequence><xs:element name="Number" type="xs:integer"/></xs:sequence></xs:complexType>
              </xs:element>
            </xs:schema>
            """;
    private static final Pattern CONTENT =
            Pattern.compile("<t:content id=\"([^\"]+)\">(.*?)</t:content>", Pattern.DOTALL);
    private static final Pattern RECEIPT = Pattern.compile("<a:receipt contentID=\"[^\"]+\">(.*?)</a:receipt>");

    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;
    private int number;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/checked.xsd"), SCHEMA);
        String flows = RunningHub.FLOWS
                + "  opel/star-claim: { from: dealer, to: opel-centre, bod: ProcessWarrantyClaim, payload-max: 200MB }\n"
                + "  opel/star-checked: { from: dealer, to: opel-centre, bod: ProcessChecked, schema: checked.xsd }\n"
                + "  opel/star-answer: { from: centre, to: dealer-7, bod: ShowServiceProcessingAdvisory }\n";
        hub = new RunningHub(
                RunningHub.speakingStar(RunningHub.config(folder, flows, InstantSource.system())),
                InstantSource.system());
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
    }

    @AfterAll
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    private static String claim(String id, String text) {
        return "<s:ProcessWarrantyClaim xmlns:s=\"" + STAR + "\"><s:ApplicationArea><s:Sender><s:LogicalID>dms.example"
                + "</s:LogicalID></s:Sender><s:CreationDateTime>2026-03-17T08:41:22Z</s:CreationDateTime><s:BODID>" + id
                + "</s:BODID></s:ApplicationArea><s:Text>" + text + "</s:Text></s:ProcessWarrantyClaim>";
    }

    private String nextId() {
        return "bod-" + ++number;
    }

    private static String message(Transport transport, String operation, String... elementsAndContents) {
        var header = new StringBuilder();
        var body = new StringBuilder();
        for (int i = 0; i < elementsAndContents.length; i += 2) {
            header.append("<t:manifest contentID=\"C" + i + "\" namespaceURI=\"" + STAR + "\" element=\""
                    + elementsAndContents[i] + "\"/>");
            body.append("<t:content id=\"C" + i + "\">\n  " + elementsAndContents[i + 1] + "\n</t:content>");
        }
        return "<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:t=\""
                + transport.namespace() + "\"><e:Header><t:payloadManifest>" + header
                + "</t:payloadManifest></e:Header><e:Body><t:" + operation + "><t:payload>" + body + "</t:payload></t:"
                + operation + "></e:Body></e:Envelope>";
    }

    private HttpResponse<String> post(HttpClient client, String path, String message) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub.uri(path))
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"\"")
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String good(HttpClient client, String message) throws Exception {
        HttpResponse<String> answer = post(client, "/star", message);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml;charset=utf-8");
        return answer.body();
    }

    private String fault(HttpClient client, String path, String message) throws Exception {
        HttpResponse<String> answer = post(client, path, message);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
        assertThat(answer.body()).contains("<soap:Fault><faultcode>soap:");
        return answer.body();
    }

    private static String pull(Transport transport, String within) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><t:PullMessage xmlns:t=\""
                + transport.namespace() + "\" maxItems=\"50\">" + within + "</t:PullMessage></e:Body></e:Envelope>";
    }

    private static String receipts(List<String> ids) {
        var text = new StringBuilder("<t:filter><t:receiptIDs>");
        ids.forEach(id -> text.append("<t:receiptID>").append(id).append("</t:receiptID>"));
        return text.append("</t:receiptIDs></t:filter>").toString();
    }

    private static List<String> group(Pattern pattern, String text, int group) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(group));
        }
        return found;
    }

    private List<String> drained(HttpClient reader) throws Exception {
        List<String> all = new ArrayList<>();
        String answer = good(reader, pull(Transport.STAR_2009, ""));
        while (answer.contains("<t:content ")) {
            all.addAll(group(CONTENT, answer, 2));
            answer = good(reader, pull(Transport.STAR_2009, receipts(group(CONTENT, answer, 1))));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whatIsPutIsPulledAsItWasUntilItsReceiptComes(Transport transport) throws Exception {
        drained(centre);
        String id = nextId();
        String claim = claim(id, "é &amp; <![CDATA[</t:content>]]> <!-- > --> caf\u00e9");
        String first = good(dealer, message(transport, "PutMessage", "ProcessWarrantyClaim", claim));
        String again = good(dealer, message(transport, "PutMessage", "ProcessWarrantyClaim", claim));
        assertThat(group(RECEIPT, first, 1)).hasSize(1).isEqualTo(group(RECEIPT, again, 1));
        List<String> receipt = List.of();
        for (int i = 0; i < 2; i++) { // reading alone takes nothing away
            String answer = good(centre, pull(transport, ""));
            assertThat(answer)
                    .contains("element=\"ProcessWarrantyClaim\" relatedID=\"" + id + "\"", transport.namespace())
                    .contains("\">" + claim + "</t:content>");
            receipt = group(CONTENT, answer, 1);
        }
        assertThat(good(centre, pull(transport, receipts(receipt)))).doesNotContain("<t:content ");
    }

    @Test
    void onlyWhatWasPulledHasAReceipt() throws Exception {
        String id = nextId();
        good(dealer, message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim(id, "x")));
        assertThat(fault(centre, "/star", pull(Transport.STAR_2009, receipts(List.of(id)))))
                .contains("soap:Client", "delivery-42");
        assertThat(drained(centre)).contains(claim(id, "x"));
    }

    @Test
    void noPayloadGetsOutOfItsContent() throws Exception {
        drained(centre);
        List<String> payloads = List.of(
                "<a><!---> </a></t:content><t:content id=\"delivery-1\"> --></a>",
                "<a><![CDATA[--></a></t:content>]]></a>",
                "<?xml version=\"1.1\"?><a>&#1;</a>",
                "<a>\u3c2f\u3e00</a>",
                "<a",
                "");
        for (String payload : payloads) {
            hub.submit(dealer, "dealer-7", "opel/star-claim", nextId(), payload);
        }
        for (byte[] bytes : List.of(
                "\ufeff<a>\u3c2f\u3e00</a>".getBytes(StandardCharsets.UTF_16BE),
                "<a>\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1),
                "<?xml version=\"1.0\" encoding=\"no-such\"?><a/>".getBytes(StandardCharsets.UTF_8))) {
            dealer.send(
                    hub.submission("dealer-7", "opel/star-claim", nextId(), bytes)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        String answer = good(centre, pull(Transport.STAR_2009, ""));
        var document = HardenedXml.tree().parse(new InputSource(new StringReader(answer)));
        var contents = document.getElementsByTagNameNS(Transport.STAR_2009.namespace(), "content");
        assertThat(contents.getLength()).isEqualTo(payloads.size() + 3);
        assertThat(document.getElementsByTagNameNS(Transport.STAR_2009.namespace(), "attachment")
                        .getLength())
                .as("what is no XML 1.0 in UTF-8")
                .isEqualTo(6);
        drained(centre);
    }

    @Test
    void aMessageInAnotherEncodingIsAFault() throws Exception {
        String message = message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim(nextId(), "x"));
        for (byte[] bytes : List.of(
                ("\ufeff" + message).getBytes(StandardCharsets.UTF_16LE),
                message.replace(">x<", ">\u00e9<").getBytes(StandardCharsets.ISO_8859_1),
                message.replace("1.0", "1.1").getBytes(StandardCharsets.UTF_8))) {
            HttpRequest request = HttpRequest.newBuilder(hub.uri("/star"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                    .build();
            HttpResponse<String> answer = dealer.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("soap:Client");
        }
    }

    @Test
    void aMessageInLatin1KeepsItsBytes() throws Exception {
        drained(centre);
        String id = nextId();
        String claim = claim(id, "Fl\u00fcgel \u00e9").replace(" xmlns:s=\"" + STAR + "\"", "");
        String message = message(Transport.STAR_2005, "PutMessage", "ProcessWarrantyClaim", claim)
                .replace("<e:Envelope ", "<e:Envelope xmlns:s=\"" + STAR + "\" ")
                .replaceFirst("\\?>", " encoding=\"ISO-8859-1\"?>");
        HttpRequest request = HttpRequest.newBuilder(hub.uri("/star"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.getBytes(StandardCharsets.ISO_8859_1)))
                .build();
        HttpResponse<String> answer = dealer.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        HttpRequest payload = HttpRequest.newBuilder(hub.uri("/v1/documents/" + id + "/payload"))
                .build();
        byte[] kept =
                dealer.send(payload, HttpResponse.BodyHandlers.ofByteArray()).body();
        String alone = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
                + claim.replaceFirst("ProcessWarrantyClaim", "ProcessWarrantyClaim xmlns:s=\"" + STAR + "\"");
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).isEqualTo(alone);
        assertThat(drained(centre).getFirst())
                .as("no part of a message in UTF-8")
                .startsWith("<t:attachment>");
    }

    @Test
    void theSameDocumentIsReadThroughEveryDoor() throws Exception {
        drained(centre);
        String id = nextId();
        good(dealer, message(Transport.STAR_2005, "PutMessage", "ProcessWarrantyClaim", claim(id, "x")));
        JsonNode event = JsonMapper.shared()
                .readTree(centre.send(
                                HttpRequest.newBuilder(hub.uri("/v1/inbox")).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .get(0);
        assertThat(event.path("id").asString()).isEqualTo(id);
        assertThat(event.path("type").asString()).isEqualTo("opel/star-claim");
        assertThat(event.path("bodverb").asString()).isEqualTo("process");
        assertThat(event.path("bodsender").asString()).isEqualTo("dms.example");
        assertThat(event.path("time").asString()).isEqualTo("2026-03-17T08:41:22Z");
        assertThat(event.path("datacontenttype").asString()).isEqualTo("application/xml");
    }

    @Test
    void anotherContentUnderTheSameBodIdIsRefused() throws Exception {
        String id = nextId();
        good(dealer, message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim(id, "one")));
        assertThat(fault(
                        dealer,
                        "/star",
                        message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim(id, "two"))))
                .contains("soap:Client", "code=\"id-taken\"", "contentID=\"C0\"");
    }

    @Test
    void aContentUsesNamespacesOfItsEnvelope() throws Exception {
        drained(centre);
        String id = nextId();
        String outside = message(
                        Transport.STAR_2009,
                        "PutMessage",
                        "ProcessWarrantyClaim",
                        claim(id, "x").replace(" xmlns:s=\"" + STAR + "\"", ""))
                .replace("<e:Envelope ", "<e:Envelope xmlns:s=\"" + STAR + "\" ");
        good(dealer, outside);
        assertThat(drained(centre)).containsExactly(claim(id, "x"));
    }

    @Test
    void severalContentsAreSeveralDocuments() throws Exception {
        drained(centre);
        String one = claim(nextId(), "one");
        String two = claim(nextId(), "two");
        String answer = good(
                dealer,
                message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", one, "ProcessWarrantyClaim", two));
        assertThat(group(RECEIPT, answer, 1)).hasSize(2);
        assertThat(drained(centre)).containsExactly(one, two);
    }

    @Test
    void aPayloadThatItsSchemaRefusesIsRefusedWithLineAndReason() throws Exception {
        String wrong = "<ProcessChecked xmlns=\"" + STAR + "\"><Number>\nseven</Number></ProcessChecked>";
        assertThat(fault(dealer, "/star", message(Transport.STAR_2009, "PutMessage", "ProcessChecked", wrong)))
                .contains(
                        "soap:Client",
                        "code=\"payload-invalid\"",
                        "<a:fault>line 2, column ",
                        "/ProcessChecked/Number");
    }

    @Test
    void aBodThatIsRefusedIsConfirmedFieldByField() throws Exception {
        String wrong = "<ProcessChecked xmlns=\"" + STAR + "\"><Number>\nseven</Number></ProcessChecked>";
        String fault = fault(dealer, "/star", message(Transport.STAR_2009, "PutMessage", "ProcessChecked", wrong));
        String answer = good(dealer, message(Transport.STAR_2005, "ProcessMessage", "ProcessChecked", wrong));
        assertThat(answer).contains("element=\"ConfirmBOD\"", "<t:ProcessMessageResponse ");
        String taken = nextId();
        good(dealer, message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim(taken, "one")));
        String conflict = good(
                dealer, message(Transport.STAR_2009, "ProcessMessage", "ProcessWarrantyClaim", claim(taken, "two")));
        assertThat(conflict).contains("relatedID=\"" + taken + "\"", "<BODID>" + taken, "id-taken");
        for (String one : List.of(fault, answer, conflict)) {
            String confirm = one.substring(one.indexOf("<ConfirmBOD "), one.indexOf("</ConfirmBOD>") + 13);
            requireFitsThePublishedSchema(confirm);
            assertThat(confirm).contains("<oa:ReasonCode>");
        }
        assertThat(answer).contains("<oa:ID>/ProcessChecked/Number</oa:ID>", "line 2, column ");
        String id = group(CONTENT, answer, 1).getFirst();
        good(dealer, pull(Transport.STAR_2009, receipts(List.of(id))));
    }

    private static void requireFitsThePublishedSchema(String confirm) throws Exception {
        Optional<Path> samples = StarSamples.find();
        if (samples.isPresent()) {
            Path schema = samples.get().resolve("schemas/BODs/Developer/ConfirmBOD.xsd");
            SchemaFactory.newDefaultInstance()
                    .newSchema(schema.toFile())
                    .newValidator()
                    .validate(new StreamSource(new StringReader(confirm)));
        }
    }

    @Test
    void whereNoAnswerComesInTimeItIsSaidHowToPullIt() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i <= StarAnswers.WAITS_PER_PARTY_MAX; i++) {
            HttpRequest request = HttpRequest.newBuilder(hub.uri("/star"))
                    .POST(HttpRequest.BodyPublishers.ofString(message(
                            Transport.STAR_2009, "ProcessMessage", "ProcessWarrantyClaim", claim(nextId(), "x"))))
                    .build();
            waiting.add(dealer.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        var first = (HttpResponse<?>) CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new))
                .get();
        assertThat(first.body().toString())
                .contains("<a:receipt ", "<a:pending ", "Ask with PullMessage", "<t:payload></t:payload>");
        waiting.forEach(one -> one.cancel(true));
        drained(centre);
    }

    @Test
    void aLargeAttachmentIsGivenByItsAddress() throws Exception {
        drained(centre);
        byte[] large = new byte[(int) StarItems.ATTACHED_BYTES_MAX + 1];
        HttpRequest submission =
                hub.submission("dealer-7", "opel/star-claim", nextId(), large).build();
        assertThat(dealer.send(submission, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(201);
        assertThat(good(centre, pull(Transport.STAR_2009, "")))
                .containsPattern("<t:uriReference>https://localhost:[0-9]+/v1/inbox/[0-9]+/payload</t:uriReference>");
        String old = good(centre, pull(Transport.STAR_2005, ""));
        String address = old.replaceFirst("(?s).*<t:uriReference href=\"([^\"]+)\"/>.*", "$1");
        HttpRequest fetch = HttpRequest.newBuilder(URI.create(address)).build();
        assertThat(centre.send(fetch, HttpResponse.BodyHandlers.ofByteArray()).body())
                .isEqualTo(large);
        drained(centre);
    }

    @Test
    void whatIsNoMessageIsAFaultThatSaysWhy() throws Exception {
        String good = message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim(nextId(), "x"));
        assertThat(fault(dealer, "/star", good.replace("element=\"Process", "element=\"Show")))
                .contains("soap:Client", "The manifest says that content C0 is");
        assertThat(fault(dealer, "/star", good.replace("contentID=\"C0\"", "contentID=\"C9\"")))
                .contains("has no manifest for content C0");
        assertThat(fault(dealer, "/star", good.replace("ProcessWarrantyClaim", "ProcessTeleportRequest")))
                .contains("code=\"not-authorised\"");
        assertThat(fault(
                        dealer,
                        "/star",
                        good.replace("schemas.xmlsoap.org/soap/envelope/", "www.w3.org/2003/05/soap-envelope")))
                .contains("soap:VersionMismatch");
        assertThat(fault(
                        dealer,
                        "/star",
                        good.replace("<e:Header>", "<e:Header><x:h xmlns:x=\"urn:x\" e:mustUnderstand=\"1\"/>")))
                .contains("soap:MustUnderstand", "{urn:x}h");
        assertThat(fault(
                        dealer,
                        "/star",
                        good.replace("?>", "?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>")))
                .contains("soap:Client", "DOCTYPE");
        assertThat(fault(dealer, "/star", good.substring(0, good.length() - 20)))
                .contains("not XML", "line");
        assertThat(fault(dealer, "/star", "{}")).contains("soap:Client");
        assertThat(fault(dealer, "/star", good.replace("?>", " encoding=\"ISO-8859-2\"?>")))
                .contains("UTF-8");
        assertThat(fault(dealer, "/star/citroen", good)).contains("no flow", "citroen");
        assertThat(fault(centre, "/star", good)).contains("code=\"not-authorised\"");
    }

    @Test
    void anAnswerComesBackInTheSameCall() throws Exception {
        String id = nextId();
        String answer = "<ShowServiceProcessingAdvisory xmlns=\"" + STAR + "\"><ApplicationArea><BODID>" + nextId()
                + "</BODID></ApplicationArea><DataArea><Show><OriginalApplicationArea><BODID>" + id
                + "</BODID></OriginalApplicationArea></Show></DataArea></ShowServiceProcessingAdvisory>";
        HttpRequest request = HttpRequest.newBuilder(hub.uri("/star"))
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(
                        message(Transport.STAR_2009, "ProcessMessage", "ProcessWarrantyClaim", claim(id, "x"))))
                .build();
        var waiting = dealer.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        Until.holds("the centre has the claim", () -> drained(centre).contains(claim(id, "x")));
        good(centre, message(Transport.STAR_2005, "PutMessage", "ShowServiceProcessingAdvisory", answer));
        HttpResponse<String> answered = waiting.get(60, TimeUnit.SECONDS);
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.body()).contains("<t:ProcessMessageResponse ", "\">" + answer + "</t:content>");
        assertThat(drained(dealer)).as("it is kept until its receipt comes").contains(answer);
    }

    @Test
    void whatIsNoXmlIsPulledAsAnAttachment() throws Exception {
        drained(centre);
        hub.submit(dealer, "dealer-7", "opel/star-claim", nextId(), "<open> </t:content> & \u00e9");
        List<String> pulled = drained(centre);
        assertThat(pulled).hasSize(1);
        assertThat(pulled.getFirst())
                .startsWith("<t:attachment><t:attachmentData>PG9wZW4+IDwvdDpjb250ZW50PiAmIMOp</t:attachmentData>");
    }

    @Test
    void filtersChooseByVerbNounAndTime() throws Exception {
        drained(centre);
        String claim = claim(nextId(), "x");
        good(dealer, message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim));
        String filter = "<t:filter><t:filterCriteria><t:criteriaList><t:criteria>%s</t:criteria></t:criteriaList>"
                + "</t:filterCriteria></t:filter>";
        for (String wanted : List.of(
                "<t:noun t:operation=\"or\">WarrantyClaim</t:noun>",
                "<t:verb>Process</t:verb>",
                "<t:startDateTime>2026-01-01T00:00:00Z</t:startDateTime>")) {
            assertThat(good(centre, pull(Transport.STAR_2009, filter.formatted(wanted))))
                    .contains(claim);
        }
        for (String other :
                List.of("<t:noun>PartsOrder</t:noun>", "<t:endDateTime>2026-01-01T00:00:00+01:00</t:endDateTime>")) {
            assertThat(good(centre, pull(Transport.STAR_2009, filter.formatted(other))))
                    .doesNotContain("<t:content ");
        }
    }

    @Test
    void itDescribesItselfWithItsOwnAddress() throws Exception {
        for (String query : List.of("wsdl", "wsdl=2005")) {
            HttpResponse<String> answer = dealer.send(
                    HttpRequest.newBuilder(hub.uri("/star/opel?" + query)).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("<soap:address location=\"" + hub.uri("/star/opel") + "\"/>")
                    .contains("2005".equals(query.replaceFirst(".*=", "")) ? "2005/10" : "/2009/")
                    .doesNotContain("@");
        }
    }

    @Test
    void aLargeContentGoesThroughAFileAndComesOutAsItWas() throws Exception {
        drained(centre);
        String claim = claim(nextId(), "a line of text\n".repeat(200_000));
        good(dealer, message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", claim));
        String answer = good(centre, pull(Transport.STAR_2009, ""));
        assertThat(group(CONTENT, answer, 2).getFirst().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(claim.getBytes(StandardCharsets.UTF_8));
        drained(centre);
    }

    @Test
    void aHundredMegabytesGoThroughInConstantMemory(@TempDir Path folder) throws Exception {
        drained(centre);
        Path claim = folder.resolve("claim.xml");
        String[] around = claim(nextId(), "@").split("@", -1);
        try (var out = Files.newBufferedWriter(claim)) {
            out.write(around[0]);
            for (int i = 0; i < 100_000; i++) {
                out.write("<s:Line>" + "0123456789".repeat(100) + "</s:Line>\n");
            }
            out.write(around[1]);
        }
        String[] frame = message(Transport.STAR_2009, "PutMessage", "ProcessWarrantyClaim", "@")
                .split("@", -1);
        Path message = folder.resolve("message.xml");
        try (var out = Files.newOutputStream(message)) {
            out.write(frame[0].getBytes(StandardCharsets.UTF_8));
            Files.copy(claim, out);
            out.write(frame[1].getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest put = HttpRequest.newBuilder(hub.uri("/star/opel"))
                .POST(HttpRequest.BodyPublishers.ofFile(message))
                .build();
        HttpResponse<String> taken = dealer.send(put, HttpResponse.BodyHandlers.ofString());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        Path answer = folder.resolve("answer.xml");
        HttpRequest pull = HttpRequest.newBuilder(hub.uri("/star"))
                .POST(HttpRequest.BodyPublishers.ofString(pull(Transport.STAR_2009, "")))
                .build();
        centre.send(pull, HttpResponse.BodyHandlers.ofFile(answer));
        try (var in = Files.newInputStream(answer)) {
            byte[] head = in.readNBytes(2_000);
            int begin = new String(head, StandardCharsets.ISO_8859_1).indexOf("<s:ProcessWarrantyClaim");
            try (var pulled = Files.newInputStream(answer);
                    var sent = Files.newInputStream(claim)) {
                pulled.skipNBytes(begin);
                for (byte[] piece = sent.readNBytes(1 << 16); piece.length > 0; piece = sent.readNBytes(1 << 16)) {
                    assertThat(Arrays.equals(pulled.readNBytes(piece.length), piece))
                            .isTrue();
                }
            }
        }
        String head = new String(Files.newInputStream(answer).readNBytes(2_000), StandardCharsets.UTF_8);
        good(
                centre,
                pull(
                        Transport.STAR_2009,
                        receipts(List.of(head.replaceFirst("(?s).*content id=\"([^\"]+)\".*", "$1")))));
    }
}
