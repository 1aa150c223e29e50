package aiguillage.hub.journal;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.ledger.Growth;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.ledger.Statements;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.store.Store;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The embedded journal: one store on local disk, one writer thread, one notary thread. [#append] is safe from any
/// thread and never waits.
public final class Journal implements AutoCloseable {

    /// Answers are written by a few threads, some documents at a time: waking a thread for each costs more than its
    /// answer.
    private static final int TELLERS = 2;

    private static final int TOLD_TOGETHER = 16;

    private final Writer writer;
    private final Ledger ledger;
    private final Consumer<Entry> listener;
    private final Consumer<Throwable> onFailure;
    private final Limits limits;
    private final PartyId hub;
    private final Lanes waiting;
    private final BlockingQueue<Commit> unsigned;
    private final ExecutorService tellers;
    private final Thread writerThread;
    private final Thread notaryThread;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    /// Only the notary touches this.
    private boolean notaryFailed;

    /// Opens the journal and starts its threads.
    ///
    /// @param salts random numbers nobody can foresee
    /// @param listener told of every entry recorded, in order, once durable, on the notary thread: it must not wait
    /// @param onFailure told once when a write fails or an impossible state is met: the hub must stop
    public Journal(
            Store store,
            Ledger ledger,
            PartyId hub,
            RandomGenerator salts,
            Consumer<Entry> listener,
            Consumer<Throwable> onFailure) {
        this(store, ledger, hub, salts, listener, onFailure, Threads.platform(), Limits.USUAL);
    }

    /// As the other, with threads and limits of the caller's choice.
    public Journal(
            Store store,
            Ledger ledger,
            PartyId hub,
            RandomGenerator salts,
            Consumer<Entry> listener,
            Consumer<Throwable> onFailure,
            Threads threads,
            Limits limits) {
        this.writer = new Writer(store, new Yard(hub), new Statements(hub), ledger.edge(), salts);
        this.ledger = ledger;
        this.hub = hub;
        this.listener = listener;
        this.onFailure = onFailure;
        this.limits = limits;
        this.waiting = new Lanes(
                new Lanes.Room(limits.waitingEntriesOfParty(), limits.waitingBytesOfParty()),
                new Lanes.Room(limits.waitingEntries(), limits.waitingBytes()));
        this.unsigned = new ArrayBlockingQueue<>(limits.unsignedCommits());
        this.tellers = Executors.newFixedThreadPool(TELLERS, work -> threads.unstarted("journal-teller", work));
        this.writerThread = threads.unstarted("journal-writer", this::write);
        this.notaryThread = threads.unstarted("journal-notary", this::sign);
        writerThread.start();
        notaryThread.start();
    }

    /// Appends an entry; completes once it is durable **and** applied (I1), on one of few threads:
    /// what is done there may write an answer, but must not wait.
    ///
    /// @return completes with [JournalFull] when too much waits, nothing written; with [JournalStopped] when
    ///     the journal stopped first, and then it is not known whether the entry is durable
    public CompletableFuture<Applied> append(Entry entry) {
        return append(entry, null);
    }

    /// As [#append(Entry)], with a payload to be stored beside the entry, in the same batch.
    ///
    /// @param payload the document's bytes, or null; nobody changes them afterwards
    public CompletableFuture<Applied> append(Entry entry, byte @Nullable [] payload) {
        return append(entry, payload, Waiting.NO_TABLE);
    }

    /// As the others, for a document whose readers a routing table named: behind another table it is
    /// not written, and the outcome is [aiguillage.hub.yard.Outcome.TableChanged].
    ///
    /// @param table the table's position; 0 before the first
    public CompletableFuture<Applied> append(Entry entry, byte @Nullable [] payload, long table) {
        var item = new Waiting(entry, EntryCodec.encode(entry), payload, table, new CompletableFuture<>());
        switch (waiting.offer(Submitter.of(entry, hub), item)) {
            case WAITS -> {}
            case CLOSED -> refuse(item, "before this entry was written");
            case PARTY_FULL ->
                item.applied()
                        .completeExceptionally(
                                new JournalFull("Too much of this party waits for the journal already.", true));
            case FULL ->
                item.applied()
                        .completeExceptionally(new JournalFull(
                                "Too much waits for the journal: " + waiting.size() + " entries.", false));
        }
        return item.applied();
    }

    /// Waits until an entry is durable: for whoever has nothing else to do meanwhile.
    ///
    /// @throws Refused when the journal takes no more
    public static Applied await(CompletableFuture<Applied> appended) {
        try {
            return appended.join();
        } catch (CompletionException e) {
            throw new Refused(Problem.JOURNAL_BUSY, "Send it again; repeating is harmless.");
        }
    }

    /// The number of entries that wait.
    public int waiting() {
        return waiting.size();
    }

    /// Why the journal stopped by itself, or null.
    public @Nullable Throwable failure() {
        return failure.get();
    }

    private void write() {
        var batch = new ArrayList<Waiting>();
        try {
            while (take(batch)) {
                unsigned.put(writer.commit(batch)); // the notary always takes: it outlives this thread
                batch.clear();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e, batch);
        }
        endOfCommits();
    }

    /// Takes all that waits, since one fsync serves every one of them; a document costs less as load rises.
    ///
    /// @return false when the journal failed, or is closing and nothing waits any more
    private boolean take(List<Waiting> batch) throws InterruptedException {
        boolean taken = waiting.take(batch, limits.batch());
        if (taken && failure.get() != null) {
            batch.forEach(item -> refuse(item, "before this entry was written"));
            return false;
        }
        return taken;
    }

    /// Lets the notary end.
    private void endOfCommits() {
        boolean told = false;
        while (!told) {
            try {
                unsigned.put(Commit.END);
                told = true;
            } catch (InterruptedException e) {
                fail(e, List.of());
            }
        }
    }

    /// Ends only after the writer, so that no commit is left untold.
    private void sign() {
        Commit next = nextCommit();
        while (!next.isEnd()) {
            tellOrRefuse(next);
            next = nextCommit();
        }
    }

    private Commit nextCommit() {
        while (true) {
            try {
                return unsigned.take();
            } catch (InterruptedException e) {
                fail(e, List.of());
            }
        }
    }

    /// What is durable is told as long as the notary itself is sound, even when the writer has failed since.
    private void tellOrRefuse(Commit commit) {
        if (notaryFailed) {
            commit.done().forEach(done -> refuse(done.waiting(), "before this entry was signed"));
            return;
        }
        try {
            tell(commit);
        } catch (RuntimeException | Error e) {
            notaryFailed = true;
            fail(e, commit.done().stream().map(Commit.Done::waiting).toList());
        }
    }

    private void tell(Commit commit) {
        Growth growth = commit.growth();
        String checkpoint = growth == null ? "" : ledger.sign(growth);
        for (Commit.Done done : commit.done()) {
            if (done.leaf() != null) {
                listener.accept(done.waiting().entry());
            }
        }
        for (int from = 0; from < commit.done().size(); from += TOLD_TOGETHER) {
            int to = Math.min(from + TOLD_TOGETHER, commit.done().size());
            List<Commit.Done> some = commit.done().subList(from, to);
            tellers.execute(() -> some.forEach(done -> tell(done, growth, checkpoint)));
        }
    }

    private static void tell(Commit.Done done, @Nullable Growth growth, String checkpoint) {
        Leaf leaf = done.leaf();
        done.waiting()
                .applied()
                .complete(
                        growth == null || leaf == null
                                ? Applied.unchanged(done.outcome())
                                : Applied.recorded(done.outcome(), leaf, growth, checkpoint));
    }

    /// Stops for good. Only the first failure is told; `unknown` may be durable or not.
    private void fail(Throwable cause, List<Waiting> unknown) {
        boolean isFirst = failure.compareAndSet(null, cause);
        unknown.forEach(item -> refuse(item, "while this entry was on its way; it may be durable or not"));
        abandon();
        if (isFirst) {
            onFailure.accept(cause);
        }
    }

    /// Nothing is taken any more, and nobody is left waiting.
    private void abandon() {
        waiting.close();
        var rest = new ArrayList<Waiting>();
        waiting.drain(rest, Lanes.Batch.ALL);
        rest.forEach(item -> refuse(item, "before this entry was written"));
    }

    private void refuse(Waiting item, String when) {
        Throwable cause = failure.get();
        String why = cause == null ? "" : ": " + cause.getMessage();
        item.applied().completeExceptionally(new JournalStopped("The journal stopped " + when + why, cause));
    }

    /// Writes what waits, signs it, tells everybody, and stops. Entries appended later are refused.
    @Override
    public void close() {
        waiting.close();
        try {
            writerThread.join();
            notaryThread.join();
            tellers.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the journal was closing", e);
        }
        abandon();
    }
}
