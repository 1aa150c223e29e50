package aiguillage.simulation.world;

import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.dms.OutFolder;
import aiguillage.gateway.inbox.Inbox;
import aiguillage.gateway.link.Link;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.outbox.Sending;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.replica.Replicas;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import aiguillage.simulation.check.DmsTruth;
import aiguillage.simulation.check.HubTruth;
import aiguillage.simulation.check.Truth;
import aiguillage.simulation.disk.GatewayBook;
import aiguillage.simulation.disk.GatewayDisk;
import aiguillage.simulation.disk.GatewayFiles;
import aiguillage.simulation.fault.Machine;
import aiguillage.simulation.time.Node;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// A gateway's computer, over all lives of its gateway.
final class GatewayComputer implements Computer.Program {

    private static final Duration SETTLE = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofMillis(900);
    private static final Duration RETRY_FIRST = Duration.ofMillis(300);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(5);
    private static final Link.Settings PATIENCE = new Link.Settings(
            Duration.ofSeconds(12), RETRY_FIRST, RETRY_LONGEST, Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final Computers all;
    private final Computer computer;
    private final PartyId party;
    private final Map<Brand, HubComputer> hubs;
    private final GatewayFiles files;
    private final Folders folders;
    private final GatewayBook book = new GatewayBook();
    private final Truth truth;
    private final DmsTruth dms;
    private final Map<Brand, Shelves> shelves;

    /// @param hubs the hub of each brand, in one order
    /// @param shelves the replica of each hub's dataset
    GatewayComputer(
            Computers all,
            PartyId party,
            Map<Brand, HubComputer> hubs,
            Map<Brand, Shelves> shelves,
            Truth truth) {
        this.all = all;
        this.computer = new Computer(all, party.value(), this);
        this.party = party;
        this.hubs = hubs;
        this.shelves = shelves;
        this.truth = truth;
        InstantSource trueTime = () -> all.scheduler().now();
        this.files = new GatewayFiles(trueTime);
        this.folders = new Folders(files.path("/dms"));
        this.dms = new DmsTruth(truth, party.value());
    }

    Computer computer() {
        return computer;
    }

    String name() {
        return party.value();
    }

    GatewayFiles files() {
        return files;
    }

    Folders folders() {
        return folders;
    }

    GatewayBook book() {
        return book;
    }

    DmsTruth dms() {
        return dms;
    }

    Map<Brand, HubComputer> hubs() {
        return hubs;
    }

    @Override
    public void begin(Machine machine) {
        book.opened(machine);
        machine.node().start("main", () -> {
            try {
                live(machine);
            } catch (IOException e) {
                computer.ends(machine, "does not start: " + e.getMessage(), false);
            } catch (RuntimeException | Error e) {
                stopped(machine, e);
            }
        });
    }

    private void stopped(Machine machine, Throwable failure) {
        truth.findings().violated("no stop", name() + " stopped: " + failure);
        computer.ends(machine, "stopped itself", false);
    }

    /// As `Gateway` puts it together.
    private void live(Machine machine) throws IOException {
        Node node = machine.node();
        InstantSource clock = machine.clock();
        var troubles = new Troubles(clock);
        var crew = new Crew(failure -> stopped(machine, failure), (thread, busy, work) -> node.unstarted(thread, work));
        var disk = new GatewayDisk(machine, files);
        Map<Brand, HubLine> lines = new HashMap<>();
        Map<Brand, Semaphore> lanes = new HashMap<>();
        hubs.forEach((brand, hub) -> {
            lines.put(brand, new HubLine(all.network(), hub, party, machine, truth, this::requireHandedOver));
            lanes.put(brand, new Semaphore(Sending.LANES_PER_HUB));
            for (String kind : List.of("out", "in", "done", "refused")) {
                make(folders.root().resolve(brand.value()).resolve(kind), disk);
            }
        });
        var ways = new Sending.Ways(
                brand -> found(lines, brand),
                brand -> found(lanes, brand),
                RETRY_FIRST,
                RETRY_LONGEST,
                crew,
                node::pause);
        var outbox = new Outbox(
                files.path("/data/outbox"),
                party,
                0,
                folders,
                book,
                disk,
                clock,
                all.faults().random(),
                troubles,
                ways);
        outbox.start();
        for (Map.Entry<Brand, HubComputer> one : hubs.entrySet()) {
            String hub = one.getValue().name();
            HubLine line = found(lines, one.getKey());
            var inbox = new Inbox(
                    hub,
                    files.path("/data/inbox/" + hub),
                    Set.of(one.getKey()),
                    0,
                    folders,
                    outbox,
                    book,
                    disk,
                    line,
                    clock,
                    troubles);
            Replicas replicas = found(shelves, one.getKey()).begin(machine, files, disk, all, crew, troubles);
            new Link(
                            hub,
                            line,
                            inbox,
                            replicas,
                            PATIENCE,
                            crew,
                            node::pause,
                            clock,
                            clock,
                            all.faults().random(),
                            troubles)
                    .start();
            var out = new OutFolder(one.getKey(), folders, SETTLE, clock, outbox, troubles);
            crew.working("out-" + one.getKey(), () -> look(out, node));
        }
    }

    private static void make(java.nio.file.Path folder, GatewayDisk disk) {
        try {
            disk.folder(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void look(OutFolder out, Node node) {
        try {
            while (true) {
                node.pause(out.look() ? SETTLE : LOOK);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T found(Map<Brand, T> byBrand, Brand brand) {
        T found = byBrand.get(brand);
        if (found == null) {
            throw new AssertionError("no hub serves " + brand);
        }
        return found;
    }

    /// Only what the DMS has, or what even a loss of power leaves to be handed over, may be acknowledged.
    private void requireHandedOver(String hub, long position) {
        HubTruth.Offer offer = truth.journal(hub).offer(party.value(), position);
        if (offer == null || offer.flow().endsWith(".notice")) {
            return; // a wrong position is the hub's matter
        }
        String digest = offer.document().payload();
        truth.findings()
                .require(
                        dms.has(digest) || files.isDurable(digest),
                        "I1 durable",
                        name() + " acknowledges " + offer + ", which its DMS would not have after a loss of power");
    }

    @Override
    public void ended(boolean power) {
        shelves.values().forEach(one -> one.ended(power));
        if (power) {
            int undone = book.undurable() == 0 ? 0 : all.faults().random().nextInt(book.undurable() + 1);
            book.crashed(all.faults().random().nextBoolean(), undone);
            book.settled();
            files.powerLost(undurable -> all.faults().random().nextInt(undurable + 1));
            dms.powerWasLost();
        } else {
            book.crashed(all.faults().random().nextBoolean(), 0);
        }
    }
}
