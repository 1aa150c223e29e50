package aiguillage.simulation.world;

import aiguillage.hub.payload.Payloads;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.simulation.check.Findings;
import aiguillage.simulation.check.HubTruth;
import aiguillage.simulation.check.ListTruth;
import aiguillage.simulation.check.ReplicaTruth;
import aiguillage.simulation.check.Truth;
import aiguillage.simulation.disk.GatewayFiles;
import aiguillage.simulation.disk.HubStore;
import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Faults;
import aiguillage.simulation.time.Scheduler;
import aiguillage.simulation.time.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// One run: everything in it follows from the seed.
public final class World {

    /// After the last fault everything must be delivered within this time.
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(15);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FAULTS_LEAST = Duration.ofSeconds(10);
    private static final Duration FAULTS_MOST = Duration.ofSeconds(60);
    private static final int DROPS_MOST = 10;
    private static final int STEPS_BETWEEN_LOOKS = 40;
    private static final int STEPS_BETWEEN_KILLS = 6_000;
    private static final long STEPS_MAX = 3_000_000;

    private final long seed;
    private final Scheduler scheduler;
    private final Computers all;
    private final Findings findings;
    private final Truth truth;
    private final HubComputer opel;
    private final HubComputer citroen;
    private final List<Shelves> shelves = new ArrayList<>();
    private final List<ListTruth> lists = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<GatewayComputer> gateways = new ArrayList<>();
    private final List<Dms> systems = new ArrayList<>();
    private final List<Shop> shops = new ArrayList<>();
    private final List<Computer> computers = new ArrayList<>();
    private final SplittableRandom looks;
    private boolean drained;

    /// @param shown whether every step that people understand is printed
    public World(long seed, boolean shown) {
        this.seed = seed;
        var random = new SplittableRandom(seed);
        var trace = new Trace(shown);
        this.scheduler = new Scheduler(random, trace);
        this.findings = new Findings(trace);
        this.truth = new Truth(findings);
        this.all = new Computers(scheduler, new Faults(random));
        this.looks = new SplittableRandom(~seed);
        Rare rare = Rare.drawn(random);
        var payloads = new GatewayFiles(scheduler::now);
        this.opel = hub(Scene.OPEL_HUB, "opel", Scene.OPEL_KEY, Scene.OPEL, rare, payloads);
        this.citroen = hub(Scene.CITROEN_HUB, "citroen", Scene.CITROEN_KEY, Scene.CITROEN, rare, payloads);
        publishers.add(new Publisher(all, opel, Scene.LIST_READERS));
        publishers.add(new Publisher(all, citroen, Scene.LIST_READERS.subList(0, 1)));
        computers.add(opel.computer());
        computers.add(citroen.computer());
        gateway(
                Scene.DEALER_7,
                true,
                List.of("opel/warranty-claim", "opel/parts-order", "citroen/warranty-claim"),
                false);
        gateway(Scene.DEALER_8, false, List.of("opel/warranty-claim"), false);
        gateway(Scene.OPEL_CENTRE, false, List.of(), true);
        shops.add(new Shop(all, opel, Scene.SHOP, "opel/parts-order", truth, drawn()));
        shops.add(new Shop(all, citroen, Scene.SHOP, "citroen/warranty-claim", truth, drawn()));
    }

    private int drawn() {
        return all.faults().random().nextInt(DROPS_MOST + 1);
    }

