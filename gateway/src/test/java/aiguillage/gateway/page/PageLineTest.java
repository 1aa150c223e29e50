package aiguillage.gateway.page;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.Gateway;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page makes of a line that is lost, and of a hub that lets nobody in.
final class PageLineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OPEN = "page: { sign-in: false }";

    private final HttpClient http = HttpClient.newHttpClient();

    private String page(Gateway gateway, String language) throws Exception {
        int port = gateway.door().orElseThrow().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?part=1"))
                .timeout(PATIENCE)
                .header("Accept-Language", language)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /// The page once it says this: the stream of this scene's hub opens all the same, and that ends the trouble
    /// until the next no.
    private String pageThatSays(Gateway gateway, String language, String text) throws Exception {
        var page = new AtomicReference<>("");
        until("told", () -> {
            page.set(page(gateway, language));
            return page.get().contains(text);
        });
        return page.get();
    }

    @Test
    void aLineThatIsLostIsAmberForAMinuteAndThenRed(@TempDir Path root) throws Exception {
        var ahead = new AtomicReference<>(Duration.ZERO);
        var authority = new TestAuthority(root.resolve("ca"));
        var scene = new GatewayScene(root.resolve("dealer"), authority, OPEN, URI.create("https://127.0.0.1:1"));
        try (http;
                Gateway gateway =
                        Gateway.start(scene.config(), () -> Instant.now().plus(ahead.get()))) {
            until("told", () -> page(gateway, "en").contains("Connecting again to https://127.0.0.1:1 since"));
            assertThat(page(gateway, "en"))
                    .contains("Something needs an eye on it.", "the hub may be starting anew")
                    .doesNotContain("Something needs you.", "What does not work");
            assertThat(page(gateway, "fr")).contains("Reconnexion à https://127.0.0.1:1 en cours depuis");

            ahead.set(OverviewPage.RECONNECTS.plusSeconds(1));
            assertThat(page(gateway, "en"))
                    .contains("Something needs you.", "The hub cannot be reached", "Check the Internet line")
                    .doesNotContain("Connecting again");
        }
    }

    /// The line and the certificate are as they should be, so nothing sends the dealer there.
    @Test
    void whoIsSuspendedReadsToCallTheManufacturer(@TempDir Path root) throws Exception {
        var authority = new TestAuthority(root.resolve("ca"));
        try (http;
                var hub = new TestHub(authority, () -> TestHub.Fault.SUSPENDED)) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, OPEN, hub.address());
            scene.put("opel", "claim", "claim-7.xml", "content");
            try (Gateway gateway = scene.start()) {
                String page = pageThatSays(gateway, "en", "has suspended this dealer");
                String first = page.substring(page.indexOf("First:"), page.indexOf("As of"));
                assertThat(first).contains("Call the manufacturer").doesNotContain("may have been revoked");
                assertThat(page).contains("Something needs you.", "dealer-7 is suspended since");
                assertThat(pageThatSays(gateway, "fr", "a suspendu ce concessionnaire"))
                        .contains("Appelez le constructeur");
            }
        }
    }
}
