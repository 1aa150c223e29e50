package aiguillage.console;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Address;
import aiguillage.hub.HubConfig;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyTrustManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Beyond loopback the console speaks TLS alone: with the certificate it is given, or the hub's own.
@Timeout(60)
class ConsoleTlsTest {

    @Test
    void beyondLoopbackTheConsoleSpeaksTls(@TempDir Path folder) throws Exception {
        try (var hub = new RunningHub(folder);
                HttpClient browser = HttpClient.newBuilder()
                        .sslContext(
                                MutualTls.context(null, new PartyTrustManager(hub.anchors(), InstantSource.system())))
                        .sslParameters(MutualTls.parameters(true))
                        .build()) {
            requireTls(hub, browser, null);
            requireTls(hub, browser, hub.data().credential());
        }
    }

    private static void requireTls(RunningHub hub, HttpClient browser, @Nullable Path certificate) throws Exception {
        var config = new HubConfig.Console(new Address("0.0.0.0", 0), null, certificate, certificate);
        try (Console console = Console.open(hub.inside(), config)) {
            assertThat(console.origin()).isEqualTo("https://localhost:" + console.port());
            HttpResponse<String> answer = browser.send(
                    HttpRequest.newBuilder(URI.create(console.origin() + "/sign-in"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession()).isPresent();
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }
}
