package aiguillage.hub.as4;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.as4.As4Message.UserMessage;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.GeneratedBytes;
import aiguillage.hub.testing.Heap;
import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificatePem;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Memory does not grow with a payload: in, pulled and pushed, each time packed, signed and encrypted. The test
/// makes and compares the bytes as they go by; nobody holds them whole.
///
/// `-Daiguillage.many=true`: 200 MB, in a hub with a heap of 64 MB.
@Timeout(300)
class As4MemoryTest {

    private static final long PAYLOAD_BYTES = Boolean.getBoolean("aiguillage.many") ? 200_000_000 : 20_000_000;
    private static final long MEMORY_BYTES_MAX = 400L << 20;

    @TempDir
    Path folder;

    private As4Keys keys;
    private As4Writer writer;
    private List<X509Certificate> own;
    private final CompletableFuture<Digest> pushed = new CompletableFuture<>();

    @BeforeEach
    void makeKeys() throws Exception {
        CertificateAuthority authority =
                CertificateAuthority.init(folder.resolve("partners"), "Partners", null, Instant.now());
        keys = As4Keys.open(folder.resolve("partner.pem"), new PartyId("partner"), authority, Instant.now());
        writer = new As4Writer(keys, new SecureRandom());
        own = CertificatePem.parse(keys.certificates().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aPayloadFarLargerThanTheHeapComesInAndGoesOut() throws Exception {
        RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        var parties = new Parties(folder.resolve("ca"), InstantSource.system());
        HttpsServer gateway = gateway(parties);
        Path flows = folder.resolve("as4.yaml");
        Files.writeString(
                flows,
                flows(
                        own.get(0),
                        own.get(1),
                        "https://localhost:" + gateway.getAddress().getPort() + "/as4"));
        try (HubProcess hub = HubProcess.start(
                        folder,
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=4",
                        "-D" + HubProcess.AS4 + "=true",
                        "-D" + HubProcess.FLOWS + "=" + flows);
                HttpClient dealer = parties.client("dealer-7");
                HttpClient centre = parties.client("opel-centre")) {
            hub.awaitReady();
            long began = System.nanoTime();
            push(hub, dealer);
            said("in", began, hub);
            Digest sent = expected();
            began = System.nanoTime();
            assertThat(pull(hub, centre)).isEqualTo(sent);
            said("pulled", began, hub);
            assertThat(pushed.get(120, TimeUnit.SECONDS)).isEqualTo(sent);
            said("pulled and pushed", began, hub);
            assertThat(Heap.peakBytes(hub.pid())).isLessThan(MEMORY_BYTES_MAX);
            assertThat(hub.stop()).isZero();
        } finally {
            gateway.stop(0);
        }
    }

    private static void said(String what, long began, HubProcess hub) throws IOException {
        System.out.println("AS4, " + PAYLOAD_BYTES + " bytes " + what + ": "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms; the hub's process had at most "
                + (Heap.peakBytes(hub.pid()) >> 20) + " MB");
    }

    private static Digest expected() throws IOException {
        try (InputStream bytes = new GeneratedBytes(0, PAYLOAD_BYTES)) {
            return read(bytes);
        }
    }

    private static Digest read(InputStream bytes) throws IOException {
        var sha256 = Digest.sha256();
        var buffer = new byte[64 << 10];
        for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
            sha256.update(buffer, 0, n);
        }
        return new Digest(sha256.digest());
    }

    private static String flows(X509Certificate signing, X509Certificate encryption, String url) throws Exception {
        return """
                brands:
                  opel: { text: Opel }
                parties:
                  dealer-7: { roles: [dealer], brands: [opel], country: fr, region: eu, as4: { signing: %1$s } }
                  opel-centre: { roles: [centre], brands: [opel], region: eu, as4: { signing: %1$s, encryption: %2$s } }
                  opel-audit: { roles: [audit], brands: [opel], region: eu, as4: { signing: %1$s, encryption: %2$s, url: "%3$s" } }
                flows:
                  opel/film: { from: dealer, to: opel-centre, copies: [opel-audit], payload-max: 2GB }
                """.formatted(text(signing), text(encryption), url);
    }

    private static String text(X509Certificate certificate) throws Exception {
        return "\"" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + "\"";
    }

    private static URI uri(HubProcess hub, String path) {
        return URI.create("https://localhost:" + hub.mainPort() + path);
    }

    private void push(HubProcess hub, HttpClient dealer) throws Exception {
        byte[] certificates = dealer.send(
                        HttpRequest.newBuilder(uri(hub, "/as4/certificates")).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        var message = new Outgoing(
                "film-1",
                Instant.now(),
                "dealer-7",
                Documents.HUB.value(),
                "opel",
                "film",
                "film-1",
                null,
                Map.of(),
                "video/mp4",
                "film@dealer-7");
        As4Writer.Source film = () -> new GeneratedBytes(0, PAYLOAD_BYTES);
        As4Writer.Parcel parcel = writer.userMessage(
                Suite.ED25519, message, CertificatePem.parse(certificates).get(1), As4Writer.digested(film), film);
        HttpResponse<String> answer = dealer.send(
                HttpRequest.newBuilder(uri(hub, "/as4"))
                        .header("Content-Type", parcel.contentType())
                        .POST(HttpRequest.BodyPublishers.fromPublisher(
                                HttpRequest.BodyPublishers.ofInputStream(parcel::body), parcel.bytes()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("NonRepudiationInformation");
    }

    private Digest pull(HubProcess hub, HttpClient centre) throws Exception {
        byte[] request = new Signer(keys::signing)
                .signed(
                        Suite.ED25519,
                        SignedByHand.signal("pull-1", "<eb:PullRequest></eb:PullRequest>"),
                        Map.of(),
                        "");
        HttpResponse<InputStream> answer = centre.send(
                HttpRequest.newBuilder(uri(hub, "/as4"))
                        .header("Content-Type", As4Writer.SOAP_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            return opened(body, answer.headers().firstValue("Content-Type").orElseThrow())
                    .payload();
        }
    }

    private record Opened(UserMessage said, Proof proof, Digest payload) {}

    /// As a gateway reads what the hub sends.
    private Opened opened(InputStream body, String type) throws IOException, As4Fault {
        var mime = new Mime(body, type);
        SoapMessage soap = SoapMessage.read(mime.root());
        Proof proof = Proof.of(soap);
        assertThat(soap.said()).isInstanceOf(UserMessage.class);
        var said = (UserMessage) soap.said();
        Opening opening = Opening.of(soap, keys);
        assertThat(opening.isEmpty()).as("it is encrypted").isFalse();
        Mime.Part part = Objects.requireNonNull(mime.next());
        var payload = new PayloadPart(said.parts().getFirst().properties(), opening, part, PAYLOAD_BYTES);
        Digest digest;
        try (InputStream plain = payload.open()) {
            digest = read(plain);
        }
        payload.readToEnd();
        payload.requireAsSigned(proof.attachments().values().iterator().next());
        assertThat(mime.next()).isNull();
        return new Opened(said, proof, digest);
    }

    private HttpsServer gateway(Parties parties) throws Exception {
        Credential server = parties.credential(
                "opel-audit",
                new CertificateUse.Server(List.of("localhost"), List.of()),
                Instant.now(),
                Duration.ofDays(1));
        HttpsServer gateway = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setHttpsConfigurator(new HttpsConfigurator(parties.context(server)));
        gateway.createContext("/as4", this::receipt);
        gateway.start();
        return gateway;
    }

    private void receipt(HttpExchange exchange) throws IOException {
        try {
            Opened opened = opened(
                    exchange.getRequestBody(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
            byte[] receipt = writer.receipt(
                    Suite.ED25519, "receipt-1", Instant.now(), opened.said.messageId(), opened.proof.parts());
            exchange.getResponseHeaders().add("Content-Type", As4Writer.SOAP_TYPE);
            exchange.sendResponseHeaders(200, receipt.length);
            exchange.getResponseBody().write(receipt);
            pushed.complete(opened.payload);
        } catch (As4Fault | RuntimeException | AssertionError e) {
            pushed.completeExceptionally(e);
        } finally {
            exchange.close();
        }
    }
}
