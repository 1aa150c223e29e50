package aiguillage.faults;

import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Load;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// SIGKILL at random instants, to the hub and to both gateways at the same time, while starting too. Besides the
/// site's own documents, clients submit over HTTP and remember every receipt ([Load]).
final class Kills implements Fault {

    private static final int STARTING_MILLIS_MAX = 1_000;
    private static final int WORKING_MILLIS_MAX = 250;
    private static final int LIVING_MILLIS_MAX = 1_500;
    private static final int ONE_OF = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration WRITE_EVERY = Duration.ofMillis(40);

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String promised() {
        return "a receipt means durable; each document is handed over once";
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        long seed = Long.getLong("aiguillage.seed", System.nanoTime());
        Optional<Load> load = scale.isFull() ? Optional.of(new Load(site.parties)) : Optional.empty();
        var ofHub = new AtomicInteger();
        var ofGateways = new AtomicInteger();
        site.startAll();
        load.ifPresent(Load::begin);
        awaitReceipt(site, load);
        site.traffic.begin(name(), WRITE_EVERY);
        try (ExecutorService killers = Executors.newFixedThreadPool(2)) {
            Callable<Void> hub = () -> killHub(site, load, new Random(seed), scale.kills(), ofHub, ofGateways);
            Callable<Void> gateways = () -> killGateways(site, new Random(-seed), scale.kills(), ofHub, ofGateways);
            for (Future<Void> one : killers.invokeAll(List.of(hub, gateways))) {
                one.get();
            }
        }
        site.startAll();
        awaitReceipt(site, load);
        site.traffic.pause();
        row.recovered(site.awaitRecovery(name()));
        site.awaitDelivered(name());
        row.injected = ofHub + " kills of the hub, " + ofGateways + " of the gateways (seed " + seed + ")";
        if (load.isPresent()) {
            load.get().end();
            load.get().verify(Files.readString(site.folder.resolve("data/ledger.vkey")));
            row.seen = "clients over HTTP hold more, each compared with what the hub says: " + load.get();
        }
    }

    /// Waits until a client over HTTP has a receipt of this hub.
    private static void awaitReceipt(Site site, Optional<Load> load) throws Exception {
        if (load.isPresent()) {
            load.get().hubIsAt(site.hub().mainPort()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean goesOn(int wanted, AtomicInteger one, AtomicInteger other) {
        return one.get() + other.get() < wanted;
    }

    private static Void killHub(
            Site site, Optional<Load> load, Random random, int wanted, AtomicInteger ofHub, AtomicInteger ofGateways)
            throws Exception {
        site.hub().kill();
        for (ofHub.incrementAndGet(); goesOn(wanted, ofHub, ofGateways); ofHub.incrementAndGet()) {
            HubProcess hub = site.launchHub();
            if (random.nextInt(ONE_OF) == 0) {
                Site.pause(Duration.ofMillis(random.nextInt(STARTING_MILLIS_MAX)));
            } else {
                hub.awaitReady();
                site.relay.leadsTo(hub.mainPort());
                awaitReceipt(site, load);
                Site.pause(Duration.ofMillis(random.nextInt(WORKING_MILLIS_MAX)));
            }
            hub.kill();
        }
        return null;
    }

    private static Void killGateways(
            Site site, Random random, int wanted, AtomicInteger ofHub, AtomicInteger ofGateways) throws Exception {
        while (goesOn(wanted, ofHub, ofGateways)) {
            boolean dealer = random.nextBoolean();
            Site.pause(Duration.ofMillis(random.nextInt(LIVING_MILLIS_MAX)));
            Process victim = dealer ? site.dealer() : site.centre();
            if (!victim.isAlive()) {
                throw new AssertionError("a gateway ended by itself with " + victim.exitValue());
            }
            victim.destroyForcibly().waitFor();
            ofGateways.incrementAndGet();
            var _ = dealer ? site.startDealer() : site.startCentre();
        }
        return null;
    }
}
