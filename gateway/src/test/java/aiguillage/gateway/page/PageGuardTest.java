package aiguillage.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.Gateway;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Who may look, and what pages of somebody else's cannot have done. Requests are written by hand: clients do
/// not let a program choose `Host`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageGuardTest {

    private static final int TIMEOUT_MILLIS = 20_000;

    private Gateway gateway;
    private GatewayScene scene;

    /// The certificates that the network's listener showed.
    private final AtomicReference<X509Certificate> shown = new AtomicReference<>();

    @BeforeAll
    void start(@TempDir Path root) throws Exception {
        var authority = new TestAuthority(root.resolve("ca"));
        String page = "page: { listen: \"127.0.0.1:0\", names: [127.0.0.1, garage.lan], sign-in: false }";
        scene = new GatewayScene(
                root.resolve("dealer"), authority, page, URI.create("https://127.0.0.1:1")); // nobody is there
        gateway = scene.start();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /// What came back, and how much of it matters here.
    private record Reply(int status, String text) {

        String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                            .startsWith(name.toLowerCase(java.util.Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private Reply local(String method, String path, String body, String... headers) throws Exception {
        int port = gateway.door().orElseThrow().getPort();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return exchange(socket, method, path, body, headers);
        }
    }

    private Reply network(String method, String path, String body, String... headers) throws Exception {
        int port = gateway.page().orElseThrow().getPort();
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, new TrustManager[] {new Looking()}, new SecureRandom());
        try (var socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            return exchange(socket, method, path, body, headers);
        }
    }

    /// Compares nothing: the fingerprint is looked at afterwards, as a person does.
    private final class Looking implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            shown.set(chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static Reply exchange(Socket socket, String method, String path, String body, String... headers)
            throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (method.equals("POST")) {
            request.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        socket.getOutputStream().write((request + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(text.substring(9, 12)), text);
    }

    private String localHost() {
        return "127.0.0.1:" + gateway.door().orElseThrow().getPort();
    }

    private String networkHost() {
        return "garage.lan:" + gateway.page().orElseThrow().getPort();
    }

    @Test
    void thePageIsAskedForByItsOwnNameAlone() throws Exception {
        int port = gateway.door().orElseThrow().getPort();
        for (String host : new String[] {"127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port}) {
            assertThat(local("GET", "/", "", "Host: " + host).status()).as(host).isEqualTo(200);
        }
        for (String host : new String[] {
            "evil.example:" + port, "evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:" + port
        }) {
            Reply reply = local("GET", "/", "", "Host: " + host);
            assertThat(reply.status()).as(host).isEqualTo(421);
            assertThat(reply.text()).doesNotContain("opel");
        }
        assertThat(network("GET", "/enter", "", "Host: 127.0.0.1.evil.example").status())
                .isEqualTo(421);
    }

    @Test
    void noOtherPageSendsAForm() throws Exception {
        String host = "Host: " + localHost();
        String form = "language=fr&to=/";
        assertThat(local("POST", "/language", form, host, "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(local("POST", "/language", form, host, "Origin: null").status())
                .isEqualTo(403);
        assertThat(local("POST", "/language", form, host).status()).isEqualTo(403);
        Reply own = local("POST", "/language", form, host, "Origin: http://" + localHost());
        assertThat(own.status()).isEqualTo(303);
        assertThat(own.header("Set-Cookie")).startsWith("gateway-language=fr;").contains("SameSite=Strict", "HttpOnly");
    }

    @Test
    void noOtherPageAsksBehindItsReadersBack() throws Exception {
        String host = "Host: " + localHost();
        String foreign = "Sec-Fetch-Site: cross-site";
        assertThat(local("GET", "/find?q=a&hub=1", "", host, foreign, "Sec-Fetch-Mode: no-cors")
                        .status())
                .isEqualTo(403);
        assertThat(local("GET", "/", "", host, foreign, "Sec-Fetch-Mode: navigate")
                        .status())
                .isEqualTo(200);
        assertThat(local("PUT", "/", "", host).status()).isEqualTo(405);
    }

    @Test
    void aChoiceOfLanguageLeadsNowhereElse() throws Exception {
        for (String to : new String[] {"//evil.example/", "https://evil.example/", "/%5Cevil.example", "/a%0D%0AX:1"}) {
            Reply reply = local(
                    "POST",
                    "/language",
                    "language=en&to=" + to,
                    "Host: " + localHost(),
                    "Origin: http://" + localHost());
            assertThat(reply.header("Location")).as(to).isEqualTo("/");
        }
    }

    @Test
    void everyAnswerForbidsTheBrowserWhatNoPageNeeds() throws Exception {
        for (String path : new String[] {"/", "/nowhere", "/enter"}) {
            Reply reply = local("GET", path, "", "Host: " + localHost());
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.text()).doesNotContainPattern("<script>|style=\"|onclick|javascript:");
        }
    }

    @Test
    void inTheNetworkOnlyALinkLetsInAndItDoesSoOnce() throws Exception {
        String host = "Host: " + networkHost();
        String origin = "Origin: https://" + networkHost();
        for (String path : new String[] {"/", "/find?q=a", "/prices", "/document?brand=opel&id=a", "/?part=1"}) {
            Reply stranger = network("GET", path, "", host);
            assertThat(stranger.status()).as(path).isEqualTo(303);
            assertThat(stranger.header("Location")).isEqualTo("/enter");
        }
        assertThat(network("GET", "/enter", "", host).text()).doesNotContain("dealer-7");
        var guests = new Guests(scene.data(), Instant::now, new SecureRandom());
        String link = guests.invite();
        assertThat(network("GET", "/enter?link=" + link, "", host).text()).contains("value=\"" + link + "\"");
        Reply entered = network("POST", "/enter", "link=" + link, host, origin);
        assertThat(entered.status()).isEqualTo(303);
        String cookie = entered.header("Set-Cookie");
        assertThat(cookie)
                .startsWith("__Host-gateway-" + gateway.page().orElseThrow().getPort() + "=")
                .contains("; Secure", "; HttpOnly", "; SameSite=Strict");
        String session = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        assertThat(network("GET", "/", "", host, session).text()).contains("dealer-7", "opel");

        assertThat(network("POST", "/enter", "link=" + link, host, origin).status())
                .isEqualTo(403);
        assertThat(network(
                                "GET",
                                "/",
                                "",
                                host,
                                "Cookie: __Host-gateway-"
                                        + gateway.page().orElseThrow().getPort() + "=" + link)
                        .status())
                .isEqualTo(303);

        assertThat(guests.endAll()).isEqualTo(1);
        assertThat(network("GET", "/", "", host, session).status()).isEqualTo(303);
        assertThat(shown.get().getSubjectAlternativeNames().toString()).contains("garage.lan", "127.0.0.1");
        assertThat(shown.get().getBasicConstraints()).as("no authority").isEqualTo(-1);
    }

    @Test
    void whoLeavesIsAStrangerAgain() throws Exception {
        String host = "Host: " + networkHost();
        String origin = "Origin: https://" + networkHost();
        var guests = new Guests(scene.data(), Instant::now, new SecureRandom());
        String cookie = network("POST", "/enter", "link=" + guests.invite(), host, origin)
                .header("Set-Cookie");
        String session = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        assertThat(network("GET", "/find", "", host, session).status()).isEqualTo(200);
        assertThat(network("POST", "/leave", "", host, origin, session).header("Set-Cookie"))
                .contains("Max-Age=0");
        assertThat(network("GET", "/find", "", host, session).status()).isEqualTo(303);
    }

    @Test
    void theDoorForProgramsIsNotOpenInTheNetwork() throws Exception {
        assertThat(network("GET", "/v1/status", "", "Host: " + networkHost()).status())
                .isEqualTo(404);
    }

    @Test
    void aQuestionAndAFormHaveTheirBounds() throws Exception {
        assertThat(local("GET", "/find?q=" + "a".repeat(Browser.QUERY_CHARS_MAX), "", "Host: " + localHost())
                        .status())
                .isEqualTo(413);
        Reply reply = local(
                "POST",
                "/language",
                "to=" + "a".repeat(Browser.FORM_BYTES_MAX),
                "Host: " + localHost(),
                "Origin: http://" + localHost());
        assertThat(reply.status()).isEqualTo(413);
    }
}
