package aiguillage.simulation.world;

import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.replica.Confirmation;
import aiguillage.gateway.replica.HubClock;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.gateway.replica.Opener;
import aiguillage.gateway.replica.Replicas;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import aiguillage.simulation.check.ReplicaTruth;
import aiguillage.simulation.disk.GatewayDisk;
import aiguillage.simulation.disk.GatewayFiles;
import aiguillage.simulation.disk.ReplicaRows;
import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Faults;
import aiguillage.simulation.fault.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The replica of one hub's dataset at one dealer, over all lives of his gateway.
final class Shelves {

    private static final Duration RETRY_FIRST = Duration.ofMillis(300);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(5);
    private static final Duration HISTORY_SHORT = Duration.ofSeconds(20);
    private static final Duration HISTORY_LONG = Duration.ofHours(10);
    private static final int BATCH_BYTES_MOST = 700;

    private final PartyId party;
    private final HubComputer hub;
    private final ListHub list;
    private final Faults faults;
    private final ReplicaTruth truth;
    private final ReplicaRows rows = new ReplicaRows(this::look);
    private @Nullable Replicas replicas;

    Shelves(PartyId party, HubComputer hub, ListHub list, Faults faults, ReplicaTruth truth) {
        this.party = party;
        this.hub = hub;
        this.list = list;
        this.faults = faults;
        this.truth = truth;
    }

    /// A new life, put together as `Gateway` does it.
    Replicas begin(Machine machine, GatewayFiles files, GatewayDisk disk, Computers all, Crew crew, Troubles troubles)
            throws IOException {
        boolean isForgetful = faults.random().nextBoolean();
        int batchBytes = 1 + faults.random().nextInt(BATCH_BYTES_MOST);
        Opener opener = (folder, stack) -> {
            Path mark = folder.resolve("mark");
            boolean anew = !Files.exists(mark);
            Files.createDirectories(folder);
            Files.write(mark, new byte[0]);
            rows.opened(machine, anew);
            return new Replica(rows, new LayerFiles(stack), batchBytes);
        };
        var settings = new Replicas.Settings(
                0,
                isForgetful ? HISTORY_SHORT : HISTORY_LONG,
                () -> new Backoff(RETRY_FIRST, RETRY_LONGEST, faults.random()),
                () -> new Confirmation(Confirmation.WITHIN, faults.random()),
                opener);
        InstantSource steady = () -> Instant.EPOCH.plus(machine.scheduler().elapsed());
        Brand brand = list.name().brand();
        var begun = new Replicas(
                hub.name(),
                files.path("/data/datasets/" + hub.name()),
                Set.of(brand),
                settings,
                new ListLine(all.network(), hub, party, machine),
                new HubClock(machine.clock(), steady),
                disk,
                crew,
                new Waits(machine),
                troubles);
        begun.start();
        replicas = begun;
        return begun;
    }

    /// A life is over.
    void ended(boolean power) {
        replicas = null;
        if (power) {
            int undone = rows.undurable() == 0 ? 0 : faults.random().nextInt(rows.undurable() + 1);
            rows.crashed(faults.random().nextBoolean(), undone);
            rows.settled();
        } else {
            rows.crashed(faults.random().nextBoolean(), 0);
        }
    }

    private @Nullable KeptReplica kept() {
        Replicas now = replicas;
        return now == null ? null : now.find(list.name()).orElse(null);
    }

    /// Somebody asks for a price.
    void look() {
        KeptReplica kept = kept();
        if (kept != null) {
            truth.look(kept, rows);
        }
    }

    /// Time passes: rows rot, and sooner or later somebody cannot read one.
    void age() {
        if (faults.strikes(Fault.ROW_DAMAGED)) {
            rot();
        }
        KeptReplica kept = kept();
        if (kept != null && rows.isDamaged()) {
            kept.suspect();
        }
    }

    /// Before the last fault.
    void ageOnceMore() {
        if (faults.strikesLast(Fault.ROW_DAMAGED)) {
            rot();
        }
    }

    private void rot() {
        var other = Rows.of(List.of(new Row(null, null, List.of("damaged"))));
        rows.damage(faults.random(), other.bytes());
    }

    /// Why it is not where its dataset stands, or null when it is.
    @Nullable
    String behind() {
        if (replicas == null) {
            return "the gateway of " + party;
        }
        boolean isRead = list.list().scope(party.value()) != null; // else its rows are gone, or go
        return isRead && rows.isDamaged() ? truth + " is damaged" : truth.behind(kept());
    }

    void compareAll() {
        truth.compareAll(kept(), rows);
    }

    long answers() {
        return truth.answers();
    }
}
