package aiguillage.hub.as4;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// AS4 with a gateway that is not ours at the other end, in a process of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class As4OverTheWireTest {

    private static final String CLAIM = "urn:aiguillage:brand:opel#warranty-claim";

    private static final Pattern CODE = Pattern.compile("errorCode=\"([^\"]+)\"");

    private As4Site site;
    private As4Site.Peer peer;
    private HttpClient centreByRest;
    private HttpClient dealerByRest;
    private int number;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new As4Site(folder);
        peer = site.peer("dealer-7", "dealer-9", "dealer-10", "opel-centre").ready();
        centreByRest = site.client("opel-centre");
        dealerByRest = site.client("dealer-7");
    }

    @AfterAll
    void stop() throws Exception {
        centreByRest.close();
        dealerByRest.close();
        site.close();
    }

    private String nextId() {
        return "claim-" + ++number + "@peer";
    }

    private Path payload(String text) throws Exception {
        return Files.writeString(Files.createTempFile(site.folder(), "payload", ".xml"), text);
    }

    private String push(String suite, String id, String flow, Path payload, String how) {
        return peer.ask("dealer-7 push " + suite + " " + id + " " + flow + " " + payload + " " + how);
    }

    private JsonNode delivered(String id) throws Exception {
        HttpResponse<String> inbox = site.hub().get(centreByRest, "/v1/inbox?limit=1000");
        for (JsonNode event : JsonMapper.shared().readTree(inbox.body())) {
            if (event.get("id").asString().equals(id)) {
                return event;
            }
        }
        throw new AssertionError(id + " does not wait: " + inbox.body());
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, sealed",
        "ed25519, plain",
        "ed25519, bare",
        "rsa, sealed",
        "rsa, sealed-bare",
        "rsa, bare",
        "ec, plain",
        "ec, sealed"
    })
    void aDocumentPushedIsAcceptedWithAReceiptThatItsSenderCanCheck(String suite, String how) throws Exception {
        String id = nextId();
        String text = "<?xml version=\"1.0\"?>\n<claim  id='1'>é &amp;\r\n</claim>";
        String answer = push(suite, id, CLAIM, payload(text), how);
        assertThat(answer).as(peer.log()).startsWith("SUCCESS checked receipt receipt.");
        JsonNode event = delivered(id);
        assertThat(new String(
                        Base64.getDecoder().decode(event.get("data_base64").asString()), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(event.get("source").asString()).isEqualTo("urn:aiguillage:party:dealer-7");
        assertThat(event.get("type").asString()).isEqualTo("opel/warranty-claim");
        assertThat(event.get("datacontenttype").asString()).isEqualTo("application/xml");
        assertThat(event.get("conversationid").asString()).isEqualTo("conversation-" + id);
    }

    private static String code(HttpResponse<String> answer) {
        Matcher code = CODE.matcher(answer.body());
        assertThat(code.find()).as(answer.body()).isTrue();
        return code.group(1);
    }

    /// What the peer would send, as it goes over the wire.
    private record Built(String contentType, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }

        Built with(String wanted, String other) {
            assertThat(text()).contains(wanted);
            return new Built(contentType, text().replace(wanted, other).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private Built built(String suite, String id, String flow, Path payload, String how) throws Exception {
        Path file = Files.createTempFile(site.folder(), "built", ".mime");
        assertThat(peer.ask("dealer-7 build " + suite + " " + id + " " + flow + " " + payload + " " + how + " " + file))
                .as(peer.log())
                .isEqualTo("built");
        byte[] all = Files.readAllBytes(file);
        int end = 0;
        while (all[end] != '\n') {
            end++;
        }
        return new Built(
                new String(all, 0, end, StandardCharsets.US_ASCII), Arrays.copyOfRange(all, end + 1, all.length));
    }

    private HttpResponse<String> post(String party, Built built) throws Exception {
        return site.post(party, built.contentType(), built.body());
    }

    /// A flow with `signed: required`: who was no part of it checks the message with another's software.
    @ParameterizedTest
    @CsvSource({"rsa, sealed", "rsa, plain", "rsa, bare", "ed25519, sealed", "rsa, sealed-bare"})
    void aSignedDocumentCanBeProvenToThirdParties(String suite, String how) throws Exception {
        String id = nextId();
        String text = "<?xml version=\"1.0\"?><claim>signed, " + how + "</claim>";
        assertThat(push(suite, id, "urn:aiguillage:brand:opel#signed", payload(text), how))
                .as(peer.log())
                .startsWith("SUCCESS checked receipt");
        HttpResponse<byte[]> kept = centreByRest.send(
                HttpRequest.newBuilder(site.hub().uri("/v1/documents/" + id + "/signature"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(kept.headers().firstValue("Content-Type").orElseThrow()).startsWith("multipart/related");
        Path file = Files.write(site.folder().resolve("kept-" + id), changed(kept.body()));
        assertThat(peer.ask("opel-centre judge " + suite + " " + file))
                .startsWith("bad ")
                .contains("EBMS:010");
        Files.write(file, kept.body());
        assertThat(peer.ask("opel-centre judge " + suite + " " + file))
                .as(peer.log())
                .isEqualTo("signed sealed false: " + text);
    }

    /// With another byte in its payload.
    private static byte[] changed(byte[] message) {
        byte[] changed = message.clone();
        changed[message.length - 120] ^= 1;
        return changed;
    }

    @Test
    void whatIsSignedAndCannotBeKeptIsRefused() throws Exception {
        var random = new Random(7);
        var noise = new StringBuilder();
        while (noise.length() < 400_000) {
            noise.append(Integer.toHexString(random.nextInt()));
        }
        Path large = payload("<claim>" + noise + "</claim>");
        assertThat(push("rsa", nextId(), "urn:aiguillage:brand:opel#signed", large, "plain"))
                .contains("EBMS:0103", "CompressionType");
        assertThat(push("rsa", nextId(), "urn:aiguillage:brand:opel#signed", large, "bare"))
                .startsWith("SUCCESS");
        assertThat(pushAll("rsa", nextId(), "signed", "plain", payload("<a/>"), payload("<b/>")))
                .contains("EBMS:0103", "one payload in each");
    }

    private String pushAll(String suite, String id, String kind, String how, Path... payloads) {
        return peer.ask("dealer-7 push " + suite + " " + id + " urn:aiguillage:brand:opel#" + kind + " "
                + Stream.of(payloads).map(Path::toString).collect(Collectors.joining(",")) + " " + how);
    }

    @ParameterizedTest
    @CsvSource({"ed25519, sealed", "rsa, sealed", "ec, bare"})
    void eachPayloadOfAMessageIsADocument(String suite, String how) throws Exception { // I1, I2
        String id = nextId();
        Path[] payloads = {payload("<claim/>"), payload("<photo/>"), payload("<bill>" + "x".repeat(300_000) + "</bill>")
        };
        String answer = pushAll(suite, id, "warranty-claim", how, payloads);
        assertThat(answer).as(peer.log()).startsWith("SUCCESS checked receipt receipt.");
        assertThat(delivered(id).get("messagepart").asString()).isEqualTo("1/3");
        assertThat(delivered(id + "~2").get("messagepart").asString()).isEqualTo("2/3");
        assertThat(delivered(id + "~2").get("messageid").asString()).isEqualTo(id);
        assertThat(delivered(id + "~3").get("bytes").asString()).isEqualTo("300013");
        assertThat(position(id)).isGreaterThan(position(id + "~2")).isGreaterThan(position(id + "~3"));
        assertThat(pushAll(suite, id, "warranty-claim", how, payloads)).isEqualTo(answer);
        assertThat(pushAll(suite, id, "warranty-claim", how, payloads[0], payloads[1]))
                .contains("EBMS:0003");
    }

    private long position(String id) throws Exception {
        return Long.parseLong(delivered(id).get("position").asString());
    }

    @Test
    void nothingIsTakenOfAMessageWithABadPayload() throws Exception {
        Path good = json("{\"number\": 1}");
        Path bad = json("{\"number\"; 1}");
        String id = nextId();
        assertThat(pushAll("rsa", id, "checked", "sealed", good, json("{}"), good))
                .contains("EBMS:0004", "number");
        assertThat(pushAll("rsa", id, "checked", "sealed", good, bad)).contains("EBMS:0004", "line");
        assertThat(site.hub().get(centreByRest, "/v1/inbox?limit=1000").body()).doesNotContain(id);
        assertThat(pushAll("rsa", id, "checked", "sealed", good, good)).startsWith("SUCCESS");
    }

    private Path json(String text) throws Exception {
        return Files.writeString(Files.createTempFile(site.folder(), "payload", ".json"), text);
    }

    @Test
    void aRetryGetsTheSameReceiptAndNoSecondDelivery() throws Exception { // I2
        String id = nextId();
        Path payload = payload("<claim>once</claim>");
        String first = push("ed25519", id, CLAIM, payload, "sealed");
        String again = push("rsa", id, CLAIM, payload, "plain");
        assertThat(first).startsWith("SUCCESS checked receipt receipt.").isEqualTo(again);
        String inbox = site.hub().get(centreByRest, "/v1/inbox?limit=1000").body();
        assertThat(inbox.split(id, -1)).hasSize(3); // its id and its conversation, once
    }

    @Test
    void theSameIdWithOtherContentIsRefused() throws Exception { // I2
        String id = nextId();
        assertThat(push("rsa", id, CLAIM, payload("<claim>one</claim>"), "plain"))
                .startsWith("SUCCESS");
        assertThat(push("rsa", id, CLAIM, payload("<claim>two</claim>"), "plain"))
                .startsWith("AS4_ERROR_MESSAGE_RECEIVED")
                .contains("EBMS:0003 about " + id, "Another document has this id.");
    }

    @ParameterizedTest
    @CsvSource({
        "urn:aiguillage:brand:opel#no-such-flow, EBMS:0010",
        "urn:aiguillage:brand:opel#warranty-decision, EBMS:0010",
        "urn:aiguillage:brand:citroen#warranty-claim, EBMS:0010",
        "urn:example:other#Some Action, EBMS:0010",
        "urn:aiguillage:brand:opel#checked, EBMS:0004"
    })
    void whatTheFlowDoesNotTakeIsRefusedByTheRightError(String flow, String error) throws Exception {
        String id = nextId();
        Path payload = payload("{}");
        assertThat(
                        flow.contains(" ")
                                ? code(post("dealer-7", built("rsa", id, "urn:example:other#Other", payload, "plain")))
                                : push("ed25519", id, flow, payload, "sealed"))
                .contains(error);
    }

    @Test
    void aPayloadBeyondItsFlowIsRefusedHoweverSmallItCame() throws Exception {
        Path bomb = payload(" ".repeat(4_000_000));
        String answer = push("rsa", nextId(), CLAIM, bomb, "sealed");
        assertThat(answer).startsWith("AS4_ERROR").contains("EBMS:0004", "payload");
    }

    @Test
    void aLargePayloadGoesThrough() throws Exception {
        String id = nextId();
        assertThat(push("ed25519", id, CLAIM, payload("<claim>" + "0123456789".repeat(280_000) + "</claim>"), "sealed"))
                .startsWith("SUCCESS");
        assertThat(delivered(id).get("bytes").asString()).isEqualTo("2800015");
    }

    @Test
    void whatWasChangedOnItsWayIsRefused() throws Exception {
        Path payload = payload("a payload that is changed");
        Built plain = built("ed25519", nextId(), CLAIM, payload, "bare");
        assertThat(code(post("dealer-7", plain.with("payload that is changed", "payload that was changed"))))
                .isEqualTo("EBMS:0101");
        assertThat(code(post("dealer-7", plain.with(":brand:opel<", ":brand:opec<"))))
                .isEqualTo("EBMS:0101");
        Matcher value = Pattern.compile("<ds:SignatureValue>(.)").matcher(plain.text());
        assertThat(value.find()).isTrue();
        char other = value.group(1).equals("A") ? 'B' : 'A';
        assertThat(code(post("dealer-7", plain.with(value.group(), "<ds:SignatureValue>" + other))))
                .isEqualTo("EBMS:0101");
        Built packed = built("rsa", nextId(), CLAIM, payload, "plain");
        byte[] body = packed.body().clone();
        body[packed.text().indexOf("\u001f\u008b") + 12] ^= 1;
        assertThat(code(post("dealer-7", new Built(packed.contentType(), body))))
                .isEqualTo("EBMS:0101");
        for (String suite : List.of("ed25519", "rsa")) {
            Built sealed = built(suite, nextId(), CLAIM, payload, "sealed");
            byte[] bytes = sealed.body().clone();
            bytes[sealed.text().indexOf("\r\n\r\n", sealed.text().indexOf("Content-ID: <payload")) + 20] ^= 1;
            assertThat(code(post("dealer-7", new Built(sealed.contentType(), bytes))))
                    .isEqualTo("EBMS:0102");
        }
    }

    @Test
    void onlyTheCertificatesOfTheCallersPartyAreBelieved() throws Exception { // I8
        Path payload = payload("<claim/>");
        Built good = built("ed25519", nextId(), CLAIM, payload, "sealed");
        HttpResponse<String> replayed = post("dealer-8", good);
        assertThat(code(replayed)).isEqualTo("EBMS:0101");
        assertThat(replayed.body()).contains("not known here as one of dealer-8");
        HttpResponse<String> old = post("dealer-7", built("old", nextId(), CLAIM, payload, "plain"));
        assertThat(code(old)).isEqualTo("EBMS:0101");
        assertThat(old.body()).contains("The certificate has expired.");
        assertThat(code(post(
                        "dealer-7",
                        good.with("<ds:Signature ", "<ds:Ignored ").with("</ds:Signature>", "</ds:Ignored>"))))
                .isEqualTo("EBMS:0103");
        assertThat(post("dealer-7", good).body()).contains("NonRepudiationInformation");
    }

    @Test
    void whatIsForAKeyOfP256IsSealedToIt() throws Exception {
        assertThat(site.hub()
                        .submit(centreByRest, "opel-centre", "opel/letter", "letter-1", "a letter")
                        .statusCode())
                .isEqualTo(201);
        Path file = site.folder().resolve("pulled-letter");
        assertThat(peer.ask("dealer-10 pull ec urn:aiguillage:flow:opel/letter " + file + " receipt"))
                .as(peer.log())
                .contains("action letter sealed true signed true answered 202");
        assertThat(Files.readString(file)).isEqualTo("a letter");
    }

    private String pull(String mpc, Path file, String reply) {
        return peer.ask("opel-centre pull rsa " + mpc + " " + file + " " + reply);
    }

    @Test
    void aPulledDocumentWaitsUntilItsSignedReceiptComes() throws Exception { // I3
        String mpc = "urn:aiguillage:flow:opel/film";
        String text = "a film, " + "frame ".repeat(1_000);
        String id = nextId();
        assertThat(push("ed25519", id, "urn:aiguillage:brand:opel#film", payload(text), "sealed"))
                .startsWith("SUCCESS");
        Path file = site.folder().resolve("pulled");
        String wrong = pull(mpc, file, "wrong");
        assertThat(wrong).as(peer.log()).contains("action film sealed true signed true answered 200", "EBMS:0302");
        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(delivered(id)).isNotNull();
        assertThat(pull(mpc, file, "receipt")).contains("EBMS:0006"); // on its way
        site.later();
        assertThat(pull(mpc, file, "receipt")).as(peer.log()).contains("answered 202");
        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(site.hub().get(centreByRest, "/v1/inbox?limit=1000").body()).doesNotContain(id);
        site.later();
        assertThat(pull(mpc, file, "receipt")).contains("EBMS:0006");
        assertThat(site.hub().get(dealerByRest, "/v1/inbox?limit=1000").body()).contains("opel/film.notice");
    }

    @Test
    void whatAReaderCannotUseGoesIntoQuarantineAndTheNextGoesOn() throws Exception { // I3
        String mpc = "urn:aiguillage:flow:opel/other";
        String bad = nextId();
        String good = nextId();
        for (String id : List.of(bad, good)) {
            assertThat(push("ed25519", id, "urn:aiguillage:brand:opel#other", payload("<x/>"), "plain"))
                    .startsWith("SUCCESS");
        }
        Path file = site.folder().resolve("pulled-other");
        assertThat(pull(mpc, file, "error")).as(peer.log()).contains("answered 202");
        assertThat(pull(mpc, file, "receipt")).contains("answered 202");
        assertThat(site.hub().get(centreByRest, "/v1/inbox/quarantine").body())
                .contains(bad, "EBMS:0004")
                .doesNotContain(good);
    }

    @Test
    void whatIsPushedIsAcknowledgedByTheReadersReceiptAndTriedAgainUntilThen() throws Exception { // I3
        String port = peer.ask("dealer-9 listen ed25519");
        site.pushesTo("https://localhost:" + port + "/as4");
        assertThat(site.hub()
                        .submit(centreByRest, "opel-centre", "opel/bulletin", "bulletin-1", "a bulletin")
                        .statusCode())
                .isEqualTo(201);
        assertThat(peer.ask("dealer-9 received")).isEqualTo("not up yet");
        site.later();
        assertThat(peer.ask("dealer-9 received")).as(peer.log()).isEqualTo("bulletin sealed true: a bulletin");
        String state = "";
        while (!state.contains("opel/bulletin.notice")) {
            state = site.hub()
                    .get(centreByRest, "/v1/inbox?limit=1000&wait=20&flow=opel/bulletin.notice")
                    .body();
        }
        assertThat(state).contains("bulletin-1");
    }

    @Test
    void noticesArePulledToo() throws Exception {
        String id = nextId();
        assertThat(push("ed25519", id, "urn:aiguillage:brand:opel#told", payload("<x/>"), "plain"))
                .startsWith("SUCCESS");
        String pulled = pull("urn:aiguillage:flow:opel/told", site.folder().resolve("pulled-told"), "receipt");
        assertThat(pulled).contains("answered 202");
        Path file = site.folder().resolve("pulled-notice");
        assertThat(peer.ask("dealer-7 pull ed25519 urn:aiguillage:flow:opel/told.notice " + file + " receipt"))
                .as(peer.log())
                .contains("action told.notice sealed true signed true answered 202");
        assertThat(Files.readString(file)).contains(id, "delivered");
    }
}
