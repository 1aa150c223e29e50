package aiguillage.hub.journal;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.ledger.Growth;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.ledger.Statements;
import aiguillage.hub.store.Store;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The embedded journal: one store on local disk, one writer thread, one notary thread. [#append] is safe from any
/// thread and never waits.
public final class Journal implements AutoCloseable {

    /// The most entries in one commit.
    public static final int BATCH_ENTRIES_MAX = 512;

    /// A commit takes no further entry once its entries and payloads have this many bytes.
    public static final int BATCH_PAYLOAD_BYTES_MAX = 4 << 20;

    /// A commit takes no further entry once its documents have this many readers: each is some rows in memory.
    public static final int BATCH_READERS_MAX = 10_000;

    /// The most entries that may wait; more are refused with [JournalFull].
    public static final int WAITING_ENTRIES_MAX = 8_192;

    /// The most bytes of entries and payloads that may wait.
    public static final long WAITING_PAYLOAD_BYTES_MAX = 64L << 20;

    /// Commits that are durable but not yet signed and told.
    private static final int UNSIGNED_COMMITS_MAX = 16;

    /// Answers are written by a few threads, some documents at a time: waking a thread for each costs more than its
    /// answer.
    private static final int TELLERS = 2;

    private static final int TOLD_TOGETHER = 16;

    private final Writer writer;
    private final Ledger ledger;
    private final Consumer<Entry> listener;
    private final Consumer<Throwable> onFailure;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_ENTRIES_MAX);
    private final AtomicLong waitingPayloadBytes = new AtomicLong();
    private final BlockingQueue<Commit> unsigned = new ArrayBlockingQueue<>(UNSIGNED_COMMITS_MAX);
    private final ExecutorService tellers = Executors.newFixedThreadPool(
            TELLERS, Thread.ofPlatform().name("journal-teller-", 0).factory());
    private final Thread writerThread;
    private final Thread notaryThread;
    private volatile boolean closing;
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
        this.writer = new Writer(store, new Yard(hub), new Statements(hub), ledger.edge(), salts);
        this.ledger = ledger;
        this.listener = listener;
        this.onFailure = onFailure;
        this.writerThread = Thread.ofPlatform().name("journal-writer").unstarted(this::write);
        this.notaryThread = Thread.ofPlatform().name("journal-notary").unstarted(this::sign);
        writerThread.start();
        notaryThread.start();
    }

    /// Appends an entry; completes once it is durable **and** applied (I1), on one of few threads:
    /// what is done there may write an answer, but must not wait.
    ///
    /// @return completes with [JournalFull] when too much waits, nothing written; with [JournalStopped] when
    ///     the journal stopped first, and then it is not known whether the entry is durable
    public CompletableFuture<Applied> append(Entry entry) {
        return append(entry, null, Waiting.NO_TABLE);
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
        if (closing || failure.get() != null) {
            refuse(item, "before this entry was written");
            return item.applied();
        }
        long bytes = waitingPayloadBytes.addAndGet(item.bytes());
        if (bytes > WAITING_PAYLOAD_BYTES_MAX || !waiting.offer(item)) {
            waitingPayloadBytes.addAndGet(-item.bytes());
            item.applied()
                    .completeExceptionally(new JournalFull(
                            "Too much waits for the journal: " + waiting.size() + " entries, " + bytes + " bytes."));
        } else if (failure.get() != null || !writerThread.isAlive()) {
            abandon();
        }
        return item.applied();
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
        var batch = new ArrayList<Waiting>(BATCH_ENTRIES_MAX);
        try {
            while (take(batch)) {
                unsigned.put(writer.commit(batch)); // the notary always takes: it outlives this thread
                batch.clear();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e, batch);
        }
    }

    /// Takes all that waits, since one fsync serves every one of them; a document costs less as load rises.
    ///
    /// @return false when the journal failed, or is closing and nothing waits any more
    private boolean take(List<Waiting> batch) throws InterruptedException {
        Waiting first = waiting.poll();
        while (first == null) {
            if (closing) {
                return false;
            }
            first = waiting.poll(100, TimeUnit.MILLISECONDS);
        }
        if (failure.get() != null) {
            refuse(first, "before this entry was written");
            return false;
        }
        int bytes = 0;
        int readers = 0;
        for (Waiting next = first; next != null; next = waiting.poll()) {
            batch.add(next);
            bytes += next.bytes();
            readers += next.readers();
            if (batch.size() >= BATCH_ENTRIES_MAX || bytes >= BATCH_PAYLOAD_BYTES_MAX || readers >= BATCH_READERS_MAX) {
                break;
            }
        }
        waitingPayloadBytes.addAndGet(-bytes);
        return true;
    }

    /// Ends only after the writer, so that no commit is left untold.
    private void sign() {
        while (true) {
            boolean isLast = !writerThread.isAlive();
            Commit commit = unsigned.poll();
            if (commit == null && isLast) {
                return;
            }
            try {
                Commit next = commit == null ? unsigned.poll(100, TimeUnit.MILLISECONDS) : commit;
                if (next != null) {
                    tellOrRefuse(next);
                }
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

    private void abandon() {
        for (Waiting item = waiting.poll(); item != null; item = waiting.poll()) {
            refuse(item, "before this entry was written");
        }
    }

    private void refuse(Waiting item, String when) {
        Throwable cause = failure.get();
        String why = cause == null ? "" : ": " + cause.getMessage();
        item.applied().completeExceptionally(new JournalStopped("The journal stopped " + when + why, cause));
    }

    /// Writes what waits, signs it, tells everybody, and stops. Entries appended later are refused.
    @Override
    public void close() {
        closing = true;
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
