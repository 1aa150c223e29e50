package aiguillage.hub.door.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.login.Places;
import aiguillage.hub.star.Answer;
import aiguillage.hub.star.Answer.Part;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.star.SoapText;
import aiguillage.hub.star.StarMessage.Manifest;
import aiguillage.hub.star.Transport;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.wss.MessageSigner;
import aiguillage.hub.wss.SignatureCheck;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.signature.Freshness;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/// Signed messages of STAR's transport: who signed is who sent, and what was signed can be proven to third
/// parties.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StarSignedTest {

    private static final String STAR = "http://www.starstandard.org/STAR/5";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final Pattern RECEIPT = Pattern.compile("<a:receipt contentID=\"[^\"]+\">(.*?)</a:receipt>");

    private RunningHub hub;
    private Credential credential;
    private Credential oldSystem;
    private HttpClient dealer;
    private HttpClient centre;
    private HttpClient audit;
    private int number;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        String flows = RunningHub.FLOWS.replace("country: de, region: eu", "country: de, region: eu, star-signed: true")
                + "  opel/star-claim: { from: dealer, to: opel-centre, bod: ProcessWarrantyClaim }\n"
                + "  opel/star-order: { from: dealer, to: opel-audit, bod: ProcessPartsOrder, signed: required }\n"
                + "  opel/star-answer: { from: centre, to: { recipient: dealer }, bod: ShowServiceProcessingAdvisory }\n";
        var isStarted = new AtomicBoolean();
        InstantSource clock = () -> Instant.now().minus(isStarted.get() ? Duration.ZERO : Duration.ofMinutes(1));
        hub = new RunningHub(
                RunningHub.takingSignedStar(RunningHub.speakingStar(RunningHub.config(folder, flows, clock))), clock);
        isStarted.set(true); // a minute ago
        credential = hub.credential("dealer-7");
        oldSystem = hub.credential("dealer-8");
        dealer = hub.client(credential);
        centre = hub.client("opel-centre");
        audit = hub.client("opel-audit");
    }

    @AfterAll
    void stop() {
        dealer.close();
        centre.close();
        audit.close();
        hub.close();
    }

    private String bod(String element, String text) {
        number++;
        return "<" + element + " xmlns=\"" + STAR + "\" t:note=\"x\"><ApplicationArea><BODID>signed-" + number
                + "</BODID></ApplicationArea><Text>" + text + "</Text></" + element + ">";
    }

    private static Answer message(String operation, String element, String... bods) {
        Transport transport = Transport.STAR_2009;
        List<Manifest> manifest = new ArrayList<>();
        var body = new StringBuilder(SoapText.beforeContents(transport, operation));
        for (int i = 0; i < bods.length; i++) {
            manifest.add(new Manifest("C" + i, STAR, element, null));
            body.append(SoapText.beforeContent("C" + i)).append(bods[i]).append(SoapText.behindContent());
        }
        return new Answer(
                List.of(SoapText.manifest(transport, manifest)),
                List.of(Part.of(body + SoapText.behindContents(operation))));
    }

    private static Answer pull(String inside) {
        return new Answer(
                List.of(),
                List.of(Part.of("<t:PullMessage xmlns:t=\"" + Transport.STAR_2009.namespace() + "\">" + inside
                        + "</t:PullMessage>")));
    }

    private static String text(List<Part> parts) throws Exception {
        try (InputStream in = Answer.open(parts)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String signed(Credential by, Answer message) throws Exception {
        return text(new MessageSigner(() -> by).signed(message, Instant.now()));
    }

    private static HttpResponse<String> send(HttpClient by, URI to, String message) throws Exception {
        return by.send(request(to, message), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(URI to, String message) {
        return HttpRequest.newBuilder(to)
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
    }

    private String good(String message) throws Exception {
        HttpResponse<String> answer = send(dealer, hub.uri("/star"), message);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void requireRefused(String message, String code, String why) throws Exception {
        HttpResponse<String> answer = send(dealer, hub.uri("/star"), message);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
        assertThat(answer.body()).contains("code=\"" + code + "\"", why);
    }

    private static void requireSignedByTheHub(String answer) throws Exception {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        SoapReader.Source source = () -> new ByteArrayInputStream(bytes);
        SignatureCheck.Statement statement = SignatureCheck.statement(source, Freshness.DEFAULT, Instant.now());
        SignatureCheck.requireWhole(source, statement);
        assertThat(PartyCertificate.of(statement.signer().getFirst()).party()).isEqualTo(Documents.HUB);
    }

    private List<String> waiting(HttpClient reader, String flow) throws Exception {
        String inbox = hub.get(reader, "/v1/inbox?flow=" + flow).body();
        return Pattern.compile("\"id\":\"(signed-[0-9]+)\"")
                .matcher(inbox)
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    @Test
    void whoeverSignsIsAnsweredSigned() throws Exception {
        requireSignedByTheHub(good(
                signed(credential, message("PutMessage", "ProcessWarrantyClaim", bod("ProcessWarrantyClaim", "é")))));
        requireSignedByTheHub(good(signed(credential, pull(""))));
        HttpResponse<String> fault = send(
                dealer,
                hub.uri("/star"),
                signed(credential, message("PutMessage", "ProcessTeleport", bod("ProcessTeleport", "x"))));
        assertThat(fault.body()).contains("<soap:Fault>", "not-authorised");
        requireSignedByTheHub(fault.body());
        assertThat(good(text(pull("").envelope()))).doesNotContain("Signature");
    }

    @Test
    void whoSignedIsWhoSent() throws Exception {
        Answer message = message("PutMessage", "ProcessWarrantyClaim", bod("ProcessWarrantyClaim", "x"));
        requireRefused(
                signed(oldSystem, message),
                "signature-invalid",
                "signed by dealer-8, and came by a connection of dealer-7");
        Instant earlier = Instant.now().minus(Duration.ofMinutes(4));
        Credential expired =
                hub.parties().credential("dealer-7", new CertificateUse.Client(), earlier, Duration.ofMinutes(1));
        requireRefused(signed(expired, message), "certificate-expired", "ended at");
        requireRefused(signed(hub.credential("dealer-99"), message), "party-unknown", "dealer-99");
        String changed = signed(credential, message).replace("<Text>x<", "<Text>y<");
        requireRefused(changed, "signature-invalid", "was changed after it was signed");
        assertThat(waiting(centre, "opel/star-claim")).doesNotContain("signed-" + number);
        good(signed(credential, message));
        assertThat(waiting(centre, "opel/star-claim")).contains("signed-" + number);
    }

    @Test
    void aSignatureOfAnotherAuthorityOrARevokedOneDoesNotHold(@TempDir Path folder) throws Exception {
        CertificateAuthority.init(folder.resolve("ca"), "Test", null, Instant.now());
        Credential stranger = new Parties(folder.resolve("ca"), InstantSource.system()).credential("dealer-7");
        Answer message = message("PutMessage", "ProcessWarrantyClaim", bod("ProcessWarrantyClaim", "x"));
        requireRefused(signed(stranger, message), "certificate-unusable", "no authority that this hub believes");
        Credential lost = hub.credential("dealer-7");
        String serial = lost.chain().leaf().getSerialNumber().toString(16);
        hub.operator("/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"lost\"}");
        requireRefused(signed(lost, message), "certificate-revoked", serial);
    }

    @Test
    void theSameMessageAgainIsARetry() throws Exception {
        String message =
                signed(credential, message("PutMessage", "ProcessWarrantyClaim", bod("ProcessWarrantyClaim", "x")));
        String id = "signed-" + number;
        List<String> receipts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            var receipt = RECEIPT.matcher(good(message));
            assertThat(receipt.find()).isTrue();
            receipts.add(receipt.group(1));
        }
        assertThat(receipts.get(1)).isEqualTo(receipts.getFirst());
        assertThat(waiting(centre, "opel/star-claim")).containsOnlyOnce(id);
    }

    @Test
    void whatWasSignedCanBeProvenToThirdParties() throws Exception {
        Answer message = message("PutMessage", "ProcessPartsOrder", bod("ProcessPartsOrder", "é\r\n"));
        String id = "signed-" + number;
        requireRefused(text(message.envelope()), "signature-required", "takes only signed documents");
        String sent = signed(credential, message);
        good(sent);
        String kept = hub.get(audit, "/v1/documents/" + id + "/signature").body();
        assertThat(kept).isEqualTo(sent);
        requireHoldsForTheJdk(kept);
        String two = signed(
                credential,
                message(
                        "PutMessage",
                        "ProcessPartsOrder",
                        bod("ProcessPartsOrder", "a"),
                        bod("ProcessPartsOrder", "b")));
        requireRefused(two, "signature-required", "send one content in each");
    }

    @Test
    void ofALargeDocumentToo() throws Exception {
        String sent = signed(
                credential,
                message(
                        "PutMessage",
                        "ProcessPartsOrder",
                        bod("ProcessPartsOrder", "<L>é &amp; </L>\n".repeat(60_000))));
        String id = "signed-" + number;
        good(sent);
        assertThat(hub.get(audit, "/v1/documents/" + id + "/signature").body()).isEqualTo(sent);
    }

    @Test
    void aContentOfOneSenderNeverEndsTheSignedPullsOfItsReader() throws Exception {
        String ids = "<x xmlns:u=\"" + WSU + "\" u:Id=\"part-1\"/><x xmlns:u=\"" + WSU + "\" u:Id=\"timestamp\"/>";
        String deep = "<d>".repeat(94) + "</d>".repeat(94);
        String relative = "<x xmlns=\"relative\"/>";
        int first = number + 1;
        for (String inside : List.of(ids, deep, relative)) {
            String bod = bod("ShowServiceProcessingAdvisory", "")
                    .replace(" t:note=\"x\"", "")
                    .replace(
                            "</ApplicationArea>",
                            "<Destination><PartyReceiverID>dealer-7</PartyReceiverID></Destination></ApplicationArea>")
                    .replace("<Text></Text>", inside);
            HttpResponse<String> put = send(
                    centre,
                    hub.uri("/star"),
                    text(message("PutMessage", "ShowServiceProcessingAdvisory", bod)
                            .envelope()));
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        }
        String answer = good(signed(credential, pull("")));
        requireSignedByTheHub(answer);
        for (int i = first; i <= number; i++) {
            assertThat(answer).contains("relatedID=\"signed-" + i + "\"");
        }
    }

    /// With the JDK's own XML Signature, by nothing but the message.
    private void requireHoldsForTheJdk(String message) throws Exception {
        var tree = HardenedXml.tree().parse(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
        for (String name : List.of("Body", "Timestamp", "payloadManifest")) {
            var element = (Element) tree.getElementsByTagNameNS("*", name).item(0);
            element.setIdAttributeNS(WSU, "Id", true);
        }
        var context = new DOMValidateContext(
                credential.chain().leaf().getPublicKey(),
                tree.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0));
        assertThat(XMLSignatureFactory.getInstance("DOM")
                        .unmarshalXMLSignature(context)
                        .validate(context))
                .isTrue();
    }

    /// A client without a certificate, at an address of its own: tries are counted for each.
    private HttpClient uncertified(String address) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(MutualTls.context(null, new PartyTrustManager(hub.anchors(), InstantSource.system())))
                .localAddress(InetAddress.getByName(address))
                .build();
    }

    @Test
    void anAllowedPartyNeedsNoClientCertificate() throws Exception {
        URI address = hub.starSignedUri("/star");
        try (HttpClient old = uncertified("127.0.0.2")) {
            Answer claim = message("PutMessage", "ProcessWarrantyClaim", bod("ProcessWarrantyClaim", "old"));
            String id = "signed-" + number;
            String message = signed(oldSystem, claim);
            HttpResponse<String> answer = send(old, address, message);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            requireSignedByTheHub(answer.body());
            assertThat(waiting(centre, "opel/star-claim")).contains(id);
            assertThat(send(old, address, message).body())
                    .as("a copy, whoever sends it")
                    .contains("signature-not-fresh", "came before");
            assertThat(send(old, address, signed(oldSystem, claim)).body())
                    .as("signed anew it is a retry")
                    .contains("<a:receipt ");
            assertThat(send(old, address, signed(oldSystem, pull(""))).body()).contains("PullMessageResponse");
            assertThat(old.send(
                                    HttpRequest.newBuilder(hub.starSignedUri("/star?wsdl"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("<soap:address location=\"" + address);
        }
    }

    @Test
    void anOldSystemMaySpeakTls12() throws Exception {
        var tls12 = new SSLParameters();
        tls12.setProtocols(new String[] {"TLSv1.2"});
        try (HttpClient old = HttpClient.newBuilder()
                .sslContext(MutualTls.context(null, new PartyTrustManager(hub.anchors(), InstantSource.system())))
                .sslParameters(tls12)
                .build()) {
            HttpResponse<String> answer = send(old, hub.starSignedUri("/star"), signed(oldSystem, pull("")));
            assertThat(answer.body()).contains("PullMessageResponse");
        }
    }

    @Test
    void twoSignedPullsAtTheSameTimeAreTwo() throws Exception {
        try (HttpClient old = uncertified("127.0.0.5")) {
            String first = signed(oldSystem, pull("<t:filter/>"));
            String second = signed(oldSystem, pull(""));
            var one = old.sendAsync(request(hub.starSignedUri("/star"), first), HttpResponse.BodyHandlers.ofString());
            var two = old.sendAsync(request(hub.starSignedUri("/star"), second), HttpResponse.BodyHandlers.ofString());
            assertThat(one.get().body()).contains("PullMessageResponse");
            assertThat(two.get().body()).contains("PullMessageResponse");
        }
    }

    @Test
    void strangersGetNothing() throws Exception {
        URI address = hub.starSignedUri("/star");
        try (HttpClient old = uncertified("127.0.0.3")) {
            Answer message = message("PutMessage", "ProcessWarrantyClaim", bod("ProcessWarrantyClaim", "old"));
            assertThat(send(old, address, signed(credential, message)).body())
                    .contains("not-authorised", "star-signed");
            assertThat(send(old, address, text(message.envelope())).body())
                    .contains("signature-invalid", "no Security header")
                    .doesNotContain("wsse:Security");
            String before = text(new MessageSigner(() -> oldSystem)
                    .signed(message, Instant.now().minus(Duration.ofMinutes(4))));
            assertThat(send(old, address, before).body()).contains("signature-not-fresh", "before this hub started");
            String ahead = text(new MessageSigner(() -> oldSystem)
                    .signed(message, Instant.now().plus(Duration.ofMinutes(1))));
            assertThat(send(old, address, ahead).body()).contains("signature-not-fresh", "in the future");
            assertThat(send(old, address, " ".repeat(StarSignedDoor.MESSAGE_BYTES_MAX + 1))
                            .body())
                    .contains("payload-too-large");
            assertThat(send(old, hub.starSignedUri("/v1/inbox"), "x").statusCode())
                    .isEqualTo(404);
            assertThat(waiting(centre, "opel/star-claim")).doesNotContain("signed-" + number);
        }
        try (HttpClient old = uncertified("127.0.0.4")) {
            for (int i = 0; i < StarSignedDoor.TRIES; i++) {
                assertThat(send(old, address, "x").body()).contains("signature-invalid");
            }
            assertThat(send(old, address, "x").body()).contains("too-many-requests");
        }
    }

    @Test
    void aMessageForAnotherHubIsRefused() throws Exception {
        URI address = hub.starSignedUri("/star");
        try (HttpClient old = uncertified("127.0.0.6")) {
            assertThat(send(old, address, signed(oldSystem, pullOf("https://other-hub.example/star")))
                            .body())
                    .contains("signature-invalid", "names other-hub.example");
            assertThat(send(old, address, signed(oldSystem, pullOf(address.toString())))
                            .body())
                    .contains("PullMessageResponse");
        }
    }

    private static Answer pullOf(String to) {
        var block = new Answer.Block(
                "<w:To xmlns:w=\"http://www.w3.org/2005/08/addressing\" soap:mustUnderstand=\"1\"",
                ">" + to + "</w:To>");
        return new Answer(List.of(block), pull("").body());
    }

    @Test
    void oneAddressHasItsShareOfTheConnections() throws Exception {
        SSLSocketFactory tls = MutualTls.context(null, new PartyTrustManager(hub.anchors(), InstantSource.system()))
                .getSocketFactory();
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < SignedConnections.PER_SOURCE_MAX; i++) {
                SSLSocket one = connect(tls, "127.0.0.9");
                open.add(one);
                one.startHandshake();
            }
            try (SSLSocket more = connect(tls, "127.0.0.9")) {
                assertThatThrownBy(more::startHandshake).isInstanceOf(IOException.class);
            }
        } finally {
            for (Socket one : open) {
                one.close();
            }
        }
    }

    @Test
    void messagesThatDoNotGetOnKeepNobodyOut() throws Exception {
        SSLSocketFactory tls = MutualTls.context(null, new PartyTrustManager(hub.anchors(), InstantSource.system()))
                .getSocketFactory();
        List<SSLSocket> slow = new ArrayList<>();
        Instant end = Instant.now().plus(Uploads.PATIENCE);
        try (HttpClient old = uncertified("127.0.0.10")) {
            for (int i = 0; i < StarSignedDoor.AT_ONCE_MAX; i++) {
                slow.add(slow(tls, "127.0.1." + (1 + i / StarSignedDoor.AT_ONCE_PER_ADDRESS_MAX)));
            }
            boolean isGivenUp = false;
            HttpResponse<String> answer = send(old, hub.starSignedUri("/star"), signed(oldSystem, pull("")));
            while (!isGivenUp || answer.statusCode() != 200) {
                assertThat(Instant.now()).as(answer.body()).isBefore(end);
                assertThat(answer.body()).containsAnyOf("PullMessageResponse", "at the same time");
                isGivenUp = isGivenUp || slow.stream().anyMatch(StarSignedTest::isAnswered);
                answer = send(old, hub.starSignedUri("/star"), signed(oldSystem, pull("")));
            }
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    /// It begins a message, and does not get on with it.
    private SSLSocket slow(SSLSocketFactory tls, String from) throws Exception {
        SSLSocket one = connect(tls, from);
        one.getOutputStream()
                .write(("POST /star HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + StarSignedDoor.MESSAGE_BYTES_MAX
                                + "\r\n\r\n<")
                        .getBytes(StandardCharsets.US_ASCII));
        return one;
    }

    @Test
    void whoMadeRoomForAnotherHasNotFailed() throws Exception {
        SSLSocketFactory tls = MutualTls.context(null, new PartyTrustManager(hub.anchors(), InstantSource.system()))
                .getSocketFactory();
        URI address = hub.starSignedUri("/star");
        List<SSLSocket> slow = new ArrayList<>();
        Instant end = Instant.now().plus(Uploads.PATIENCE);
        try (HttpClient old = uncertified("127.0.3.1");
                HttpClient other = uncertified("127.0.0.12")) {
            for (int i = 1; i < StarSignedDoor.TRIES; i++) {
                assertThat(send(old, address, "x").body()).contains("signature-invalid");
            }
            for (int i = 0; i < StarSignedDoor.AT_ONCE_MAX; i++) {
                slow.add(slow(tls, "127.0.3." + (1 + i / StarSignedDoor.AT_ONCE_PER_ADDRESS_MAX)));
            }
            List<SSLSocket> first = List.copyOf(slow.subList(0, StarSignedDoor.AT_ONCE_PER_ADDRESS_MAX));
            Optional<SSLSocket> displaced = Optional.empty();
            for (int more = 0; displaced.isEmpty(); ) {
                assertThat(Instant.now()).isBefore(end);
                send(other, address, signed(oldSystem, pull("")));
                displaced = slow.stream().filter(StarSignedTest::isAnswered).findFirst();
                if (displaced.isPresent() && !first.contains(displaced.get())) { // the hub says which is slowest
                    displaced = Optional.empty();
                    slow.add(slow(tls, "127.0.4." + ++more));
                }
            }
            awaitEnd(displaced.get());
            assertThat(send(old, address, signed(oldSystem, pull(""))).body()).contains("PullMessageResponse");
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    private static void awaitEnd(SSLSocket socket) throws Exception {
        socket.setSoTimeout(10_000);
        while (socket.getInputStream().read() >= 0) {
            // the rest of the answer
        }
    }

    private static boolean isAnswered(SSLSocket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() == 'H';
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void strangersFromManyAddressesKeepNoPartyOut() throws Exception {
        List<Socket> open = new ArrayList<>();
        try (HttpClient old = uncertified("127.0.0.11")) {
            for (int i = 0; i < 2 * Places.STRANGERS_MAX; i++) {
                open.add(connect("127.0.2." + (1 + i / SignedConnections.PER_SOURCE_MAX)));
            }
            assertThat(send(old, hub.starSignedUri("/star"), signed(oldSystem, pull("")))
                            .body())
                    .contains("PullMessageResponse");
        } finally {
            for (Socket one : open) {
                one.close();
            }
        }
    }

    private SSLSocket connect(SSLSocketFactory tls, String from) throws Exception {
        Socket plain = connect(from);
        return (SSLSocket) tls.createSocket(plain, "localhost", plain.getPort(), true);
    }

    private Socket connect(String from) throws Exception {
        var plain = new Socket();
        plain.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        plain.setSoTimeout(20_000);
        plain.connect(
                new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"),
                        hub.starSignedUri("/").getPort()),
                20_000);
        return plain;
    }
}
