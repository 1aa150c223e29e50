package aiguillage.gateway;

import static aiguillage.gateway.testing.GatewayScene.DEALER;
import static aiguillage.gateway.testing.GatewayScene.names;
import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.StatusFile;
import aiguillage.gateway.status.StatusText;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.testing.GatewayProcess;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestEst;
import aiguillage.gateway.testing.TestHub;
import aiguillage.gateway.testing.TestProxy;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EnrolmentCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway whose only way out is an HTTP proxy. Where the proxy asks for a password, the gateway is a process of
/// its own, since the JDK decides once per process whether it may be told.
final class ProxyTest {

    private static final String USER = "dealer";
    private static final String PASSWORD = "blue-Horse-81";

    @TempDir
    private Path root;

    private TestAuthority authority;

    @BeforeEach
    void authority() throws IOException {
        authority = new TestAuthority(root.resolve("ca"));
    }

    @Test
    void aGatewayEnrolsSendsAndReceivesThroughAProxyThatWantsAPassword() throws Exception {
        String code = EnrolmentCode.random(new SecureRandom()).printed();
        try (var proxy = new TestProxy();
                var est = new TestEst(authority, DEALER, code);
                var hub = new TestHub(authority, TestHub.first())) {
            proxy.require(USER, PASSWORD);
            String fingerprint = Fingerprint.of(TrustAnchors.read(authority.root())
                            .roots()
                            .iterator()
                            .next())
                    .toString();
            String more = withPassword(proxy)
                    + "identity: { enrolment: %s, code: \"file:code.txt\", fingerprint: \"%s\" }\n"
                            .formatted(est.address(), fingerprint);
            var scene = new GatewayScene(root.resolve("dealer"), authority, more, hub.address());
            secret(scene, "code.txt", code);
            secret(scene, "password.txt", PASSWORD);
            Files.delete(scene.data().resolve("identity/credential.pem"));
            Files.delete(scene.data().resolve("identity/root.pem"));

            Process gateway = GatewayProcess.start(scene);
            try {
                scene.put("opel", "claim", "a.xml", "claim a");
                hub.mailbox().deliver("opel/decision", "d-1", "approved");
                until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                until("handed over", () -> hub.mailbox().pending() == 0);
                until("told so", () -> status(scene).hubs().getFirst().connectedSince() != null);
            } finally {
                gateway.destroy();
                gateway.waitFor();
            }
            assertThat(est.issued()).isEqualTo(1);
            assertThat(proxy.tunnels())
                    .contains(est.address().getAuthority(), hub.address().getAuthority());
            assertThat(names(scene.dms("opel", "in", "decision"))).hasSize(2);
            assertNothingShowsThePassword(scene);
        }
    }

    @Test
    void aWrongPasswordIsToldInPlainWordsAndNowhereShown() throws Exception {
        try (var proxy = new TestProxy();
                var hub = new TestHub(authority, TestHub.first())) {
            proxy.require(USER, "another-since-yesterday");
            var scene = new GatewayScene(root.resolve("dealer"), authority, withPassword(proxy), hub.address());
            secret(scene, "password.txt", PASSWORD);
            Process gateway = GatewayProcess.start(scene);
            try {
                scene.put("opel", "claim", "a.xml", "claim a");
                until("the trouble", () -> kinds(scene).contains(Kind.PROXY_REFUSES));
                GatewayStatus refused = status(scene);
                assertThat(new StatusText(Locale.ENGLISH).of(refused, Instant.now()))
                        .contains("! The proxy 127.0.0.1:" + proxy.port() + " does not let this gateway through")
                        .contains("Check proxy.user and proxy.password", "(407)");
                assertThat(new StatusText(Locale.FRENCH).of(refused, Instant.now()))
                        .contains("! Le proxy 127.0.0.1:" + proxy.port() + " ne laisse pas", "Vérifiez proxy.user");
                assertThat(proxy.tunnels()).isEmpty();

                proxy.require(USER, PASSWORD);
                until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                until("no trouble", () -> kinds(scene).isEmpty());
            } finally {
                gateway.destroy();
                gateway.waitFor();
            }
            assertNothingShowsThePassword(scene);
        }
    }