    private HubComputer hub(
            PartyId name, String brand, LedgerKey key, Table table, Rare rare, GatewayFiles payloads) {
        var store = new HubStore();
        truth.hub(name, new HubTruth(name.value(), store, Scene.PATHS, findings), key);
        try {
            var folder = new Payloads(
                    payloads.path("/payloads/" + name), all.faults().random());
            var list = new ListTruth(brand + "/prices", scheduler.now(), Scene.CONTRACTS);
            lists.add(list);
            var served = new ListHub(list, key, all.faults(), scheduler::now);
            return new HubComputer(all, name, key, table, store, folder, served, rare, truth);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void gateway(String party, boolean alsoCitroen, List<String> flows, boolean answers) {
        Map<Brand, HubComputer> hubs = new LinkedHashMap<>();
        hubs.put(new Brand("opel"), opel);
        if (alsoCitroen) {
            hubs.put(new Brand("citroen"), citroen);
        }
        Map<Brand, Shelves> replicas = new LinkedHashMap<>();
        hubs.forEach((brand, hub) -> replicas.put(brand, shelves(new PartyId(party), hub)));
        var gateway = new GatewayComputer(all, new PartyId(party), hubs, replicas, truth);
        gateways.add(gateway);
        computers.add(gateway.computer());
        systems.add(new Dms(all, gateway, truth, flows, flows.isEmpty() ? 0 : drawn(), answers));
    }

    private Shelves shelves(PartyId party, HubComputer hub) {
        var checked =
                new ReplicaTruth(findings, scheduler::now, looks, party.value(), hub.list().list());
        var made = new Shelves(party, hub, hub.list(), all.faults(), checked);
        shelves.add(made);
        return made;
    }

    /// Runs it to its end, or to the first violation.
    public Report run() {
        start();
        Duration until = all.faults().between(FAULTS_LEAST, FAULTS_MOST);
        while (goesOn() && (scheduler.elapsed().compareTo(until) < 0 || !everythingIsSent())) {
            step();
        }
        calm();
        Duration end = scheduler.elapsed().plus(DRAINED_WITHIN);
        while (goesOn() && !drained && scheduler.elapsed().compareTo(end) < 0) {
            step();
        }
        if (findings.first() == null) {
            findings.require(
                    drained, "liveness", "not delivered " + DRAINED_WITHIN + " after the last fault: " + left());
            truth.everythingArrived();
            truth.end();
            systems.forEach(World::requireAnswers);
            shelves.forEach(Shelves::compareAll);
        }
        return report();
    }

    private void start() {
        computers.forEach(Computer::start);
        systems.forEach(dms -> all.outside().start("dms", dms::live));
        shops.forEach(shop -> all.outside().start("shop", shop::live));
        new StreamReader(all, opel, Scene.OPEL_AUDIT, truth).start();
        new StreamReader(all, opel, Scene.SHOP, truth).start();
        new StreamReader(all, citroen, Scene.CITROEN_CENTRE, truth).start();
        new StreamReader(all, citroen, Scene.SHOP, truth).start();
        List<String> opelReaders =
                List.of(Scene.DEALER_7, Scene.DEALER_8, Scene.OPEL_CENTRE, Scene.OPEL_AUDIT, Scene.SHOP);
        all.outside().start("operator", new Operator(all, opel, opelReaders)::live);
        List<String> citroenReaders = List.of(Scene.DEALER_7, Scene.CITROEN_CENTRE, Scene.SHOP);
        all.outside().start("operator", new Operator(all, citroen, citroenReaders)::live);
        publishers.forEach(publisher -> all.outside().start("publisher", publisher::live));
        List<String> clients = List.of(
                Scene.DEALER_7, Scene.DEALER_8, Scene.OPEL_CENTRE, all.outside().name());
        all.outside().start("fate", new Fate(all, computers, List.of(opel.name(), citroen.name()), clients)::live);
        look();
    }

    private boolean goesOn() {
        Throwable defect = scheduler.defect();
        if (defect != null) {
            findings.violated("no stop", "a thread ended with " + defect);
        }
        findings.require(scheduler.steps() < STEPS_MAX, "liveness", "the run takes no end");
        return findings.first() == null;
    }

    private long nextKill = -1;

    /// One step, before which any process may be killed.
    private void step() {
        if (nextKill < 0) {
            nextKill = scheduler.steps() + 1 + all.faults().random().nextInt(STEPS_BETWEEN_KILLS);
        }
        if (scheduler.steps() >= nextKill && !all.faults().haveEnded()) {
            nextKill = -1;
            if (all.faults().random().nextBoolean()) {
                Computer computer = computers.get(all.faults().random().nextInt(computers.size()));
                computer.kill(all.faults().random().nextBoolean());
            }
        }
        scheduler.step();
        if (scheduler.steps() % STEPS_BETWEEN_LOOKS == 0) {
            shelves.get(looks.nextInt(shelves.size())).look();
        }
    }

    private boolean everythingIsSent() {
        return systems.stream().allMatch(Dms::hasDroppedAll);
    }

    /// From now on nothing goes wrong any more.
    private void calm() {
        publishers.forEach(Publisher::last);
        shelves.forEach(Shelves::ageOnceMore);
        all.faults().end();
        all.network().joinAll();
        computers.forEach(Computer::clockIsSet);
        scheduler.trace().line("fate", "the last fault was");
    }

    /// Looks at what rests between two steps, now and then.
    private void look() {
        scheduler.after(LOOK, all.outside(), () -> {
            for (HubComputer hub : List.of(opel, citroen)) {
                findings.require(
                        !hub.goesOnDamaged(), "damage", hub.name() + " goes on after it read a damaged record");
            }
            shelves.forEach(Shelves::age);
            drained = all.faults().haveEnded() && left().isEmpty();
            look();
        });
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        for (HubComputer hub : List.of(opel, citroen)) {
            HubTruth journal = truth.journal(hub.name());
            if (journal.open() > 0) {
                left.add(hub.name() + ": " + journal.firstOpen());
            }
        }
        shops.stream().filter(shop -> !shop.hasSentAll()).forEach(shop -> left.add("a shop"));
        shelves.stream().map(Shelves::behind).filter(Objects::nonNull).forEach(left::add);
        try {
            for (Dms dms : systems) {
                left.addAll(dms.left());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return left;
    }

    private static void requireAnswers(Dms dms) {
        try {
            dms.requireAnswers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report report() {
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            faults.put(fault, all.faults().count(fault));
        }
        return new Report(
                seed,
                findings.first(),
                truth.documents(),
                truth.receiptsSeen(),
                lists.stream().mapToLong(ListTruth::versions).sum(),
                shelves.stream().mapToLong(Shelves::answers).sum(),
                all.crashes(),
                faults,
                scheduler.elapsed().toMillis(),
                scheduler.steps(),
                scheduler.trace().hash());
    }
}
