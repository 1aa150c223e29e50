package aiguillage.simulation.world;

import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// What befalls computers and the network from outside: kills, losses of power, partitions, wrong clocks, and times
/// that are wilder or quieter.
final class Fate {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration PARTITION_LONGEST = Duration.ofSeconds(20);
    private static final Duration JUMP_LONGEST = Duration.ofMinutes(10);
    private static final int REDRAWN_ONCE_IN = 8;

    private final Computers all;
    private final List<Computer> computers;
    private final List<String> hubs;
    private final List<String> clients;

    /// @param clients names of all that speak with hubs
    Fate(Computers all, List<Computer> computers, List<String> hubs, List<String> clients) {
        this.all = all;
        this.computers = List.copyOf(computers);
        this.hubs = List.copyOf(hubs);
        this.clients = List.copyOf(clients);
    }

    void live() {
        Faults faults = all.faults();
        try {
            while (!faults.haveEnded()) {
                all.outside().pause(faults.between(SHORTEST, LONGEST));
                strike(faults, faults.random());
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts fate", e);
        }
    }

    private void strike(Faults faults, RandomGenerator random) {
        Computer computer = computers.get(random.nextInt(computers.size()));
        if (faults.strikes(Fault.KILL)) {
            computer.kill(false);
        }
        if (faults.strikes(Fault.POWER_LOSS)) {
            computer.kill(true);
        }
        if (faults.strikes(Fault.CLOCK_JUMP)) {
            Duration by = faults.between(Duration.ZERO, JUMP_LONGEST);
            computer.clockJumps(random.nextBoolean() ? by : by.negated());
        }
        if (faults.strikes(Fault.PARTITION)) {
            String hub = hubs.get(random.nextInt(hubs.size()));
            String client = clients.get(random.nextInt(clients.size()));
            all.network().part(hub, client);
            all.scheduler().trace().line("network", hub + " and " + client + " are parted");
            all.scheduler()
                    .after(
                            faults.between(SHORTEST, PARTITION_LONGEST),
                            all.outside(),
                            () -> all.network().join(hub, client));
        }
        all.network().shake();
        if (random.nextInt(REDRAWN_ONCE_IN) == 0) {
            faults.drawRates();
        }
    }
}
