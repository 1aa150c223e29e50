package aiguillage.pki.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.Scene;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.HttpProxy;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EstClientTest {

    private static final PartyId GARAGE = new PartyId("garage-1");

    @TempDir
    Path folder;

    private Scene scene;
    private EstDouble est;
    private EstClient client;
    private Fingerprint pinned;
    private final KeyPair pair = EcKeys.generate();
    private final CertificateRequest request = CertificateRequest.create(pair, GARAGE);

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
        est = new EstDouble(scene);
        client = new EstClient(est.server(), () -> scene.now);
        pinned = Fingerprint.of(scene.authority.chain().certificates().getLast());
    }

    @AfterEach
    void close() {
        est.close();
    }

    @Test
    @Timeout(30)
    void anAnswerThatStopsBehindItsHeadersHoldsNobody() throws Exception {
        TrustAnchors anchors = client.root(pinned);
        est.silent = true;
        var hasty = new EstClient(new EstServer(est.server().address(), null, Duration.ofMillis(400)), () -> scene.now);
        assertThatThrownBy(() -> hasty.enrol(anchors, GARAGE, est.code, request))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("did not send its whole answer");
        assertThatThrownBy(() -> hasty.root(pinned)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void aGatewayEnrolsWithACodeAndAFingerprintAndRenewsWithItsCertificate() throws Exception {
        TrustAnchors anchors = client.root(Fingerprint.parse(pinned.toString()));
        EstAnswer first = client.enrol(anchors, GARAGE, est.code, request);
        var credential = new Credential(pair.getPrivate(), ((EstAnswer.Issued) first).chain());
        assertThat(credential.party().party()).isEqualTo(GARAGE);

        KeyPair next = EcKeys.generate();
        EstAnswer second = client.renew(anchors, credential, CertificateRequest.create(next, GARAGE));
        var renewed = new Credential(next.getPrivate(), ((EstAnswer.Issued) second).chain());
        assertThat(renewed.party().party()).isEqualTo(GARAGE);
        assertThat(renewed.party().serial()).isNotEqualTo(credential.party().serial());
    }

    @Test
    void aServerWithAnotherRootLearnsNoCode() throws Exception {
        var stranger = new Scene(folder.resolve("stranger"));
        try (var impostor = new EstDouble(stranger)) {
            var misled = new EstClient(impostor.server(), () -> scene.now);
            assertThatThrownBy(() -> misled.root(pinned))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(pinned.toString())
                    .hasMessageContaining("somebody else answers");
            assertThatThrownBy(() -> misled.enrol(scene.anchors, GARAGE, impostor.code, request))
                    .isInstanceOf(IOException.class);
            assertThat(impostor.calls).isEqualTo(List.of("cacerts"));
        }
    }

    @Test
    void aServerToldToWaitSaysHowLong() throws Exception {
        for (int status : List.of(202, 429, 503)) {
            est.status = status;
            assertThat(client.enrol(scene.anchors, GARAGE, est.code, request))
                    .isEqualTo(new EstAnswer.Later(status, Duration.ofSeconds(7)));
        }
    }

    @Test
    void aRefusalCarriesTheServersWordsWithoutControlCharacters() throws Exception {
        est.status = 401;
        est.body = "the code\n\u0007 has ended".getBytes(StandardCharsets.UTF_8);
        assertThat(client.enrol(scene.anchors, GARAGE, EnrolmentCode.random(new SecureRandom()), request))
                .isEqualTo(new EstAnswer.Refused(401, "the code  has ended"));
    }

    @Test
    void aCertificateForAnotherKeyOrPartyIsNotTaken() {
        est.answerWith(scene.credential("garage-1"));
        assertThatThrownBy(() -> client.enrol(scene.anchors, GARAGE, est.code, request))
                .hasMessageContaining("not for the key");
        var other = new PartyId("garage-2");
        est.body = EstMessages.body(scene.authority
                .issue(
                        CertificateRequest.create(pair, other),
                        other,
                        new CertificateUse.Client(),
                        Duration.ofDays(1),
                        scene.now)
                .certificates());
        assertThatThrownBy(() -> client.enrol(scene.anchors, GARAGE, est.code, request))
                .hasMessageContaining("it is for garage-2, not for garage-1");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTaken() throws Exception {
        var stranger = new Scene(folder.resolve("stranger"));
        est.body = EstMessages.body(stranger.authority
                .issue(request, GARAGE, new CertificateUse.Client(), Duration.ofDays(1), scene.now)
                .certificates());
        assertThatThrownBy(() -> client.enrol(scene.anchors, GARAGE, est.code, request))
                .hasMessageContaining("cannot be used");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        est.body = new byte[EstMessages.CERTIFICATES_BODY_BYTES_MAX + 1];
        assertThatThrownBy(() -> client.enrol(scene.anchors, GARAGE, est.code, request))
                .isInstanceOf(IOException.class);
    }

    @Test
    void enrolmentGoesThroughAProxyWhereThereIsOne() throws Exception {
        try (var proxy = new ConnectProxy()) {
            EstServer direct = est.server();
            var server = new EstServer(
                    direct.address(), new HttpProxy(proxy.address(), null, null), EstServer.TIMEOUT_DEFAULT);
            var behind = new EstClient(server, () -> scene.now);
            assertThat(behind.enrol(behind.root(pinned), GARAGE, est.code, request))
                    .isInstanceOf(EstAnswer.Issued.class);
            assertThat(proxy.asked)
                    .isNotEmpty()
                    .allMatch(target -> target.equals(direct.address().getAuthority()));
        }
    }

    @Test
    void aProxyThatSaysNoOrIsNotThereIsNamedAndTheHubIsNotBlamed() throws Exception {
        try (var proxy = new ConnectProxy()) {
            for (String no :
                    List.of("403 Forbidden", "502 Bad Gateway", "407 Who?\r\nProxy-Authenticate: Basic realm=x")) {
                proxy.refuse(no);
                assertThatThrownBy(() -> through(proxy.address()).root(pinned))
                        .isInstanceOf(HttpProxy.Failed.class)
                        .hasMessageContaining("the proxy ")
                        .hasMessageContaining(no.substring(0, 3));
            }
        }
        var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        assertThatThrownBy(() -> through(nobody).root(pinned))
                .isInstanceOf(HttpProxy.Failed.class)
                .hasMessageContaining("cannot be reached");
        assertThat(est.calls).isEmpty();
    }

    private EstClient through(InetSocketAddress proxy) {
        var server = new EstServer(est.server().address(), new HttpProxy(proxy, null, null), EstServer.TIMEOUT_DEFAULT);
        return new EstClient(server, () -> scene.now);
    }

    @Test
    void aProxysPasswordIsNeverShown() {
        assertThat(new HttpProxy(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 3128), "dealer", "s3cret")
                        .toString())
                .isEqualTo("the proxy 127.0.0.1:3128");
        assertThatThrownBy(() ->
                        new HttpProxy(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 3128), "dealer", null))
                .hasMessageContaining("both user and password");
    }

    @Test
    void anAddressWithoutTlsIsRefused() {
        assertThatThrownBy(() -> server("http://hub.example")).hasMessageContaining("https://");
        assertThatThrownBy(() -> server("https://hub.example/est")).hasMessageContaining("no path");
    }

    private static EstServer server(String address) {
        return new EstServer(URI.create(address), null, EstServer.TIMEOUT_DEFAULT);
    }

    @Test
    void aFingerprintIsReadAsOpensslAndPeopleWriteIt() {
        String printed = pinned.toString();
        assertThat(Fingerprint.parse("sha256 Fingerprint=" + printed)).isEqualTo(pinned);
        assertThat(Fingerprint.parse(printed.toLowerCase(Locale.ROOT).replace(":", " ")))
                .isEqualTo(pinned);
        assertThatThrownBy(() -> Fingerprint.parse(printed.substring(3))).hasMessageContaining("64 hexadecimal");
    }
}
