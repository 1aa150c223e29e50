package aiguillage.gateway;

import static aiguillage.gateway.testing.GatewayScene.names;
import static aiguillage.gateway.testing.GatewayScene.until;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.testing.GatewayProcess;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import aiguillage.gateway.testing.TestHub.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real gateway process, killed with SIGKILL again and again under load, with a hub that loses answers and sends
/// twice, and a DMS that takes its files away.
final class KilledGatewayTest {

    /// More, once in a while: `-Daiguillage.kills=300`; `-Daiguillage.seed=` repeats the instants.
    private static final int KILLS = Integer.getInteger("aiguillage.kills", 6);

    private static final int DOCUMENTS_PER_LIFE = 40;
    private static final int REQUESTS_PER_LIFE_MAX = 60;
    private static final int LIFE_SECONDS_MAX = 20;

    private static final int LIVES_PER_LARGE = 4;
    private static final int LARGE_REPEATS = 20_000;

    private static final int START_MILLIS = 1_200;

    /// On a busy machine, where each start takes seconds, the lives after this end early too.
    private static final Duration LONG_LIVES = Duration.ofSeconds(KILLS);

    private static final Duration END_PATIENCE = Duration.ofSeconds(60L + 2L * KILLS);

    /// One life in so many ends while the gateway is still starting.
    private static final int EARLY_DEATHS = 2;

    @TempDir
    private Path root;

    private final AtomicReference<CountDownLatch> request = new AtomicReference<>(new CountDownLatch(0));
    private final List<String> sent = new ArrayList<>();
    private final List<String> offered = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();

    @Test
    void killedAtRandomInstantsItLosesNothingAndDoublesNothing() throws Exception {
        long start = System.nanoTime();
        long seed = Long.getLong("aiguillage.seed", start);
        var random = new SplittableRandom(seed);
        var authority = new TestAuthority(root.resolve("ca"));
        Supplier<Fault> faults = faults(random.split());
        Supplier<Fault> counted = () -> {
            request.get().countDown();
            return faults.get();
        };
        try (var hub = new TestHub(authority, counted)) {
            hub.mailbox().offerTwice();
            hub.mailbox().breakLargeDownloads();
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            var door = new DoorClient(scene);
            Thread atTheDoor = Thread.ofVirtual().start(door);
            for (int life = 0; life < KILLS; life++) {
                load(scene, hub);
                large(hub, life);
                var instant = new CountDownLatch(1 + random.nextInt(REQUESTS_PER_LIFE_MAX));
                request.set(instant);
                Process gateway = GatewayProcess.start(scene);
                boolean early = life % EARLY_DEATHS == 0 || System.nanoTime() - start > LONG_LIVES.toNanos();
                if (early
                        ? gateway.waitFor(random.nextInt(START_MILLIS), MILLISECONDS)
                        : !instant.await(LIFE_SECONDS_MAX, SECONDS)) {
                    throw new AssertionError("the gateway ended or did nothing: " + log(scene));
                }
                gateway.destroyForcibly().waitFor(); // SIGKILL
                takeDeliveries(scene);
            }
            finish(scene, hub, door, atTheDoor);

            String run = "seed " + seed + ", " + KILLS + " kills, " + sent.size() + " documents each way";
            System.getLogger(KilledGatewayTest.class.getName()).log(System.Logger.Level.INFO, run);
            assertThat(hub.arrived("opel/claim")).as(run).containsExactlyElementsOf(sent);
            assertThat(names(scene.dms("opel", "done", "claim"))).as(run).hasSize(2 * sent.size());
            assertThat(taken).as(run).containsExactlyInAnyOrderElementsOf(offered);
            assertThat(door.promised()).as(run).isNotEmpty();
            assertThat(hub.arrived("opel/order")).as(run).containsExactlyElementsOf(door.promised());
        }
    }

