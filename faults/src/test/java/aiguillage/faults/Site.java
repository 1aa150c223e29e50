package aiguillage.faults;

import aiguillage.gateway.testing.GatewayProcess;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A hub and two gateways, a dealer's and a centre's, each a process; the line between them; and the two management
/// systems that write and take files.
final class Site implements AutoCloseable {

    static final String FLOWS = RunningHub.FLOWS
            .replace("brands:\n", "brands:\n  fiat: { text: Fiat }\n")
            .replace("parties:\n", """
                    parties:
                      fiat-dealer: { roles: [dealer], brands: [fiat], country: fr, region: eu }
                      fiat-centre: { roles: [centre], brands: [fiat], region: eu }
                    """)
            .replace("flows:\n", """
                    flows:
                      fiat/claim: { from: dealer, to: fiat-centre, notices: [] }
                    """);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final long LOOK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

    final Path folder;
    final Parties parties;
    final Relay relay;
    final Traffic traffic;
    final BadMachine hubMachine;
    final BadMachine dealerMachine;
    final GatewayScene dealerScene;
    final GatewayScene centreScene;
    private final String classPath;
    private final List<String> archives;
    private List<String> hubWithin = List.of();
    private @Nullable HubProcess hub;
    private @Nullable Process dealer;
    private @Nullable Process centre;

    /// Makes everything, starts nothing.
    Site(Path folder, Optional<Path> library, boolean quickStarts) throws Exception {
        this.folder = folder;
        RunningHub.config(folder, FLOWS, InstantSource.system());
        Files.writeString(folder.resolve("site.yaml"), FLOWS);
        parties = new Parties(folder.resolve("ca"), InstantSource.system());
        relay = new Relay();
        hubMachine = BadMachine.of(library, folder.resolve("hub.machine"));
        dealerMachine = BadMachine.of(library, folder.resolve("dealer.machine"));
        dealerScene = gateway("fiat-dealer");
        centreScene = gateway("fiat-centre");
        traffic = new Traffic(dealerScene, centreScene, folder.resolve("taken"));
        classPath = quickStarts ? HubProcess.packed(folder) : System.getProperty("java.class.path");
        archives = quickStarts
                ? List.of(
                        folder.resolve("hub.jsa").toString(),
                        folder.resolve("gateway.jsa").toString())
                : List.of();
        if (quickStarts) {
            archive();
        }
    }

    private GatewayScene gateway(String party) throws IOException {
        Path root = folder.resolve(party);
        var scene =
                new GatewayScene(root, new PartyId(party), "fiat", "", URI.create("https://localhost:" + relay.port()));
        Path identity = Files.createDirectories(scene.data().resolve("identity"));
        parties.credential(party).write(identity.resolve("credential.pem"));
        Files.copy(folder.resolve("ca/root/certificate.pem"), identity.resolve("root.pem"));
        return scene;
    }

    /// First, orderly runs that remember the classes, so that every later start is quick.
    private void archive() throws Exception {
        try (HubProcess first = HubProcess.start(
                List.of(), classPath, folder, "-XX:ArchiveClassesAtExit=" + archives.getFirst(), flowsOption())) {
            first.awaitReady();
            relay.leadsTo(first.mainPort());
            Process gateway = GatewayProcess.start(
                    List.of(), classPath, dealerScene, "-XX:ArchiveClassesAtExit=" + archives.getLast());
            traffic.write("warm");
            until("the first document is stored", () -> traffic.receipts("warm") == 1);
            ended(gateway);
            if (first.stop() != 0) {
                throw new AssertionError("the hub did not end well: " + first.said());
            }
        }
    }

    private static String flowsOption(Path folder) {
        return "-D" + HubProcess.FLOWS + "=" + folder.resolve("site.yaml");
    }

    private String flowsOption() {
        return flowsOption(folder);
    }

    /// The hub's next processes see another disk.
    void hubIsWithin(List<String> command) {
        hubWithin = List.copyOf(command);
    }

    /// Starts a hub, and does not wait for it.
    HubProcess launchHub() throws IOException {
        String[] options = archives.isEmpty()
                ? new String[] {flowsOption()}
                : new String[] {flowsOption(), "-XX:SharedArchiveFile=" + archives.getFirst(), "-Xlog:cds=off"};
        var within = new ArrayList<>(hubWithin);
        within.addAll(hubMachine.within());
        HubProcess launched = HubProcess.start(within, classPath, folder, options);
        hub = launched;
        return launched;
    }

