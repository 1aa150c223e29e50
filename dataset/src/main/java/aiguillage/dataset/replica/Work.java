package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.DamagedLayer;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.replica.Records.Base;
import aiguillage.dataset.replica.RowStore.Family;
import aiguillage.dataset.replica.RowStore.Put;
import aiguillage.dataset.replica.Standing.Step;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The long work on a replica's rows: folding, comparing, repairing, forgetting. One at a time; versions come
/// and are read meanwhile.
final class Work {

    private final RowStore store;
    private final Stand stand;
    private final Coming coming;
    private final int batchBytes;

    Work(RowStore store, Stand stand, Coming coming, int batchBytes) {
        this.store = store;
        this.stand = stand;
        this.coming = coming;
        this.batchBytes = batchBytes;
    }

    @Nullable
    Version fold(Instant now) throws IOException {
        Step next = beginFolding(now);
        while (next != null) {
            boolean exact = fold(next);
            if (!exact) {
                return next.version();
            }
            next = beginFolding(now);
        }
        return null;
    }

    /// From here on lookups expect to find rows folded away.
    private @Nullable Step beginFolding(Instant now) throws IOException {
        return stand.change(before -> {
            Step next = before.stacked().isEmpty() ? null : before.stacked().getFirst();
            if (next == null
                    || next.layer() == null
                    || now.isBefore(next.version().effective())) {
                return null;
            }
            stand.stand(before.foldingOne());
            return next;
        });
    }

