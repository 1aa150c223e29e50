package aiguillage.hub.as4;

import static aiguillage.hub.as4.SignedByHand.property;
import static aiguillage.hub.as4.SignedByHand.signal;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.Credential;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a party may sign to do harm: to the hub, to other parties, to who reads its documents.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class As4StrangersTest {

    private static final String SOAP = "application/soap+xml";

    private RunningHub hub;
    private Credential dealer;
    private SignedByHand signed;
    private HttpClient client;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(
                RunningHub.speakingAs4(RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system())),
                InstantSource.system());
        dealer = hub.credential("dealer-8");
        signed = new SignedByHand(dealer);
        client = hub.client(dealer);
    }

    @AfterAll
    void stop() {
        client.close();
        hub.close();
    }

    @AfterEach
    void theHubGoesOn() throws Exception {
        assertThat(hub.failure()).isNull();
        assertThat(post(signed.soap(signal("pull", "<eb:PullRequest/>"), Map.of(), "")))
                .contains("EBMS:0006");
    }

    private String post(String type, byte[] body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(hub.uri("/as4"))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String post(byte[] soap) throws Exception {
        return post(SOAP, soap);
    }

    private String document(String id, String properties, String inReference) throws Exception {
        return post(SignedByHand.PACKAGE, signed.document(id, "dealer-8", properties, inReference));
    }

    @Test
    void aReceiptRepeatsNothingThatIsNotUnderstood() throws Exception {
        assertThat(document("plain", "", "")).contains("NonRepudiationInformation");
        assertThat(document("extra", "", "<x xmlns=\"urn:x\" wsu:Id=\"messaging\"/>"))
                .contains("EBMS:0103")
                .doesNotContain("urn:x");
    }

    @Test
    void whatHasNoCanonicalFormIsRefused() throws Exception {
        String unit = signal("relative", "<eb:PullRequest/>");
        String soap = new String(signed.soap(unit, Map.of(), ""), StandardCharsets.UTF_8);
        assertThat(post(soap.replace("<eb:PullRequest/>", "<x xmlns=\"relative\"/><eb:PullRequest/>")
                        .getBytes(StandardCharsets.UTF_8)))
                .contains("EBMS:0009");
    }

    @Test
    void anIdOfAnyLengthIsAnswered() throws Exception {
        String id = "<![CDATA[" + "&".repeat(200_000) + "]]>";
        String answer = post(signed.soap(signal(id, "<eb:PullRequest/>"), Map.of(), ""));
        assertThat(answer).contains("EBMS:0009").hasSizeLessThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OriginalSender", "originalsender"})
    void nobodySaysAnotherSenderHoweverItIsWritten(String name) throws Exception { // I8
        assertThat(document("forged-" + name, property(name, "opel-audit"), "")).contains("EBMS:0003", "opel-audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"documentId", "DOCUMENTID", "recipient", "ConversationId"})
    void whatTheHubSaysNobodyElseSays(String name) throws Exception {
        assertThat(document("said-" + name, property(name, "x"), "")).contains("EBMS:0009");
    }

    @Test
    void aPropertyStandsOnceHoweverItIsWritten() throws Exception {
        assertThat(document("twice", property("Subject", "one") + property("subject", "two"), ""))
                .contains("EBMS:0009");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12345-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "+999999999-12-31T23:59:59"})
    void noTimeIsTakenThatCannotBeWritten(String time) throws Exception {
        String unit = SignedByHand.document("time", "dealer-8", Instant.EPOCH, "", "")
                .replace(Instant.EPOCH.toString(), time);
        assertThat(post(signed.soap(unit, Map.of(), ""))).contains("EBMS:0009");
    }

    private String document(String id, String href, String packing, byte[] content) throws Exception {
        String unit = SignedByHand.document(id, "dealer-8", Instant.EPOCH, "", property("CompressionType", packing))
                .replace("cid:p", href);
        byte[] soap = signed.soap(unit, Map.of("cid:p", Proof.sha256(content)), "");
        return post(SignedByHand.PACKAGE, SignedByHand.packed(soap, "application/octet-stream", content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/payload", "file:///etc/passwd", "urn:x"})
    void nothingIsFetchedFromElsewhere(String href) throws Exception {
        assertThat(document("elsewhere", href, "application/gzip", SignedByHand.PAYLOAD))
                .contains("EBMS:0011", "ExternalPayloadError");
    }

    @Test
    void whatIsNotTheGzipItSaysItIsIsRefused() throws Exception {
        assertThat(document("no-gzip", "cid:p", "application/gzip", SignedByHand.PAYLOAD))
                .contains("EBMS:0303", "DecompressionFailure");
        assertThat(document("other", "cid:p", "application/zip", SignedByHand.PAYLOAD))
                .contains("EBMS:0303", "application/gzip");
        var gzip = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(gzip)) {
            packing.write(SignedByHand.PAYLOAD);
        }
        byte[] whole = gzip.toByteArray();
        assertThat(document("cut", "cid:p", "application/gzip", Arrays.copyOf(whole, whole.length - 9)))
                .contains("EBMS:0303");
        whole[whole.length - 5] ^= 1; // of the checksum
        assertThat(document("damaged", "cid:p", "application/gzip", whole)).contains("EBMS:0303");
    }

    /// A payload that stays away keeps what is its own: its connection.
    @Test
    void slowPayloadsKeepNobodyElseWaiting() throws Exception {
        List<SSLSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(slowly("slow-" + i));
            }
            theHubGoesOn();
            String unit = SignedByHand.document("quick", "dealer-8", Instant.EPOCH, "", "");
            byte[] digest = Proof.sha256("<a></a>".getBytes(StandardCharsets.UTF_8));
            byte[] quick = SignedByHand.packed(
                    signed.soap(unit, Map.of("cid:p", digest), ""),
                    "text/xml",
                    "<a/>".getBytes(StandardCharsets.UTF_8));
            assertThat(post(SignedByHand.PACKAGE, quick)).contains("NonRepudiationInformation");
        } finally {
            for (SSLSocket socket : slow) {
                socket.close();
            }
        }
    }

    /// Sends XML of which the unpacked document is whole, and the part is not.
    private SSLSocket slowly(String id) throws Exception {
        var gzip = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(gzip)) {
            packing.write(SignedByHand.PAYLOAD);
        }
        String unit = SignedByHand.document(
                id, "dealer-8", Instant.EPOCH, "", property("CompressionType", "application/gzip"));
        byte[] whole = SignedByHand.packed(
                signed.soap(unit, Map.of("cid:p", Proof.sha256(SignedByHand.PAYLOAD)), ""),
                "text/xml",
                gzip.toByteArray());
        SSLContext tls = hub.parties().context(dealer);
        var socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", hub.mainPort());
        socket.setSoTimeout(20_000);
        var out = socket.getOutputStream();
        out.write(("POST /as4 HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + SignedByHand.PACKAGE
                        + "\r\nContent-Length: 500000\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(whole, 0, whole.length - "\r\n--B--\r\n".length());
        out.write(" ".repeat(4_096).getBytes(StandardCharsets.US_ASCII)); // behind the gzip: still of the part
        out.flush();
        return socket;
    }
}
