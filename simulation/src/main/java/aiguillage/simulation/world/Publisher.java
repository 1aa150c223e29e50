package aiguillage.simulation.world;

import aiguillage.protocol.PartyId;
import aiguillage.simulation.check.ListTruth;
import aiguillage.simulation.time.Node;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// The person who publishes versions of a hub's dataset, at once or ahead, sealed or not, takes some back, and changes
/// what dealers may see.
final class Publisher {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(7);
    private static final Duration NEXT_SOON = Duration.ofMillis(500);
    private static final int SOON_ONCE_IN = 3;
    private static final int AHEAD_MILLIS_MOST = 12_000;
    private static final int CHANGES_MOST = 6;
    private static final int CONTRACTS = 5; // one for each scope, and two for none

    private final Computers all;
    private final HubComputer hub;
    private final List<PartyId> readers;

    Publisher(Computers all, HubComputer hub, List<PartyId> readers) {
        this.all = all;
        this.hub = hub;
        this.readers = List.copyOf(readers);
    }

    void live() {
        try {
            while (!all.faults().haveEnded()) {
                boolean isSoon = all.faults().random().nextInt(SOON_ONCE_IN) == 0;
                all.outside().pause(all.faults().between(SHORTEST, isSoon ? NEXT_SOON : LONGEST));
                Node node = hub.node();
                if (node != null && !all.faults().haveEnded()) {
                    ListEvents lists = hub.service().lists();
                    node.start("publisher", () -> decide(lists, all.faults().random()));
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a publisher", e);
        }
    }

    /// In every second run a contract changes, and no version comes behind it.
    void last() {
        Node node = hub.node();
        if (node != null && all.faults().random().nextBoolean()) {
            PartyId reader = readers.get(all.faults().random().nextInt(readers.size()));
            int scope = all.faults().random().nextInt(ListTruth.SCOPES.size());
            ListEvents lists = hub.service().lists();
            node.start("publisher", () -> lists.contract(reader, scope));
        }
    }

    private void decide(ListEvents lists, RandomGenerator random) {
        switch (random.nextInt(9)) {
            case 0, 1 -> lists.withdraw();
            case 2 -> lists.contract(readers.get(random.nextInt(readers.size())), random.nextInt(CONTRACTS));
            case 3, 4, 5 -> lists.publish(Duration.ZERO, false, random.nextInt(CHANGES_MOST));
            default ->
                lists.publish(
                        Duration.ofMillis(random.nextInt(AHEAD_MILLIS_MOST)),
                        random.nextBoolean(),
                        random.nextInt(CHANGES_MOST));
        }
    }
}
