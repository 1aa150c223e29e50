package aiguillage.hub.delivery;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Ends deliveries: has them acknowledged or rejected by their reader. Waits for the journal, so on threads
/// that may. Safe from any thread. Repeating is harmless: what has ended stays as it ended.
public final class Deliveries {

    private static final int CHUNK = 1_000;

    private final Mailboxes mailboxes;
    private final Journal journal;
    private final Ledger ledger;
    private final HubMetrics metrics;
    private final InstantSource clock;

    public Deliveries(Mailboxes mailboxes, Journal journal, Ledger ledger, HubMetrics metrics, InstantSource clock) {
        this.mailboxes = mailboxes;
        this.journal = journal;
        this.ledger = ledger;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// A delivery that its reader cannot use.
    ///
    /// @param reason in the reader's words, at most [Entry.DeliveryRejected#REASON_CHARS_MAX] characters
    public record Rejection(Position position, String reason) {}

    /// All deliveries up to this one.
    ///
    /// @param flow only those of this flow; null: of all
    public record UpTo(Position position, @Nullable FlowName flow) {}

    /// What became of deliveries.
    ///
    /// @param already how many had ended before, or never were this reader's
    public record Ended(int acknowledged, int rejected, int already) {

        private Ended plus(Ended other) {
            return new Ended(acknowledged + other.acknowledged, rejected + other.rejected, already + other.already);
        }
    }

    /// A delivery to this reader, pending or not.
    public Optional<Delivery> find(PartyId reader, Position position) {
        return mailboxes.delivery(reader, position, ledger.size());
    }

    /// Has deliveries end.
    ///
    /// @param upTo all up to there are acknowledged as well; null: none
    /// @throws Refused when the journal takes no more; some may have ended
    public Ended end(PartyId reader, List<Position> acknowledged, List<Rejection> rejected, @Nullable UpTo upTo) {
        Instant now = now();
        var entries = new ArrayList<Entry>();
        for (Position position : acknowledged) {
            find(reader, position, delivery -> new Entry.DeliveryAcknowledged(now, delivery), entries);
        }
        for (Rejection one : rejected) {
            find(reader, one.position(), delivery -> new Entry.DeliveryRejected(now, delivery, one.reason()), entries);
        }
        Ended ended = new Ended(0, 0, acknowledged.size() + rejected.size() - entries.size()).plus(appendAll(entries));
        if (upTo != null) {
            ended = ended.plus(acknowledgeUpTo(reader, upTo));
        }
        metrics.acknowledged(ended.acknowledged);
        metrics.rejected(ended.rejected);
        return ended;
    }

    private void find(PartyId reader, Position position, Function<Delivery, Entry> entry, List<Entry> entries) {
        find(reader, position).map(entry).ifPresent(entries::add);
    }

    private Ended acknowledgeUpTo(PartyId reader, UpTo upTo) {
        long last = upTo.position().value();
        long after = 0;
        Ended ended = new Ended(0, 0, 0);
        while (after < last) {
            List<DeliveryRow> rows = mailboxes.pending(reader, after, upTo.flow(), CHUNK);
            var entries = new ArrayList<Entry>();
            after = last;
            for (DeliveryRow row : rows) {
                long position = row.delivery().position().value();
                if (position <= last) {
                    entries.add(new Entry.DeliveryAcknowledged(now(), row.delivery()));
                    after = rows.size() == CHUNK ? position : last;
                } else {
                    after = last;
                }
            }
            ended = ended.plus(appendAll(entries));
        }
        return ended;
    }

    /// Appends entries that are one commit or few, and waits for all of them.
    private Ended appendAll(List<Entry> entries) {
        int acknowledged = 0;
        int rejected = 0;
        for (int from = 0; from < entries.size(); from += CHUNK) {
            List<CompletableFuture<Applied>> appended = new ArrayList<>();
            for (Entry entry : entries.subList(from, Math.min(from + CHUNK, entries.size()))) {
                appended.add(journal.append(entry));
            }
            for (int i = 0; i < appended.size(); i++) {
                boolean isRecorded = Journal.await(appended.get(i)).outcome() instanceof Outcome.Recorded;
                if (isRecorded && entries.get(from + i) instanceof Entry.DeliveryAcknowledged) {
                    acknowledged++;
                } else if (isRecorded) {
                    rejected++;
                }
            }
        }
        return new Ended(acknowledged, rejected, entries.size() - acknowledged - rejected);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
