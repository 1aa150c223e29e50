package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Buckets;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.protocol.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the shares of one dataset, when somebody asks for them, and keeps those asked for last. Safe from any
/// thread; a share is made once, however many ask for it.
final class Shares {

    /// A layer of fewer bytes is kept in memory, and travels within the event that announces it.
    static final int INLINE_BYTES_MAX = 16_000;

    private static final long MEMORY_BYTES_MAX = 64L << 20;
    private static final long FILES_BYTES_MAX = 2L << 30;
    private static final int LOCKS = 64;

    /// Whoever waits longer for its turn is asked to come back.
    private static final int PATIENCE_SECONDS = 20;

    private final Master master;
    private final Pools pools;
    private final Seals seals;
    private final Path folder;
    /// Held while all rows are gone through: other work of the hub goes on beside it.
    private final Semaphore large =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    /// In the order of their last use.
    private final Map<Id, Share> kept = new LinkedHashMap<>(64, 0.75f, true);

    private long memoryBytes;
    private long fileBytes;
    private long files;

    private record Id(String scope, long number, long from, boolean isSealed) {}

    /// @param folder emptied: what lies there can be made again
    Shares(Master master, Pools pools, Seals seals, Path folder) throws IOException {
        this.master = master;
        this.pools = pools;
        this.seals = seals;
        this.folder = Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder)) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /// What brings a reader to the version that stands last: at most one share that replaces everything, then one
    /// for each version that is to come.
    ///
    /// @param after the version the reader has, of this very scope; 0: none
    List<Share> chain(Dataset dataset, Scope scope, long after, Instant now) throws IOException {
        List<Versions.Standing> standing = master.standing();
        int known = -1;
        int inForce = -1;
        for (int i = 0; i < standing.size(); i++) {
            known = standing.get(i).number() == after ? i : known;
            inForce = standing.get(i).entry().effective().isAfter(now) ? inForce : i;
        }
        int whole = Math.max(inForce, 0);
        List<Share> chain = new ArrayList<>();
        int next = known + 1;
        if (known < 0 || (known < whole && isShorterWhole(standing, known, whole))) {
            if (!standing.isEmpty()) {
                chain.add(share(dataset, scope, standing.get(whole).number(), 0, now));
            }
            next = whole + 1;
        }
        for (Versions.Standing version : standing.subList(Math.min(next, standing.size()), standing.size())) {
            chain.add(share(dataset, scope, version.number(), version.entry().from(), now));
        }
        return chain;
    }

    /// Whether everything is smaller than all that has changed since, as far as that is known without making both.
    private static boolean isShorterWhole(List<Versions.Standing> standing, int known, int whole) {
        long changed = 0;
        long largest = 0;
        for (int i = 0; i < standing.size(); i++) {
            long bytes = standing.get(i).entry().content().bytes();
            changed += i > known && i <= whole ? bytes : 0;
            largest = i <= whole ? Math.max(largest, bytes) : largest;
        }
        return changed > largest;
    }

    /// One share.
    ///
    /// @param from the version before, or 0 for all rows
    /// @throws Refused when that version does not stand
    Share share(Dataset dataset, Scope scope, long number, long from, Instant now) throws IOException {
        master.requireStanding(number);
        Entry.VersionPublished version = master.versions().published(dataset.name(), number);
        boolean isSealed = version.isSealed() && version.effective().isAfter(now);
        var id = new Id(scope.name(), number, from, isSealed);
        Share known = find(id);
        if (known != null) {
            return known;
        }
        ReentrantLock lock = lock(scope);
        lock.lock();
        try {
            Share made = find(id);
            return made != null ? made : keep(id, make(dataset, scope, version, from, isSealed));
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(Scope scope) {
        return locks[Math.floorMod(scope.name().hashCode(), LOCKS)];
    }

    private @Nullable Share find(Id id) {
        synchronized (kept) {
            Share share = kept.get(id);
            return share == null || share.file() == null || Files.exists(share.file()) ? share : null;
        }
    }

    private Share keep(Id id, Share share) throws IOException {
        List<Path> gone = new ArrayList<>();
        synchronized (kept) {
            count(share, 1);
            Share before = kept.put(id, share);
            if (before != null) {
                count(before, -1);
            }
            Iterator<Share> oldest = kept.values().iterator();
            while ((memoryBytes > MEMORY_BYTES_MAX || fileBytes > FILES_BYTES_MAX) && kept.size() > 1) {
                Share old = oldest.next();
                oldest.remove();
                count(old, -1);
                if (old.file() != null) {
                    gone.add(old.file());
                }
            }
        }
        for (Path file : gone) {
            Files.deleteIfExists(file); // whoever reads it reads on
        }
        return share;
    }

    private void count(Share share, int sign) {
        memoryBytes += sign * share.weight();
        fileBytes += share.file() == null ? 0 : sign * share.bytes();
    }

    private Share make(Dataset dataset, Scope scope, Entry.VersionPublished version, long from, boolean isSealed)
            throws IOException {
        Seal seal = isSealed ? seals.seal(dataset.name(), version.number(), from, scope) : null;
        boolean isSmall = from != 0 && version.content().bytes() <= 16 * INLINE_BYTES_MAX;
        boolean isLong = !isSmall || counted(scope, version.number()) == null;
        if (isLong) {
            requireTurn();
        }
        try {
            return isSmall
                    ? inMemory(dataset, scope, version, from, seal)
                    : inFile(version, from, seal, out -> write(dataset, scope, version, from, out, seal));
        } finally {
            if (isLong) {
                large.release();
            }
        }
    }

    private Share inMemory(Dataset dataset, Scope scope, Entry.VersionPublished version, long from, @Nullable Seal seal)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        Sum sum = write(dataset, scope, version, from, bytes, seal);
        byte[] layer = bytes.toByteArray();
        if (layer.length <= INLINE_BYTES_MAX) {
            return share(version, from, seal != null, sum, Digest.of(layer), layer.length, layer, null);
        }
        return inFile(version, from, seal, out -> {
            out.write(layer);
            return sum;
        });
    }

    private interface Written {
        Sum to(OutputStream out) throws IOException;
    }

    /// A file is kept whole, or goes: nobody would count what is left of one.
    private Share inFile(Entry.VersionPublished version, long from, @Nullable Seal seal, Written written)
            throws IOException {
        Path file = newFile();
        try {
            Sum sum;
            try (OutputStream out = Files.newOutputStream(file)) {
                sum = written.to(out);
            }
            return share(version, from, seal != null, sum, Folder.digest(file), Files.size(file), null, file);
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void requireTurn() {
        try {
            if (large.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refused(
                Problem.JOURNAL_BUSY, "All rows are being gone through for others; yours follow when you ask again.");
    }

    private static Share share(
            Entry.VersionPublished version,
            long from,
            boolean isSealed,
            Sum sum,
            Digest layer,
            long bytes,
            byte @Nullable [] content,
            @Nullable Path file) {
        return new Share(
                version.number(), from, isSealed, sum.hash().digest(), sum.rows(), layer, bytes, content, file);
    }

    private Path newFile() {
        synchronized (kept) {
            return folder.resolve(Long.toString(++files));
        }
    }

    private Sum write(
            Dataset dataset,
            Scope scope,
            Entry.VersionPublished version,
            long from,
            OutputStream out,
            @Nullable Seal seal)
            throws IOException {
        try (var layer = new LayerWriter(out, seal)) {
            Sum sum = from == 0
                    ? whole(dataset, scope, version.number(), known(dataset, scope, version.number()), layer)
                    : changes(dataset, scope, version.number(), from, layer);
            layer.finish(
                    from == 0, seal == null ? null : new Layer.Total(sum.hash().digest(), sum.rows()));
            return sum;
        }
    }

    /// A version through the eyes of a scope.
    View view(Dataset dataset, Scope scope, long number) throws IOException {
        String recipient = scope.recipient();
        return new View(
                scope,
                recipient == null || dataset.marks() == null ? null : pools.at(dataset.marks(), number, recipient));
    }

    /// Gives all that a scope sees in a version, in the order of keys.
    private void each(Dataset dataset, Scope scope, long number, View.Taker taker) throws IOException {
        master.requireStanding(number);
        view(dataset, scope, number).each(master.walk(number), taker);
    }

    /// Only rows that nobody has counted yet for this scope are counted: of a marked copy those with a mark.
    ///
    /// @param known what they add up to, as far as that is known
    /// @param layer gets all rows; null when only their sum is wanted
    private Sum whole(Dataset dataset, Scope scope, long number, @Nullable Sum known, @Nullable LayerWriter layer)
            throws IOException {
        boolean isMarked = scope.recipient() != null;
        Sum sum = known != null ? known : isMarked ? sum(dataset, scope.unmarked(), number) : new Sum();
        each(dataset, scope, number, (key, unmarked, seen) -> {
            if (layer != null) {
                layer.add(key, seen);
            }
            if (known == null && (!isMarked || !seen.equals(unmarked))) {
                sum.replace(key, isMarked ? unmarked : Rows.NONE, seen);
            }
        });
        return kept(scope, sum, number);
    }

    private Sum kept(Scope scope, Sum sum, long number) {
        sum.at(number);
        sum.keep(master.rows(), scope);
        return sum;
    }

    private Sum changes(Dataset dataset, Scope scope, long number, long from, LayerWriter layer) throws IOException {
        Sum counted = counted(scope, number);
        Sum after = counted != null && counted.number() == number ? known(dataset, scope, number) : null;
        if (after != null) { // as a publication leaves it; the one before would have to be counted anew
            apply(dataset, scope, number, from, null, layer);
            return after;
        }
        Sum sum = sum(dataset, scope, from);
        apply(dataset, scope, number, from, sum, layer);
        return kept(scope, sum, number);
    }

    /// Goes from one version to the next.
    ///
    /// @param sum null when that of the next one is known
    private void apply(
            Dataset dataset, Scope scope, long number, long from, @Nullable Sum sum, @Nullable LayerWriter layer)
            throws IOException {
        View old = view(dataset, scope, from);
        View next = view(dataset, scope, number);
        try (Layer published = master.layer(number)) {
            Iterator<Change> changes = published.all();
            while (changes.hasNext()) {
                Change change = changes.next();
                Rows before = old.seen(change.key(), master.rowsOf(from, change.key()));
                Rows after = next.seen(change.key(), change.rows());
                if (!before.equals(after)) {
                    if (sum != null) {
                        sum.replace(change.key(), before, after);
                    }
                    if (layer != null) {
                        layer.add(change.key(), after);
                    }
                }
            }
        }
    }

    /// What a scope's rows add up to in a version.
    ///
    /// @throws Refused when that version does not stand
    Sum sum(Dataset dataset, Scope scope, long number) throws IOException {
        if (number == 0) {
            return new Sum();
        }
        master.requireStanding(number);
        Sum known = known(dataset, scope, number);
        return known == null ? whole(dataset, scope, number, null, null) : kept(scope, known, number);
    }

    /// The same, when what the scope saw in an earlier version is known: only what changed since is counted.
    private @Nullable Sum known(Dataset dataset, Scope scope, long number) throws IOException {
        Sum sum = counted(scope, number);
        if (sum == null) {
            return null;
        }
        for (Versions.Standing next : master.between(sum.number(), number)) {
            apply(dataset, scope, next.number(), next.entry().from(), sum, null);
            sum.at(next.number());
        }
        if (sum.number() != number) {
            throw new Refused(Problem.NOT_FOUND, "No version " + number + " stands any more.");
        }
        boolean isWrong = scope.name().equals(Scope.ALL) && !master.isRoot(number, sum.hash());
        return isWrong ? null : sum;
    }

    /// What was counted last for a scope, if the sum of this version follows from it without going through all rows.
    private @Nullable Sum counted(Scope scope, long number) throws IOException {
        Sum sum = Sum.read(master.rows(), scope);
        boolean leads = sum != null && sum.number() <= number && (sum.number() == 0 || master.isStanding(sum.number()));
        return leads ? sum : null;
    }

    /// The hash of each bucket of what a scope sees in a version.
    Stream<SetHash> buckets(Dataset dataset, Scope scope, long number) throws IOException {
        var buckets = new Buckets();
        requireTurn();
        try {
            each(dataset, scope, number, (key, unmarked, seen) -> buckets.add(key, seen));
        } finally {
            large.release();
        }
        return buckets.hashes().stream();
    }

    /// The rows of one bucket, as a layer.
    byte[] bucket(Dataset dataset, Scope scope, long number, int bucket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        requireTurn();
        try (var layer = new LayerWriter(bytes, null)) {
            each(dataset, scope, number, (key, unmarked, seen) -> {
                if (Buckets.of(key) == bucket) {
                    layer.add(key, seen);
                }
            });
            layer.finish(true, null);
        } finally {
            large.release();
        }
        return bytes.toByteArray();
    }
}
