package aiguillage.simulation.world;

import aiguillage.hub.payload.Payloads;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.simulation.check.Truth;
import aiguillage.simulation.disk.HubStore;
import aiguillage.simulation.fault.Machine;
import aiguillage.simulation.network.Network;
import aiguillage.simulation.time.Node;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A hub's computer, over all lives of its hub.
final class HubComputer implements Computer.Program, Network.Server<HubService> {

    private final Computers all;
    private final Computer computer;
    private final PartyId hub;
    private final LedgerKey key;
    private final Table table;
    private final HubStore store;
    private final Payloads payloads;
    private final ListHub list;
    private final Rare rare;
    private final Truth truth;
    private @Nullable HubService service;

    HubComputer(
            Computers all,
            PartyId hub,
            LedgerKey key,
            Table table,
            HubStore store,
            Payloads payloads,
            ListHub list,
            Rare rare,
            Truth truth) {
        this.all = all;
        this.computer = new Computer(all, hub.value(), this);
        this.hub = hub;
        this.key = key;
        this.table = table;
        this.store = store;
        this.payloads = payloads;
        this.list = list;
        this.rare = rare;
        this.truth = truth;
    }

    ListHub list() {
        return list;
    }

    Computer computer() {
        return computer;
    }

    @Override
    public String name() {
        return hub.value();
    }

    @Override
    public void begin(Machine machine) {
        truth.hubRests(name());
        store.opened(machine);
        Node node = machine.node();
        node.start("main", () -> {
            HubService begun;
            try {
                begun = new HubService(
                        hub, key, table, store, payloads, list, machine, rare, failure -> stopped(machine, failure));
            } catch (RuntimeException | Error e) {
                stopped(machine, e);
                return;
            }
            service = begun;
            begun.live();
        });
    }

    /// The hub stopped by itself. Only damage is a reason.
    private void stopped(Machine machine, Throwable failure) {
        if (!store.isDamaged()) {
            truth.findings().violated("no stop", name() + " stopped: " + failure);
        }
        computer.ends(machine, "stopped itself: " + failure.getMessage(), false);
    }

    @Override
    public void ended(boolean power) {
        service = null;
        store.crashed(all.faults().random().nextBoolean());
        truth.findings().require(store.served() == null, "damage", name() + " served " + store.served());
        truth.hubRests(name());
    }

    /// Whether it read a damaged record and goes on all the same.
    boolean goesOnDamaged() {
        return computer.isUp() && store.isDamaged();
    }

    @Override
    public @Nullable Node node() {
        return service == null ? null : computer.life();
    }

    @Override
    public HubService service() {
        return Objects.requireNonNull(service);
    }
}
