package aiguillage.hub.replay;

import aiguillage.hub.directory.Party;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Plans replays and carries them out. Safe from any thread; waits for the disk.
///
/// A crash amid a run leaves some documents offered and some not. The same wish, with the same `asOf`, then
/// offers the rest: what stands in the journal behind `asOf` is not offered again.
public final class Replays {

    /// The most documents of one plan.
    public static final int DOCUMENTS_MAX = 10_000;

    /// One plan looks at so many entries at most, or a document's worth more.
    public static final int LOOKED_AT_MAX = 100_000;

    /// Runs that go on at the same time.
    public static final int RUNNING_MAX = 2;

    /// Runs that are remembered; of more the oldest that are over are forgotten.
    public static final int REMEMBERED_MAX = 20;

    /// Offered together: the journal goes on with everybody else's between them.
    private static final int AT_ONCE = 50;

    private static final Viewer ALL = new Viewer.Operator();

    private final Documents documents;
    private final Journal journal;
    private final Ledger ledger;
    private final CurrentTable flows;
    private final InstantSource clock;
    private final Executor waiting;
    private final BooleanSupplier isStopping;
    private final Consumer<Throwable> onFailure;
    private final Deque<Run> runs = new ArrayDeque<>(); // guarded by this
    private long last; // guarded by this

    /// @param waiting runs what may wait
    /// @param isStopping whether the hub is: a run ends then
    /// @param onFailure told of what nobody foresaw
    public Replays(
            Documents documents,
            Journal journal,
            Ledger ledger,
            CurrentTable flows,
            InstantSource clock,
            Executor waiting,
            BooleanSupplier isStopping,
            Consumer<Throwable> onFailure) {
        this.documents = documents;
        this.journal = journal;
        this.ledger = ledger;
        this.flows = flows;
        this.clock = clock;
        this.waiting = waiting;
        this.isStopping = isStopping;
        this.onFailure = onFailure;
    }

    /// The last position of the journal: the `asOf` of a wish made now.
    public long now() {
        return ledger.size();
    }

    /// The first position at or behind an instant; behind the journal's last when there is none.
    public long firstAt(Instant instant) {
        return documents.firstAt(instant, ledger.size());
    }

    /// What comes of a wish. Looks at its range entry by entry: takes up to a second or so.
    ///
    /// @throws Refused when the flow or the reader is not in the flows file, or the reader may not have
    ///     such documents
    public Plan plan(Wish wish) {
        requireAllowed(wish.reader(), wish.flow());
        var planning = new Planning(wish, clock.instant());
        long end = Math.min(wish.to(), Math.min(wish.asOf(), ledger.size()));
        long position = Math.max(1, wish.from());
        for (; position <= end && planning.hasRoom(); position++) {
            planning.looked++;
            if (documents.entry(new Position(position)) instanceof Entry.DocumentAccepted document
                    && document.envelope().flow().equals(wish.flow())) {
                planning.add(new Recorded<>(new Position(position), document));
            }
        }
        return planning.plan(position - 1, position <= end ? position : null);
    }

