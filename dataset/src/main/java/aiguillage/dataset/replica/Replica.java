package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.DamagedLayer;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Standing.Step;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One dataset's rows as one reader may see them, at every instant since the replica began (I7).
///
/// A version comes as a [Layer] and holds as soon as it lies there: a lookup asks the layers above the rows
/// first. In the background layers are folded into the rows, and what they replace goes into the history. A
/// crash at any instant leaves a layer that is folded again from its beginning, which changes nothing that was
/// done.
///
/// A question that could not be read from the disk fails with [UnreadableRows].
///
/// **Threads.** Questions come from any thread and wait for nobody ([Stand] says how). Long changes (fold,
/// repair, verify, forget) are made one at a time; versions and keys that come wait for none of them.
public final class Replica implements Closeable {

    /// The most keys of one question, and the most answers of one page.
    public static final int AT_ONCE_MAX = 1_000;

    /// The most versions that wait to be folded.
    public static final int STACKED_MAX = 256;

    private final RowStore store;
    private final Answers answers;
    private final Coming coming;
    private final Stand stand;
    private final Work work;

    /// Held by long work; taken before [Stand#change].
    private final ReentrantLock working = new ReentrantLock();

    /// Opens a replica where a crash or a stop left it, and compares its rows' hash with the root.
    ///
    /// @param store its rows; closed with the replica
    public Replica(RowStore store, LayerFiles layers) throws IOException {
        this(store, layers, Folding.BATCH_BYTES);
    }

    /// As the other.
    ///
    /// @param batchBytes when a fold writes what it has: small, where folds half done are to be seen
    public Replica(RowStore store, LayerFiles layers, int batchBytes) throws IOException {
        this.store = store;
        this.answers = new Answers(store);
        this.coming = new Coming(store, layers);
        this.stand = new Stand(coming.standing());
        this.work = new Work(store, stand, coming, batchBytes);
        work.compare();
    }

    /// Takes a version in. From its effective instant on, lookups answer from it; a sealed one once it is
    /// unsealed. It is durable when this returns. A version that is there already is passed over, but for its
    /// layer, when that was damaged.
    ///
    /// @param layer a whole file in the file system of the layers, but not in their folder; taken away
    /// @throws DamagedLayer when it is not the layer that the version names
    /// @throws IllegalArgumentException when it was made for another version than the newest one here, or holds
    ///     earlier than that
    /// @throws IllegalStateException when [#STACKED_MAX] versions wait to be folded
    public void adopt(Version version, Path layer) throws IOException {
        boolean isNew = stand.now().known(version) == null;
        if (isNew) {
            Coming.requireWhole(version, layer); // before its turn, since it may take long
        }
        stand.change(before -> {
            Standing after = coming.adopt(before, version, layer, isNew);
            stand.stand(after);
            return after;
        });
    }

    /// Opens a sealed version, so that it holds at once if it is due. The key is kept, so that it needs to come
    /// only once.
    ///
    /// @return whether such a version is here; else the key must be given again when it has come
    /// @throws DamagedLayer when the layer does not open with it
    public boolean unseal(long number, Seal seal) throws IOException {
        return stand.change(before -> {
            Standing after = coming.unseal(before, number, seal);
            stand.stand(after == null ? before : after);
            return after != null;
        });
    }

    /// Takes back the versions from this number on, which do not hold yet.
    ///
    /// @throws IllegalStateException when one is folded, or a fold of it has begun: then a whole list must be
    ///     adopted
    public void withdraw(long number) throws IOException {
        stand.change(before -> {
            Standing after = coming.withdraw(before, number);
            stand.stand(after);
            coming.leave(before, after);
            return after;
        });
    }

    /// What holds for a key at an instant.
    ///
    /// @throws NotKnown when this replica cannot tell
    public Found lookup(Key key, Instant at) throws NotKnown, IOException {
        return stand.read(seen -> answers.found(seen, answers.index(seen, at), key, at));
    }

    /// What holds for each of these keys at an instant, all from one version.
    ///
    /// @param keys at most [#AT_ONCE_MAX]
    /// @return in the order of the keys
    /// @throws NotKnown when this replica cannot tell for one of them
    public List<Found> lookup(List<Key> keys, Instant at) throws NotKnown, IOException {
        if (keys.size() > AT_ONCE_MAX) {
            throw new IllegalArgumentException(
                    "one question has at most " + AT_ONCE_MAX + " keys, this has " + keys.size());
        }
        return stand.read(seen -> {
            int index = answers.index(seen, at);
            List<Found> found = new ArrayList<>(keys.size());
            for (Key key : keys) {
                found.add(answers.found(seen, index, key, at));
            }
            return found;
        });
    }

    /// What holds at an instant for the keys that begin so, page by page. Pages that name different versions do
    /// not fit together.
    ///
    /// @param beginning as [Key#beginning] gives it; empty for all keys
    /// @param after the key behind which the page begins, or null for the first page
    /// @param max 1 to [#AT_ONCE_MAX]
    /// @throws NotKnown when this replica cannot tell
    public Listed list(byte[] beginning, Instant at, @Nullable Key after, int max) throws NotKnown, IOException {
        requirePage(max);
        return stand.read(seen -> answers.list(seen, at, beginning, after, max));
    }

    /// Which rows are others in the version that holds at an instant than in an earlier one, page by page.
    /// Pages that name different versions do not fit together.
    ///
    /// @param since the earlier version's number
    /// @param after the key behind which the page begins, or null for the first page
    /// @param max 1 to [#AT_ONCE_MAX]
    /// @throws NotKnown when this replica cannot tell
    public Changes changes(long since, Instant at, @Nullable Key after, int max) throws NotKnown, IOException {
        requirePage(max);
        return stand.read(seen -> answers.changes(seen, since, at, after, max));
    }