    private boolean fold(Step step) throws IOException {
        Layer layer = step.layer();
        if (layer == null) {
            throw new AssertionError("folding begins with a layer");
        }
        long base = stand.now().base();
        long ending = base == 0 ? 0 : step.place(); // before the first version there is no history
        var folding = new Folding(store, Buckets.read(store), ending, batchBytes);
        folding.put(Records.folding(true));
        try {
            folding.fold(layer);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof DamagedLayer damaged) {
                var unreadable = new Step(step.place(), step.version(), null, Coming.unreadable(damaged));
                stand.change(before -> {
                    stand.stand(before.with(unreadable));
                    return unreadable;
                });
                throw damaged;
            }
            throw e;
        }
        return endFolding(step, folding);
    }

    private boolean endFolding(Step step, Folding folding) throws IOException {
        boolean exact = folding.root().equals(root(step.version()));
        return stand.change(before -> {
            Standing after = judged(before.foldedOne(exact), before.exact());
            folding.put(Records.folding(false));
            folding.put(base(after));
            folding.put(Records.withoutSeal(step.place()));
            without(before, after).forEach(folding::put);
            folding.write(true);
            stand.stand(after);
            coming.leave(before, after);
            return exact;
        });
    }

    /// When rows are found right that were wrong before, nobody knows which of those before were right.
    private static Standing judged(Standing standing, boolean before) {
        return standing.exact() && !before ? standing.since(standing.folded() - 1) : standing;
    }

    private static Put base(Standing standing) {
        return Records.base(new Base(standing.base(), standing.exact(), standing.repaired()));
    }

    /// What removes the versions at the beginning that a standing has no more.
    private static List<Put> without(Standing before, Standing after) {
        long first = after.steps().getFirst().place();
        return Records.without(
                before.steps().stream().filter(step -> step.place() < first).toList());
    }

    private void stand(Standing before, Standing after) {
        List<Put> puts = new ArrayList<>(without(before, after));
        puts.add(base(after));
        store.write(puts, true);
        stand.stand(after);
    }

    /// Compares the hash of the rows with the root. Between the last write of a repair and the word that all is
    /// exact now, there may have been a crash.
    void compare() throws IOException {
        Standing now = stand.now();
        Version base = now.baseVersion();
        if (base != null && !now.folding()) {
            String root = Buckets.read(store).root();
            if (root(base).equals(root) != now.exact()) {
                judge(base, root);
            }
        }
    }

    Verified verify() throws IOException {
        Version base = requireBase();
        new History(store).check();
        Buckets buckets = new Buckets();
        long[] keys = new long[1];
        store.read(Family.ROWS, new byte[0], (key, rows) -> {
            keys[0]++;
            buckets.add(Key.ofBytes(key), Folding.sound(rows));
            return true;
        });
        Buckets stored = Buckets.read(store);
        List<Integer> damaged = buckets.differing(stored.hashes());
        store.write(buckets.insteadOf(stored), false);
        return new Verified(base, keys[0], damaged, judge(base, buckets.root()));
    }

    private boolean judge(Version base, String root) throws IOException {
        boolean exact = root(base).equals(root);
        return stand.change(before -> {
            stand(before, judged(before.exact(exact), before.exact()));
            return exact;
        });
    }

    List<SetHash> bucketHashes() {
        requireBase();
        return Buckets.read(store).hashes();
    }

    List<Integer> differing(List<byte[]> hub) throws IOException {
        Version base = requireBase();
        List<SetHash> hashes = hub.stream().map(SetHash::of).toList();
        if (hashes.size() != Buckets.COUNT || !Buckets.root(hashes).equals(root(base))) {
            throw new IllegalArgumentException("these hashes do not add up to the root of version " + base.number()
                    + ", which is signed: they are not its hashes");
        }
        compare();
        return Buckets.read(store).differing(hashes);
    }

    boolean repair(int bucket, Iterator<Change> rows) throws IOException {
        Version base = requireBase();
        List<Change> wrong = wrong(bucket, rows);
        if (wrong.isEmpty()) {
            compare();
            return stand.now().exact();
        }
        stand.change(before -> {
            stand(before, before.since(before.folded() - 1).beforeRepair());
            return wrong;
        });
        var folding = new Folding(store, Buckets.read(store), 0, batchBytes);
        wrong.forEach(change -> folding.replace(change.key(), change.rows()));
        folding.write(true);
        return judge(base, folding.root());
    }

    /// What must be changed so that a bucket has these rows.
    private List<Change> wrong(int bucket, Iterator<Change> rows) {
        Map<Key, Rows> right = new TreeMap<>();
        rows.forEachRemaining(change -> {
            if (Buckets.of(change.key()) != bucket || right.put(change.key(), change.rows()) != null) {
                throw new IllegalArgumentException(
                        "the key " + change.key() + " is not in bucket " + bucket + ", or came twice");
            }
        });
        List<Change> wrong = new ArrayList<>();
        store.read(Family.ROWS, new byte[0], (bytes, ours) -> {
            Key key = Key.ofBytes(bytes);
            if (Buckets.of(key) == bucket) {
                Rows theirs = right.remove(key);
                Rows after = theirs == null ? Rows.NONE : theirs;
                if (!after.equals(Rows.ofBytes(ours))) {
                    wrong.add(new Change(key, after));
                }
            }
            return true;
        });
        right.forEach((key, missing) -> {
            if (!missing.isEmpty()) {
                wrong.add(new Change(key, missing));
            }
        });
        return wrong;
    }

    /// Known of each version whose layer is open.
    private static String root(Version version) {
        return Objects.requireNonNull(version.root(), version::toString);
    }

    private Version requireBase() {
        Standing now = stand.now();
        Version base = now.baseVersion();
        if (base == null || now.folding()) {
            throw new IllegalStateException(
                    base == null ? "nothing is folded yet" : "the fold of a version was interrupted: fold first");
        }
        return base;
    }

    void forget(Instant before) throws IOException {
        Standing kept = stand.change(all -> {
            int first = Math.min(all.at(before), all.folded() - 1);
            if (first > 0) {
                stand(all, all.since(first));
            }
            return stand.now();
        });
        if (kept.folded() > 0) {
            new History(store).forget(kept.steps().getFirst().place());
        }
    }
}