    /// What routing allowed once may not be allowed today: the reader must still be known, of the flow's brand,
    /// and where the flow may go (I4, I6).
    private void requireAllowed(PartyId reader, FlowName name) {
        Table table = flows.table();
        Flow flow = table.flow(name)
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "No flow " + name + " is in the flows file."));
        Party party = table.party(reader)
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "No party " + reader + " is in the flows file."));
        if (!party.brands().contains(name.brand()) || !flow.mayReach(party)) {
            throw new Refused(
                    Problem.NOT_AUTHORISED,
                    reader + " is no longer of the brand or in the region that documents of " + name + " may go to.");
        }
    }

    /// A plan in the making. For one thread.
    private final class Planning {

        private final Wish wish;
        private final Instant now;
        private final List<Plan.Item> items = new ArrayList<>();
        private final Map<Plan.Skipped, Long> skipped = new EnumMap<>(Plan.Skipped.class);
        private final StringBuilder sealed = new StringBuilder();
        private long looked;
        private long done;
        private long bytes;

        private Planning(Wish wish, Instant now) {
            this.wish = wish;
            this.now = now.truncatedTo(ChronoUnit.MILLIS);
        }

        private boolean hasRoom() {
            return looked < LOOKED_AT_MAX && items.size() + done < DOCUMENTS_MAX;
        }

        private void skip(Plan.Skipped why) {
            skipped.merge(why, 1L, Long::sum);
        }

        private void add(Recorded<Entry.DocumentAccepted> document) {
            if (document.entry().reader(wish.reader()) == null) {
                skip(Plan.Skipped.NOT_ITS_READER);
                return;
            }
            List<Recorded<Entry>> history = documents.history(document, ALL);
            looked += history.size();
            Recorded<Entry> end = end(history);
            boolean isGone = history.stream().anyMatch(one -> one.entry() instanceof Entry.PayloadRemoved)
                    || !document.entry().keptUntil().isAfter(now);
            if (end == null) {
                skip(Plan.Skipped.WAITS);
            } else if (wish.isMissingOnly() && end.entry() instanceof Entry.DeliveryAcknowledged) {
                skip(Plan.Skipped.DELIVERED);
            } else if (isDone(history)) {
                done++;
                sealed.append(document.position()).append('\n');
            } else if (isGone) {
                skip(Plan.Skipped.PAYLOAD_GONE);
            } else {
                sealed.append(document.position()).append('\n');
                item(document.entry(), end);
            }
        }

        private void item(Entry.DocumentAccepted document, Recorded<Entry> end) {
            Delivery delivery = Documents.delivery(end.entry());
            if (delivery == null) {
                throw new AssertionError("the end at " + end.position() + " is of no delivery");
            }
            bytes += document.payload().bytes();
            Duration offeredFor = Duration.between(document.time(), document.offeredUntil());
            Instant until = now.plus(offeredFor);
            items.add(new Plan.Item(
                    delivery,
                    end.position(),
                    document.time(),
                    document.payload().bytes(),
                    until.isAfter(document.keptUntil()) ? document.keptUntil() : until));
        }

        /// What ended the last delivery to the reader; null when that one waits, or did when the wish was made.
        private @Nullable Recorded<Entry> end(List<Recorded<Entry>> history) {
            Recorded<Entry> latest = null;
            for (Recorded<Entry> event : history) {
                if (event.position().value() <= wish.asOf() && isReaders(event.entry())) {
                    latest = event;
                }
            }
            return latest != null
                            && (latest.entry() instanceof Entry.DeliveryAcknowledged
                                    || latest.entry() instanceof Entry.DeliveryReturned
                                    || latest.entry() instanceof Entry.DeliveryExpired)
                    ? latest
                    : null;
        }

        private boolean isDone(List<Recorded<Entry>> history) {
            return history.stream()
                    .anyMatch(event -> event.position().value() > wish.asOf()
                            && event.entry() instanceof Entry.DeliveryRepeated
                            && isReaders(event.entry()));
        }

        private boolean isReaders(Entry entry) {
            Delivery delivery = Documents.delivery(entry);
            return delivery != null && delivery.reader().equals(wish.reader());
        }

        private Plan plan(long lastLooked, @Nullable Long next) {
            Wish asFar = next == null ? wish : wish.upTo(lastLooked);
            byte[] what = (asFar + "\n" + sealed).getBytes(StandardCharsets.UTF_8);
            return new Plan(asFar, next, items, done, bytes, skipped, Digest.of(what));
        }
    }

    /// Begins to carry a wish out.
    ///
    /// @param seal of the plan that was looked at; null: of none
    /// @param by as it will stand in the entries
    /// @throws Refused when there is nothing to do, what would be done is not what was looked at, or too
    ///     many run
    public Run begin(Wish wish, @Nullable Digest seal, String by, String reason) {
        if (reason.length() > Entry.DeliveryRepeated.REASON_CHARS_MAX) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "A reason has at most " + Entry.DeliveryRepeated.REASON_CHARS_MAX + " characters.");
        }
        Plan plan = plan(wish);
        if (seal != null && !seal.equals(plan.seal())) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "It would not be what the preview showed: payloads were removed meanwhile. Look at it again.");
        }
        if (plan.items().isEmpty()) {
            throw new Refused(Problem.BAD_REQUEST, "No document would be offered again.");
        }
        Run run = remember(plan, by, reason);
        waiting.execute(() -> carryOut(run, plan.items()));
        return run;
    }

    private synchronized Run remember(Plan plan, String by, String reason) {
        if (runs.stream().filter(Run::isRunning).count() >= RUNNING_MAX) {
            throw new Refused(
                    Problem.JOURNAL_BUSY, RUNNING_MAX + " replays are running. Wait for one to end, or stop one.");
        }
        if (runs.size() >= REMEMBERED_MAX) {
            runs.stream().filter(run -> !run.isRunning()).findFirst().ifPresent(runs::remove);
        }
        var run = new Run(++last, plan.wish(), by, reason, plan.items().size(), clock.instant());
        runs.add(run);
        return run;
    }

    private void carryOut(Run run, List<Plan.Item> items) {
        try {
            for (int from = 0; from < items.size(); from += AT_ONCE) {
                if (run.isToStop() || isStopping.getAsBoolean()) {
                    run.ended(Run.State.STOPPED, null);
                    return;
                }
                offer(run, items.subList(from, Math.min(from + AT_ONCE, items.size())));
            }
            run.ended(Run.State.DONE, null);
        } catch (Refused refused) {
            run.ended(Run.State.FAILED, refused.detail());
        } catch (RuntimeException | Error e) {
            run.ended(Run.State.FAILED, "The hub's log has the cause.");
            onFailure.accept(e);
        }
    }

    private void offer(Run run, List<Plan.Item> items) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var appended = new ArrayList<CompletableFuture<Applied>>();
        for (Plan.Item item : items) {
            appended.add(journal.append(new Entry.DeliveryRepeated(
                    now, item.delivery(), item.ended(), item.offeredUntil(), run.by(), run.reason())));
        }
        appended.forEach(one -> run.offered(Journal.await(one).outcome() instanceof Outcome.Recorded));
    }

    /// The runs that are remembered, the newest first.
    public synchronized List<Run> runs() {
        return new ArrayList<>(runs).reversed();
    }

    public synchronized Optional<Run> run(long number) {
        return runs.stream().filter(run -> run.number() == number).findFirst();
    }
}
