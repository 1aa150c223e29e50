package aiguillage.hub.figures;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.Brand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The hub's figures for people. Safe from any thread.
public final class Figures {

    private static final Map<String, Problem> PROBLEMS =
            Stream.of(Problem.values()).collect(Collectors.toUnmodifiableMap(Problem::code, Function.identity()));

    private final Traffic traffic = new Traffic();
    private final RefusalCounts refusals = new RefusalCounts();
    private final Tail tail = new Tail();
    private final QueueWatch queues;
    private final Supplier<Table> table;
    private final HubMetrics metrics;
    private final InstantSource clock;
    private final Instant since;

    public Figures(
            Backlogs backlogs, Documents documents, Supplier<Table> table, HubMetrics metrics, InstantSource clock) {
        this.queues = new QueueWatch(backlogs, documents);
        this.table = table;
        this.metrics = metrics;
        this.clock = clock;
        this.since = clock.instant();
    }

    /// Tells of a recorded entry, on the notary's thread.
    public void recorded(Entry entry) {
        tail.recorded(entry);
        switch (entry) {
            case Entry.DocumentAccepted e -> traffic.accepted(e.envelope().flow(), e.time());
            case Entry.DocumentRefused e -> refused(e);
            default -> {}
        }
    }

    /// Takes up what was refused before the hub's start.
    public void takeUp(Entry.DocumentRefused before) {
        refused(before);
    }

    /// Only brands there are: anybody may write anything in the place of a flow.
    private void refused(Entry.DocumentRefused entry) {
        Brand brand = Tail.brand(entry.flow());
        Problem problem = PROBLEMS.get(entry.problem());
        if (brand != null
                && problem != null
                && table.get().flows().stream()
                        .anyMatch(flow -> flow.name().brand().equals(brand))) {
            refusals.document(brand, problem, entry.time());
        }
    }

    /// Counts what has to be looked for; to be called every second.
    public synchronized void look() {
        refusals.totals(metrics.refusals(), clock.instant());
        queues.look(System.nanoTime());
    }

    public Traffic traffic() {
        return traffic;
    }

    public RefusalCounts refusals() {
        return refusals;
    }

    public Tail tail() {
        return tail;
    }

    /// What waited when it was last looked; empty in the first second.
    public Optional<Queues> queues() {
        return Optional.ofNullable(queues.known());
    }

    /// Since when this hub counts.
    public Instant since() {
        return since;
    }
}
