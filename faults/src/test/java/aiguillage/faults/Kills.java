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
import java.util.function.BooleanSupplier;

/// SIGKILL at random instants, to the hub and to both gateways at the same time, while starting too. Besides the
/// site's own documents, clients submit over HTTP and remember every receipt ([Load]).
final class Kills implements Fault {

    private static final int STARTING_MILLIS_MAX = 700;
    private static final int WORKING_MILLIS_MAX = 200;
    private static final int LIVING_MILLIS_MAX = 1_200;
    private static final int ONE_OF = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
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
        try (ExecutorService killers = Executors.newFixedThreadPool(3)) {
            BooleanSupplier goesOn = () -> ofHub.get() + ofGateways.get() < scale.kills();
            Callable<Void> hub = () -> killHub(site, load, new Random(seed), goesOn, ofHub);
            Callable<Void> dealer = () -> killGateways(site, true, new Random(seed + 1), goesOn, ofGateways);
            Callable<Void> centre = () -> killGateways(site, false, new Random(seed + 2), goesOn, ofGateways);
            for (Future<Void> one : killers.invokeAll(List.of(hub, dealer, centre))) {
                one.get();
            }
        }
        System.out.println("    " + ofHub + " and " + ofGateways + " kills are done");
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

    private static Void killHub(
            Site site, Optional<Load> load, Random random, BooleanSupplier goesOn, AtomicInteger ofHub)
            throws Exception {
        site.hub().kill();
        for (ofHub.incrementAndGet(); goesOn.getAsBoolean(); ofHub.incrementAndGet()) {
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
            Site site, boolean dealer, Random random, BooleanSupplier goesOn, AtomicInteger ofGateways)
            throws Exception {
        while (goesOn.getAsBoolean()) {
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
