package aiguillage.gateway;

import static aiguillage.gateway.testing.GatewayScene.names;
import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.disk.FileDigest;
import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.StatusFile;
import aiguillage.gateway.testing.GatewayProcess;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.Numbers;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// One very large document, and very many small ones: a gateway process with 256 MB of heap does both. By default
/// small enough for every run; the whole:
///
/// ```
/// mvn -pl gateway -am test -Dtest=BulkTest -Dsurefire.failIfNoSpecifiedTests=false \
///     -Daiguillage.large=2000000000 -Daiguillage.many=100000
/// ```
///
/// The figures go to the log. Once measured on two cores: 2 GB up in 47 s and down in 56 s, 192 MB of memory at most;
/// 100,000 files taken in 11 s, started again with them in 1.8 s, the status in 0.2 s, sent in order in 49 s, 319 MB;
/// 100,000 deliveries handed over in 68 s, 222 MB.
@Isolated("it holds answers to seconds")
final class BulkTest {

    private static final long LARGE_BYTES = Long.getLong("aiguillage.large", 60_000_000);
    private static final int MANY = Integer.getInteger("aiguillage.many", 1_000);

    /// Heap of 256 MB, what the JVM and RocksDB need besides, and some room: far below what is sent.
    private static final long PEAK_BYTES_MAX = 500_000_000;

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration STATUS_MAX = Duration.ofSeconds(2);

    private static final System.Logger log = System.getLogger(BulkTest.class.getName());

    @TempDir
    private Path root;

    private TestAuthority authority;

    @BeforeEach
    void authority() throws IOException {
        authority = new TestAuthority(root.resolve("ca"));
    }

    @Test
    void aVeryLargeDocumentGoesUpAndAnotherComesDownInConstantMemory() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            Path out = Files.createDirectories(scene.dms("opel", "out", "price-list"));
            Files.copy(Numbers.of(LARGE_BYTES, 0), out.resolve("up.tmp"));
            Process gateway = GatewayProcess.start(scene);
            try {
                Instant start = Instant.now();
                Files.move(out.resolve("up.tmp"), out.resolve("up.bin"), StandardCopyOption.ATOMIC_MOVE);
                awaited("sent", gateway, scene, () -> Files.exists(scene.dms("opel", "done", "price-list", "up.bin")));
                Instant sent = Instant.now();
                assertThat(hub.arrived("opel/price-list")).containsExactly(LARGE_BYTES + " bytes");

                hub.mailbox()
                        .deliverLarge(
                                "opel/catalogue", "down", LARGE_BYTES, digest(), from -> Numbers.of(LARGE_BYTES, from));
                Instant offered = Instant.now();
                awaited("handed over", gateway, scene, () -> hub.mailbox().pending() == 0);
                Path received = scene.dms("opel", "in", "catalogue", "000000000101-down.txt");
                assertThat(Files.size(received)).isEqualTo(LARGE_BYTES);
                assertThat(FileDigest.of(received)).isEqualTo(digest());
                told(
                        gateway,
                        LARGE_BYTES + " bytes up in " + since(start, sent) + ", down in "
                                + since(offered, Instant.now()));
            } finally {
                gateway.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void veryManyDocumentsWaitForDaysAndThenLeaveInOrder() throws Exception {
        int port;
        URI address;
        try (var gone = new TestHub(authority, TestHub.first())) {
            address = gone.address();
            port = address.getPort();
        }
        var scene = new GatewayScene(root.resolve("dealer"), authority, address);
        List<String> written = written(scene);
        Instant start = Instant.now();
        Process first = GatewayProcess.start(scene);
        try {
            awaited("all taken", first, scene, () -> waiting(scene) == MANY);
            told(first, MANY + " documents taken into the outbox in " + since(start, Instant.now()));
        } finally {
            first.destroyForcibly().waitFor(); // as power cuts end it
        }
        Instant again = Instant.now();
        Process second = GatewayProcess.start(scene);
        try {
            awaited(
                    "started again",
                    second,
                    scene,
                    () -> Instant.parse(status(scene).at()).isAfter(again) && waiting(scene) == MANY);
            Instant up = Instant.now();
            assertThat(askedAtTheDoor(scene)).contains("\"waitingUp\":" + MANY);
            Duration answered = Duration.between(up, Instant.now());
            assertThat(answered).isLessThan(STATUS_MAX);
            told(
                    second,
                    "start with " + MANY + " waiting " + since(again, up) + ", status answered in "
                            + answered.toMillis() + " ms");
            try (var hub = new TestHub(authority, TestHub.first(), port)) {
                Instant back = Instant.now();
                awaited("all sent", second, scene, () -> hub.count("opel/claim") == MANY);
                Duration sending = Duration.between(back, Instant.now());
                awaited("all filed", second, scene, () -> waiting(scene) == 0);
                assertThat(hub.arrived("opel/claim")).containsExactlyElementsOf(written);
                assertThat(names(scene.dms("opel", "done", "claim"))).hasSize(2 * MANY);
                told(second, MANY + " documents sent in order in " + sending.toSeconds() + " s");
            }
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void veryManyDeliveriesWaitAtTheHubAndAreHandedOverInOrder() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            for (int i = 0; i < MANY; i++) {
                hub.mailbox().deliver("opel/decision", "d-" + i, "decision " + i);
            }
            Instant start = Instant.now();
            Process gateway = GatewayProcess.start(scene);
            try {
                awaited("all handed over", gateway, scene, () -> hub.mailbox().pending() == 0);
                told(gateway, MANY + " deliveries handed over in " + since(start, Instant.now()));
                List<String> files = names(scene.dms("opel", "in", "decision")).stream()
                        .filter(name -> !name.endsWith(".envelope.json"))
                        .toList();
                assertThat(files).hasSize(MANY);
                Instant before = Instant.MIN;
                for (int i = 0; i < MANY; i++) {
                    Path file = scene.dms("opel", "in", "decision", files.get(i));
                    assertThat(file).hasContent("decision " + i);
                    Instant written = Files.getLastModifiedTime(file).toInstant();
                    assertThat(written).as(file.toString()).isAfterOrEqualTo(before);
                    before = written;
                }
            } finally {
                gateway.destroyForcibly().waitFor();
            }
        }
    }

    /// What the DMS wrote while no gateway ran.
    private static List<String> written(GatewayScene scene) throws IOException {
        Path out = Files.createDirectories(scene.dms("opel", "out", "claim"));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String text = String.format(Locale.ROOT, "claim %06d", i);
            Files.writeString(out.resolve(text.replace(' ', '-') + ".xml"), text);
            all.add(text);
        }
        return all;
    }

