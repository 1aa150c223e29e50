package aiguillage.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.Gateway;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As it comes, the page asks everybody for a link, on the gateway's computer too; the first one is there from
/// the start.
final class PageSignInTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void onThisComputerTooOnlyALinkLetsIn(@TempDir Path root) throws Exception {
        var scene = new GatewayScene(root, new TestAuthority(root.resolve("ca")), URI.create("https://127.0.0.1:1"));
        try (Gateway gateway = scene.start();
                HttpClient http = HttpClient.newHttpClient()) {
            URI page = URI.create(
                    "http://127.0.0.1:" + gateway.door().orElseThrow().getPort());
            for (String path : new String[] {"/", "/?part=1", "/find?q=a", "/prices", "/receipt.pdf?brand=opel&id=a"}) {
                HttpResponse<String> answer = get(http, page.resolve(path));
                assertThat(answer.statusCode()).as(path).isEqualTo(303);
                assertThat(answer.headers().firstValue("Location")).contains("/enter");
            }
            assertThat(get(http, page.resolve("/enter")).body()).doesNotContain("dealer-7", "opel");
            assertThat(get(http, page.resolve("/v1")).statusCode())
                    .as("programs have tokens")
                    .isEqualTo(401);

            String link = gateway.firstLink().orElseThrow();
            assertThat(link).startsWith(page + Guests.ENTER);
            assertThat(get(http, URI.create(link)).body()).contains("Open the page");
            String form = "link=" + URLEncoder.encode(link.substring(link.indexOf('=') + 1), StandardCharsets.UTF_8);
            HttpRequest enter = HttpRequest.newBuilder(page.resolve("/enter"))
                    .timeout(PATIENCE)
                    .header("Origin", page.toString())
                    .POST(BodyPublishers.ofString(form))
                    .build();
            HttpResponse<Void> entered = http.send(enter, BodyHandlers.discarding());
            assertThat(entered.statusCode()).isEqualTo(303);
            String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
            String session = cookie.substring(0, cookie.indexOf(';'));
            assertThat(get(http, page.resolve("/"), session).body()).contains("dealer-7", "opel");
            assertThat(get(http, page.resolve("/")).statusCode()).isEqualTo(303);
            assertThat(gateway.firstLink()).isEmpty();
        }
    }

    @Test
    void theFirstLinkIsMadeAnewOnceItHasEnded(@TempDir Path root) throws Exception {
        var scene = new GatewayScene(root, new TestAuthority(root.resolve("ca")), URI.create("https://127.0.0.1:1"));
        var ahead = new AtomicReference<>(Duration.ZERO);
        try (Gateway gateway = Gateway.start(scene.config(), () -> Instant.now().plus(ahead.get()))) {
            String first = gateway.firstLink().orElseThrow();
            Path file = scene.data().resolve("page/first-link");
            assertThat(Files.readString(file).strip()).isEqualTo(first);
            ahead.set(Guests.LINK_LASTS);
            GatewayScene.until(
                    "a good link in the file",
                    () -> Files.exists(file) && !Files.readString(file).strip().equals(first));
            String page = first.substring(0, first.indexOf(Guests.ENTER));
            assertThat(Files.readString(file)).startsWith(page + Guests.ENTER);
        }
    }

    @Test
    void whereItAsksNobodyThereIsNoFirstLink(@TempDir Path root) throws Exception {
        var scene = new GatewayScene(
                root,
                new TestAuthority(root.resolve("ca")),
                "page: { sign-in: false }",
                URI.create("https://127.0.0.1:1"));
        try (Gateway gateway = scene.start()) {
            assertThat(gateway.firstLink()).isEmpty();
            assertThat(Files.exists(scene.data().resolve("page/first-link"))).isFalse();
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI address, String... cookies) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).header("Accept-Language", "en");
        for (String cookie : cookies) {
            request.header("Cookie", cookie);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
