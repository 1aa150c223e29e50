package aiguillage.hub.figures;

import aiguillage.hub.document.Documents;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds up by flow what waits in all mailboxes ([Backlogs]), again and again. One thread looks; any may ask.
final class QueueWatch {

    static final Duration EVERY = Duration.ofSeconds(10);

    private final Backlogs backlogs;
    private final Documents documents;
    private final Map<Long, Instant> times = new TreeMap<>();
    private volatile @Nullable Queues known;
    private volatile long nextNanos;

    QueueWatch(Backlogs backlogs, Documents documents) {
        this.backlogs = backlogs;
        this.documents = documents;
    }

    @Nullable
    Queues known() {
        return known;
    }

    /// Looks, when it is time for it; to be called every second.
    void look(long nanos) {
        if (nextNanos != 0 && nanos - nextNanos < 0) {
            return;
        }
        known = seen();
        nextNanos = nanos + EVERY.toNanos();
    }

    /// All of one flow, while they are added up.
    private static final class Sum {
        private long pending;
        private long quarantined;
        private long position = Long.MAX_VALUE;
        private String reader = "";
    }

    private Queues seen() {
        Backlogs.Seen seen = backlogs.seen();
        var sums = new TreeMap<FlowName, Sum>();
        for (Mailboxes.Backlog one : seen.all()) {
            add(sums.computeIfAbsent(one.flow(), _ -> new Sum()), one);
        }
        var flows = new ArrayList<Queue>();
        sums.forEach((flow, sum) -> flows.add(queue(flow, sum)));
        times.keySet().removeIf(position -> sums.values().stream().noneMatch(sum -> sum.position == position));
        return new Queues(seen.at(), flows);
    }

    private static void add(Sum sum, Mailboxes.Backlog one) {
        sum.pending += one.pending();
        sum.quarantined += one.quarantined();
        Position oldest = one.oldest();
        if (oldest != null && oldest.value() < sum.position) {
            sum.position = oldest.value();
            sum.reader = one.reader().value();
        }
    }

    private Queue queue(FlowName flow, Sum sum) {
        if (sum.position == Long.MAX_VALUE) {
            return new Queue(flow, sum.pending, sum.quarantined, null);
        }
        Instant since = times.computeIfAbsent(
                sum.position,
                position -> documents.entry(new Position(position)).time());
        return new Queue(
                flow, sum.pending, sum.quarantined, new Queue.Oldest(new PartyId(sum.reader), sum.position, since));
    }
}