    private static void requirePage(int max) {
        if (max < 1 || max > AT_ONCE_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + AT_ONCE_MAX + " answers, not " + max);
        }
    }

    /// What the rows of a key were in each version kept here that changed them, oldest first, up to the first
    /// version that cannot be read; those that hold later come too.
    public List<Past> past(Key key) throws IOException {
        try {
            return stand.read(seen -> answers.past(seen, key));
        } catch (NotKnown e) {
            throw new AssertionError("what cannot be read ends the answer", e);
        }
    }

    /// All rows of the version that holds at an instant.
    ///
    /// @param after the key behind which it begins, or null
    /// @throws NotKnown when this replica cannot tell
    public Walk rows(Instant at, @Nullable Key after) throws NotKnown, IOException {
        Step step = stand.read(seen -> seen.steps().get(answers.index(seen, at)));
        return new Walk(stand, answers, step, after == null ? new byte[0] : Folding.behind(after));
    }

    /// The rows of a key in a version, whenever it holds.
    ///
    /// @throws NotKnown when this replica cannot tell
    public Rows rowsOf(long number, Key key) throws NotKnown, IOException {
        return stand.read(seen -> answers.rows(seen, Answers.numbered(seen, number), key));
    }

    /// All rows of a version, whenever it holds.
    ///
    /// @throws NotKnown when this replica cannot tell
    public Walk rowsOf(long number) throws NotKnown, IOException {
        Step step = stand.read(seen -> seen.steps().get(Answers.numbered(seen, number)));
        return new Walk(stand, answers, step, new byte[0]);
    }

    /// The versions it has, in the order in which they came.
    public List<Version> versions() {
        return stand.now().steps().stream().map(Step::version).toList();
    }

    /// The version that everything due is folded into, or null when nothing is yet.
    public @Nullable Version base() {
        return stand.now().baseVersion();
    }

    /// How many of [#versions] are folded into the rows, or are being: these cannot be withdrawn.
    public int folded() {
        Standing now = stand.now();
        return now.folded() + (now.folding() ? 1 : 0);
    }

    /// How many versions wait to be folded, or are being: at most [#STACKED_MAX].
    public int stacked() {
        return stand.now().stacked().size();
    }

    /// Whether a fold was begun that is not done.
    boolean isFolding() {
        return stand.now().folding();
    }

    /// What this replica knows of whether its answers for this instant are right.
    public Health health(Instant now) {
        Standing seen = stand.now();
        Version base = seen.baseVersion();
        if (base != null && !seen.exact()) {
            return new Health.Differs(base);
        }
        int index = seen.at(now);
        if (index < 0) {
            return new Health.Nothing();
        }
        boolean all = false;
        for (int i = index; i >= seen.folded() && !all; i--) {
            Step step = seen.steps().get(i);
            Layer layer = step.layer();
            if (layer == null) {
                return new Health.Unreadable(step.version(), String.valueOf(step.unreadable()));
            }
            all = layer.replaces();
        }
        return new Health.Exact(seen.steps().get(index).version(), index < seen.folded());
    }

    private interface Job<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private <T extends @Nullable Object> T alone(Job<T> job) throws IOException {
        working.lock();
        try {
            return job.run();
        } catch (UncheckedIOException e) {
            throw Stand.failed(e);
        } finally {
            working.unlock();
        }
    }

    /// Folds what holds at this instant into the rows, version by version, and compares the rows with each
    /// root.
    ///
    /// @return the first version whose rows are not those of its root, or null when all are exact (I7)
    /// @throws DamagedLayer when a layer was damaged since it came: it must come once more
    public @Nullable Version fold(Instant now) throws IOException {
        return this.<@Nullable Version>alone(() -> work.fold(now));
    }

    /// The hash of each bucket of the rows in [#base].
    ///
    /// @throws IllegalStateException when nothing is folded yet, or a fold was interrupted: fold first
    public List<SetHash> bucketHashes() throws IOException {
        return alone(work::bucketHashes);
    }

    /// Hashes all rows again, and compares with the hashes beside them and with the root. Where rows were
    /// changed behind our back, the hashes are put right, so that [#differing] names their buckets. What rows were
    /// before is read too: nothing can put that right.
    ///
    /// @throws IOException when something cannot be read: the replica must begin anew
    /// @throws IllegalStateException when nothing is folded yet, or a fold was interrupted: fold first
    public Verified verify() throws IOException {
        return alone(work::verify);
    }

    /// The buckets whose rows are not the hub's.
    ///
    /// @param hub the hash of each bucket, as the hub says they are in [#base]
    /// @throws IllegalArgumentException when these do not add up to the signed root
    /// @throws IllegalStateException when nothing is folded yet, or a fold was interrupted: fold first
    public List<Integer> differing(List<byte[]> hub) throws IOException {
        return alone(() -> work.differing(hub));
    }

    /// Puts the rows of a bucket right. Versions before [#base] are forgotten if any were wrong: nobody knows
    /// since when.
    ///
    /// @param rows all rows of the bucket in [#base], as many as fit into memory
    /// @return whether all rows are those of the root now
    /// @throws IllegalArgumentException when a key is not in this bucket, or comes twice; nothing is changed
    ///     then
    /// @throws IllegalStateException when nothing is folded yet, or a fold was interrupted: fold first
    public boolean repair(int bucket, Iterator<Change> rows) throws IOException {
        return alone(() -> work.repair(bucket, rows));
    }

    /// Forgets what is needed only for instants before this one: what holds at it is kept, and what is folded
    /// last.
    public void forget(Instant before) throws IOException {
        alone(() -> {
            work.forget(before);
            return before;
        });
    }

    /// A fold that is under way fails; it is done again after the next start.
    @Override
    public void close() {
        store.close();
    }
}