    private static void awaited(String what, Process gateway, GatewayScene scene, Callable<Boolean> condition)
            throws Exception {
        until(what, PATIENCE, LOOK, () -> {
            assertThat(gateway.isAlive())
                    .as(Files.readString(scene.data().resolve("process.log")))
                    .isTrue();
            return condition.call();
        });
    }

    private static GatewayStatus status(GatewayScene scene) throws IOException {
        return new StatusFile(scene.data())
                .read()
                .orElseGet(() -> new GatewayStatus(
                        "", Instant.EPOCH.toString(), false, List.of(), List.of(), null, 0, List.of(), List.of()));
    }

    private static long waiting(GatewayScene scene) throws IOException {
        List<GatewayStatus.BrandStatus> brands = status(scene).brands();
        return brands.isEmpty() ? -1 : brands.getFirst().waitingUp();
    }

    private static String askedAtTheDoor(GatewayScene scene) throws Exception {
        String token = Files.readString(scene.data().resolve("tokens/opel")).strip();
        int port = GatewayProcess.door(scene).orElseThrow();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/status"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static Digest digest() throws IOException {
        var all = new DigestInputStream(Numbers.of(LARGE_BYTES, 0), Digest.sha256());
        all.transferTo(java.io.OutputStream.nullOutputStream());
        return new Digest(all.getMessageDigest().digest());
    }

    private static String since(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0 + " s";
    }

    private static void told(Process gateway, String figures) throws IOException {
        long peak = GatewayProcess.peakBytes(gateway).orElse(0);
        assertThat(peak).isLessThan(PEAK_BYTES_MAX);
        log.log(System.Logger.Level.WARNING, figures + ", peak memory " + peak / 1_000_000 + " MB");
    }
}
