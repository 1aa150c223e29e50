package aiguillage.gateway;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import aiguillage.gateway.testing.TestHub.Fault;
import aiguillage.gateway.testing.TestProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One document of a flow is on its way at a time: its order at the hub is that of its files, whatever the hub
/// answers in between. Decision 8 says why, and what it costs; `-Daiguillage.rtt=20,50,100` measures it.
final class OneInFlightTest {

    private static final int DOCUMENTS = 40;
    private static final List<Integer> ROUND_TRIPS_MILLIS = Stream.of(
                    System.getProperty("aiguillage.rtt", "20").split(",", -1))
            .map(Integer::valueOf)
            .toList();

    @TempDir
    private Path root;

    private TestAuthority authority;

    @BeforeEach
    void authority() throws IOException {
        authority = new TestAuthority(root.resolve("ca"));
    }

    /// With two on their way, the one behind a document that the hub does not want just now would overtake it.
    @Test
    void aHubThatIsBusyInBetweenChangesNoOrder() throws Exception {
        var requests = new AtomicInteger();
        Fault[] turns = {Fault.NONE, Fault.BUSY, Fault.NONE, Fault.DISK_FULL, Fault.ANSWER_LOST, Fault.HUB_FAILED};
        try (var hub = new TestHub(authority, () -> turns[requests.getAndIncrement() % turns.length])) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            List<String> sent = put(scene);
            try (Gateway gateway = scene.start()) {
                until("all sent", () -> hub.count("opel/claim") == sent.size());
                assertThat(hub.arrived("opel/claim")).containsExactlyElementsOf(sent);
                assertThat(hub.inFlightMax("opel/claim")).isEqualTo(1);
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aFlowSendsOneDocumentPerRoundTrip() throws Exception {
        for (int millis : ROUND_TRIPS_MILLIS) {
            try (var proxy = new TestProxy(Duration.ofMillis(millis).dividedBy(2));
                    var hub = new TestHub(authority, TestHub.first())) {
                var scene = new GatewayScene(
                        root.resolve("rtt-" + millis),
                        authority,
                        "proxy: { address: \"127.0.0.1:" + proxy.port() + "\" }",
                        hub.address());
                List<String> sent = put(scene);
                try (Gateway gateway = scene.start()) {
                    until("the first", () -> hub.count("opel/claim") > 0);
                    int before = hub.count("opel/claim");
                    long start = System.nanoTime();
                    until("all sent", () -> hub.count("opel/claim") == sent.size());
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    int after = sent.size() - before;

                    assertThat(took).isGreaterThan(Duration.ofMillis(millis).multipliedBy(after - 1L));
                    assertThat(hub.arrived("opel/claim")).containsExactlyElementsOf(sent);
                    assertThat(gateway.ended()).isNotDone();
                    System.getLogger(OneInFlightTest.class.getName())
                            .log(
                                    System.Logger.Level.INFO,
                                    "round trip " + millis + " ms: "
                                            + Math.round(after * 1_000.0 / took.toMillis() * 10) / 10.0
                                            + " documents a second in one flow");
                }
            }
        }
    }

    private static List<String> put(GatewayScene scene) throws IOException {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = String.format(Locale.ROOT, "claim %03d", i);
            scene.put("opel", "claim", text.replace(' ', '-') + ".xml", text);
            sent.add(text);
        }
        return sent;
    }
}
