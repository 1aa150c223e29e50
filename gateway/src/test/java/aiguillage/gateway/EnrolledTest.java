package aiguillage.gateway;

import static aiguillage.gateway.testing.GatewayScene.DEALER;
import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestEst;
import aiguillage.gateway.testing.TestHub;
import aiguillage.pki.Credential;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EnrolmentCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway and its certificate: enrolled at the first start, renewed while it runs, replaced by a new code.
final class EnrolledTest {

    @TempDir
    private Path root;

    private TestAuthority authority;
    private TestEst est;
    private TestHub hub;
    private GatewayScene scene;
    private Path code;

    @BeforeEach
    void start() throws IOException {
        authority = new TestAuthority(root.resolve("ca"));
        String first = EnrolmentCode.random(new SecureRandom()).printed();
        est = new TestEst(authority, DEALER, first);
        hub = new TestHub(authority, TestHub.first());
        Fingerprint fingerprint = Fingerprint.of(
                TrustAnchors.read(authority.root()).roots().iterator().next());
        String more = "identity: { enrolment: %s, code: \"file:code.txt\", fingerprint: \"%s\" }"
                .formatted(est.address(), fingerprint);
        scene = new GatewayScene(root.resolve("dealer"), authority, more, hub.address());
        code = Files.writeString(scene.file().resolveSibling("code.txt"), first);
        Files.delete(scene.data().resolve("identity/credential.pem"));
        Files.delete(scene.data().resolve("identity/root.pem"));
    }

    @AfterEach
    void stop() {
        hub.close();
        est.close();
    }

    @Test
    void theFirstRequestAfterARenewalShowsTheNewCertificate() throws Exception {
        est.lifetime(Duration.ofMinutes(1)); // backdated by more than that, so it is due for renewal at once
        try (Gateway gateway = scene.start()) {
            BigInteger first = serialOfNext("a");
            est.lifetime(Duration.ofDays(30));
            until("renewed", () -> gateway.status().certificateDaysLeft() > 20);

            Path file = scene.data().resolve("identity/credential.pem");
            BigInteger renewed = Credential.read(file, file).party().serial();
            assertThat(renewed).isNotEqualTo(first);
            assertThat(serialOfNext("b")).isEqualTo(renewed);
            until("the stream, too", () -> gateway.status().hubs().getFirst().connectedSince() != null);
            assertThat(gateway.ended()).isNotDone();
        }
    }

    @Test
    void aNewCodeReplacesTheCertificateAtTheNextStartAndASpentOneDoesNot() throws Exception {
        scene.start().close();
        scene.start().close();
        assertThat(est.issued()).isEqualTo(1);

        String second = EnrolmentCode.random(new SecureRandom()).printed();
        est.code(second);
        Files.writeString(code, second);
        scene.start().close();
        scene.start().close();
        assertThat(est.issued()).isEqualTo(2);
        assertThat(scene.data().resolve("identity/previous.pem")).exists();
    }

    @Test
    void aCodeThatTheHubDoesNotTakeLeavesThePresentCertificateInUse() throws Exception {
        scene.start().close();
        Files.writeString(code, EnrolmentCode.random(new SecureRandom()).printed());
        try (Gateway gateway = scene.start()) {
            assertThat(serialOfNext("a")).isPositive();
            assertThat(gateway.ended()).isNotDone();
        }
        assertThat(est.issued()).isEqualTo(1);
    }

    @Test
    void aRefusedEnrolmentSaysWhatTheHubSaysInPlainWords() throws Exception {
        Files.writeString(code, EnrolmentCode.random(new SecureRandom()).printed());
        assertThatThrownBy(scene::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("(answer 401): The code is not known. Check party and code")
                .hasMessageNotContaining("{");
    }

    @Test
    void aSpentCodeMayBeRemoved() throws Exception {
        scene.start().close();
        Files.delete(code);
        scene.start().close();
        assertThat(est.issued()).isEqualTo(1);
    }

    @Test
    void aCertificateThatHasEndedIsToldFromOneThatRenewsItself() throws Exception {
        scene.start().close();
        GatewayConfig config = scene.config();
        assertThat(Enrolled.hasEnded(config, InstantSource.system())).isFalse();
        assertThat(Enrolled.hasEnded(config, () -> Instant.now().plus(Duration.ofDays(31))))
                .isTrue();
    }

    /// The certificate that the next document is sent with.
    private BigInteger serialOfNext(String name) throws Exception {
        scene.put("opel", "claim", name + ".xml", "claim " + name);
        until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", name + ".xml")));
        return hub.serials().getLast();
    }
}