    private void finish(GatewayScene scene, TestHub hub, DoorClient door, Thread atTheDoor) throws Exception {
        Process last = GatewayProcess.start(scene);
        try {
            until("a yes at the door", () -> !door.promised().isEmpty());
            door.stop();
            atTheDoor.join();
            until("everything is filed and acknowledged", END_PATIENCE, Duration.ofMillis(100), () -> {
                takeDeliveries(scene);
                assertThat(last.isAlive()).as(log(scene)).isTrue();
                return hub.mailbox().pending() == 0
                        && hub.count("opel/order") == door.promised().size()
                        && names(scene.dms("opel", "done", "claim")).size() == 2 * sent.size();
            });
            takeDeliveries(scene);
        } finally {
            last.destroyForcibly().waitFor();
        }
    }

    /// The DMS sends, and the centre too.
    private void load(GatewayScene scene, TestHub hub) throws IOException {
        for (int i = 0; i < DOCUMENTS_PER_LIFE; i++) {
            String number = String.format(Locale.ROOT, "%05d", sent.size());
            scene.put("opel", "claim", number + ".xml", "claim " + number);
            sent.add("claim " + number);
            hub.mailbox().deliver("fiat/decision", "d-" + number, "decision " + number);
            offered.add("decision " + number);
        }
    }

    /// A payload that must be fetched, whose first download breaks off; now and then.
    private void large(TestHub hub, int life) {
        if (life % LIVES_PER_LARGE == 0) {
            String content = ("catalogue " + life + " ").repeat(LARGE_REPEATS);
            hub.mailbox().deliverLarge("fiat/catalogue", "catalogue-" + life, content.getBytes(StandardCharsets.UTF_8));
            offered.add(content);
        }
    }

    /// The DMS takes what it finds, and with it each envelope that was there first.
    private void takeDeliveries(GatewayScene scene) throws IOException {
        takeDeliveries(scene.dms("fiat", "in", "decision"));
        takeDeliveries(scene.dms("fiat", "in", "catalogue"));
    }

    private void takeDeliveries(Path in) throws IOException {
        for (String name : names(in)) {
            if (!name.endsWith(".envelope.json")) {
                assertThat(in.resolve(name + ".envelope.json")).exists();
                taken.add(Files.readString(in.resolve(name)));
                Files.delete(in.resolve(name));
                Files.delete(in.resolve(name + ".envelope.json"));
            }
        }
    }

    /// One request in five goes wrong.
    private static Supplier<Fault> faults(SplittableRandom random) {
        return () -> {
            synchronized (random) {
                return switch (random.nextInt(20)) {
                    case 0, 1 -> Fault.ANSWER_LOST;
                    case 2 -> Fault.DROPPED;
                    case 3 -> Fault.BUSY;
                    default -> Fault.NONE;
                };
            }
        };
    }

    private static String log(GatewayScene scene) throws IOException {
        return Files.readString(scene.data().resolve("process.log"));
    }

    /// A DMS at the local door that sends each document again under its id until it hears a yes.
    private static final class DoorClient implements Runnable {

        private static final Duration LOOK = Duration.ofMillis(20);
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private final GatewayScene scene;
        private final List<String> promised = new CopyOnWriteArrayList<>();
        private volatile boolean stopped;

        DoorClient(GatewayScene scene) {
            this.scene = scene;
        }

        List<String> promised() {
            return List.copyOf(promised);
        }

        /// Ends with the yes for the document under way.
        void stop() {
            stopped = true;
        }

        @Override
        public void run() {
            try (HttpClient client = HttpClient.newHttpClient()) {
                while (!stopped) {
                    String id = "order-" + promised.size();
                    while (!isTaken(client, id)) {
                        LockSupport.parkNanos(LOOK.toNanos());
                    }
                    promised.add(id);
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean isTaken(HttpClient client, String id) throws InterruptedException {
            try {
                int port = GatewayProcess.door(scene).orElseThrow(() -> new IOException("no door yet"));
                String token =
                        Files.readString(scene.data().resolve("tokens/opel")).strip();
                var request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/v1/documents?flow=opel/order&id=" + id))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(id))
                        .build();
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                assertThat(status).as("the door's answer to a retry").isNotEqualTo(409);
                return status == 202;
            } catch (IOException e) {
                return false; // killed, or not yet there
            }
        }
    }
}