    @Test
    void aProxyThatRefusesIsNotTakenForTheHubAndWorkGoesOnWhenItLetsThrough() throws Exception {
        try (var proxy = new TestProxy();
                var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, open(proxy), hub.address());
            proxy.refuse("403 Forbidden");
            try (Gateway gateway = scene.start()) {
                int sent = 0;
                for (String no : List.of(
                        "403 Forbidden", "407 Who is it\r\nProxy-Authenticate: Basic realm=x", "502 Bad Gateway")) {
                    proxy.refuse(no);
                    scene.put("opel", "claim", sent + ".xml", "claim " + sent);
                    String status = no.substring(0, 3);
                    until(
                            "refused with " + status,
                            () -> gateway.status().troubles().stream()
                                    .anyMatch(t -> t.kind() == Kind.PROXY_REFUSES
                                            && t.detail().contains(status)));
                    assertThat(kinds(gateway.status())).containsExactly(Kind.PROXY_REFUSES);
                    proxy.refuse("");
                    sent++;
                    int expected = sent;
                    until(
                            "sent",
                            () -> names(scene.dms("opel", "done", "claim")).size() == 2 * expected);
                    until("no trouble", () -> gateway.status().troubles().isEmpty());
                }
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aProxyThatBreaksItsTunnelsLosesNothingAndChangesNoOrder() throws Exception {
        try (var proxy = new TestProxy();
                var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, open(proxy), hub.address());
            byte[] large = new byte[5_000_000];
            hub.mailbox().breakLargeDownloads();
            try (Gateway gateway = scene.start()) {
                List<String> sent = new ArrayList<>();
                for (int round = 0; round < 8; round++) {
                    for (int i = 0; i < 10; i++) {
                        String number = String.format(Locale.ROOT, "%03d", sent.size());
                        scene.put("opel", "claim", number + ".xml", "claim " + number);
                        hub.mailbox().deliver("fiat/decision", "d-" + number, "decision " + number);
                        sent.add("claim " + number);
                    }
                    int some = sent.size() - 5;
                    until("on the way", () -> hub.arrived("opel/claim").size() >= some);
                    proxy.cut();
                }
                hub.mailbox().deliverLarge("fiat/price-list", "prices", large);
                until(
                        "all sent",
                        () -> names(scene.dms("opel", "done", "claim")).size() == 2 * sent.size());
                until("all handed over", () -> hub.mailbox().pending() == 0);

                assertThat(hub.arrived("opel/claim")).containsExactlyElementsOf(sent);
                assertThat(names(scene.dms("fiat", "in", "decision"))).hasSize(2 * sent.size());
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aProxyThatIsDownIsToldInPlainWordsAndWorkGoesOnWhenItIsBack() throws Exception {
        try (var proxy = new TestProxy();
                var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, open(proxy), hub.address());
            try (Gateway gateway = scene.start()) {
                until("connected", () -> gateway.status().hubs().getFirst().connectedSince() != null);
                proxy.stop();
                scene.put("opel", "claim", "a.xml", "claim a");
                until("the trouble", () -> kinds(gateway.status()).contains(Kind.PROXY_UNREACHABLE));
                until("it waits", () -> gateway.status().brands().getFirst().waitingUp() == 1);
                assertThat(kinds(gateway.status())).doesNotContain(Kind.PROXY_REFUSES);
                assertThat(new StatusText(Locale.ENGLISH).of(gateway.status(), Instant.now()))
                        .contains("! The proxy 127.0.0.1:" + proxy.port() + " cannot be reached", "not connected")
                        .contains("Brand opel: 1 document waits to be sent");
                assertThat(new StatusText(Locale.FRENCH).of(gateway.status(), Instant.now()))
                        .contains("! Le proxy 127.0.0.1:" + proxy.port() + " est injoignable");

                proxy.restart();
                until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                until("connected", () -> gateway.status().hubs().getFirst().connectedSince() != null);
                until("no trouble", () -> gateway.status().troubles().isEmpty());
            }
        }
    }

    private static String open(TestProxy proxy) {
        return "proxy: { address: \"127.0.0.1:" + proxy.port() + "\" }\n";
    }

    /// As lines below the text block's indentation, which starts at column 0.
    private static String withPassword(TestProxy proxy) {
        return "proxy: { address: \"127.0.0.1:%d\", user: %s, password: \"file:password.txt\" }\n"
                .formatted(proxy.port(), USER);
    }

    private static void secret(GatewayScene scene, String name, String content) throws IOException {
        Path file = scene.file().resolveSibling(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    private static GatewayStatus status(GatewayScene scene) throws IOException {
        return new StatusFile(scene.data())
                .read()
                .orElseGet(() -> new GatewayStatus(
                        "dealer-7",
                        Instant.EPOCH.toString(),
                        false,
                        List.of(new GatewayStatus.HubStatus("main", "", null)),
                        List.of(),
                        null,
                        0,
                        List.of(),
                        List.of()));
    }

    private static List<Kind> kinds(GatewayScene scene) throws IOException {
        return kinds(status(scene));
    }

    private static List<Kind> kinds(GatewayStatus status) {
        return status.troubles().stream().map(GatewayStatus.TroubleStatus::kind).toList();
    }

    /// Not in the log, not in the status, in no file of the gateway's own: neither as it is nor as it is sent.
    private static void assertNothingShowsThePassword(GatewayScene scene) throws IOException {
        String sent = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(scene.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(PASSWORD)
                        .doesNotContain(sent);
            }
        }
    }
}