    /// Starts a hub and leads the line to it.
    HubProcess startHub() throws IOException, InterruptedException {
        HubProcess started = launchHub();
        if (started.awaitReady()) {
            relay.leadsTo(started.mainPort());
        }
        return started;
    }

    Process startDealer() throws IOException {
        Process started = start(dealerMachine.within(), dealerScene);
        dealer = started;
        return started;
    }

    Process startCentre() throws IOException {
        Process started = start(List.of(), centreScene);
        centre = started;
        return started;
    }

    private Process start(List<String> within, GatewayScene scene) throws IOException {
        String[] options = archives.isEmpty()
                ? new String[0]
                : new String[] {"-XX:SharedArchiveFile=" + archives.getLast(), "-Xlog:cds=off"};
        return GatewayProcess.start(within, classPath, scene, options);
    }

    /// Whatever does not run is started.
    void startAll() throws IOException, InterruptedException {
        if (hub == null || !hub.isAlive()) {
            startHub();
        }
        if (dealer == null || !dealer.isAlive()) {
            startDealer();
        }
        if (centre == null || !centre.isAlive()) {
            startCentre();
        }
    }

    HubProcess hub() {
        if (hub == null) {
            throw new AssertionError("no hub was started");
        }
        return hub;
    }

    Process dealer() {
        if (dealer == null) {
            throw new AssertionError("no dealer was started");
        }
        return dealer;
    }

    Process centre() {
        if (centre == null) {
            throw new AssertionError("no centre was started");
        }
        return centre;
    }

    /// Waits until a new document goes all the way.
    ///
    /// @return how long that took
    Duration awaitRecovery(String fault) throws IOException {
        long from = System.nanoTime();
        String last = traffic.write(fault);
        until("a document goes all the way after: " + fault, () -> traffic.isDelivered(last));
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /// Waits until everything of a fault is delivered.
    void awaitDelivered(String fault) {
        until("everything is delivered: " + fault, () -> traffic.delivered(fault) >= traffic.sent(fault));
    }

    HttpClient client(String party) throws IOException {
        return parties.client(party);
    }

    URI uri(String path) {
        return URI.create("https://localhost:" + hub().mainPort() + path);
    }

    /// An operator's call.
    ///
    /// @param json null means GET
    String operator(HttpClient client, String path, @Nullable String json) throws IOException, InterruptedException {
        String token = Files.readString(folder.resolve("data/operator.token")).strip();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + hub().operationsPort() + path))
                .header("Authorization", "Bearer " + token);
        if (json != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(json));
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.body());
        }
        return answer.body();
    }

    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    static void until(String what, Condition condition) {
        until(what, PATIENCE, condition);
    }

    /// Patience counts only while this process itself runs: on a machine that stops now and then, all wait alike.
    static void until(String what, Duration patience, Condition condition) {
        long left = patience.toNanos();
        long last = System.nanoTime();
        try {
            while (!condition.holds()) {
                long now = System.nanoTime();
                left -= Math.min(now - last, LOOK_NANOS_MAX);
                last = now;
                if (left < 0) {
                    throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (IOException e) {
            throw new AssertionError(what, e);
        }
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /// Sends a signal, as `STOP`.
    static void signal(long pid, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill -" + name + " " + pid + " failed");
        }
    }

    /// Takes every fault back, whatever became of it.
    void calm() {
        traffic.pause();
        relay.isBad(false);
        for (BadMachine machine : List.of(hubMachine, dealerMachine)) {
            machine.clockIsOff(Duration.ZERO);
            machine.syncsFail(0);
            machine.syncsTake(Duration.ZERO);
        }
    }

    /// Ends everything in order: nothing writes any more.
    void end() throws Exception {
        traffic.pause();
        ended(dealer());
        ended(centre());
        endHub();
        traffic.close();
    }

    /// Ends a gateway in order.
    private static void ended(Process gateway) throws Exception {
        gateway.getOutputStream().close();
        if (!gateway.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || gateway.exitValue() != 0) {
            throw new AssertionError("a gateway did not end in order: " + gateway);
        }
    }

    void endHub() throws Exception {
        int exit = hub().stop();
        if (exit != 0) {
            throw new AssertionError("the hub ended with " + exit + ": " + hub().said());
        }
    }

    @Override
    public void close() throws IOException {
        traffic.close();
        for (Process gateway : new Process[] {dealer, centre}) {
            if (gateway != null) {
                gateway.destroyForcibly();
            }
        }
        if (hub != null) {
            hub.close();
        }
        relay.close();
    }
}
