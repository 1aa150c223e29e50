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
import aiguillage.protocol.PartyId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Makes the shares of one dataset, when somebody asks for them, and keeps those asked for last. Safe from any
/// thread; a share is made once, however many ask for it.
final class Shares {

    /// A layer of fewer bytes is kept in memory, and travels within the event that announces it.
    static final int INLINE_BYTES_MAX = 16_000;

    private static final long MEMORY_BYTES_MAX = 64L << 20;
    private static final long FILES_BYTES_MAX = 2L << 30;

    /// Half a megabyte for each scope and version.
    private static final long HASHES_BYTES_MAX = 256L << 20;

    private static final int LOCKS = 64;

    /// So many rows are gone through in a moment.
    private static final int COUNTED_AT_ONCE = 10_000;

    /// A stream waits so long for another of its scope.
    private static final long SOON_MILLIS = 500;

    private final Master master;
    private final Pools pools;
    private final Seals seals;
    private final Kept<Id, Share> kept;
    private final Kept<Hashed, Hashes> hashes;
    private final Turns turns = new Turns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    private record Id(String scope, long number, long from, boolean isSealed) {}

    private record Hashed(String scope, long number) {}

    /// The hashes of all buckets of what a scope sees in a version, one behind the other.
    record Hashes(Path file) implements Kept.Made {

        private static final long BYTES = (long) Buckets.COUNT * SetHash.BYTES;

        @Override
        public long weight() {
            return 512;
        }

        @Override
        public long bytes() {
            return BYTES;
        }
    }

    /// @param made what is kept for readers lies below; it is emptied
    Shares(Master master, Pools pools, Seals seals, Path made) throws IOException {
        this.master = master;
        this.pools = pools;
        this.seals = seals;
        this.kept = new Kept<>(made.resolve("shares"), MEMORY_BYTES_MAX, FILES_BYTES_MAX);
        this.hashes = new Kept<>(made.resolve("hashes"), Long.MAX_VALUE, HASHES_BYTES_MAX);
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /// Who asks, and what it sees.
    record Sight(Dataset dataset, Scope scope, PartyId reader) {}

    /// What brings a reader to the version that stands last: at most one share that replaces everything, then
    /// one for each version that is to come.
    ///
    /// @param after the version the reader has, of this very scope; 0: none
    List<Share> chain(Sight sight, long after, Instant now) throws IOException {
        Chain chain = Chain.of(master.standing(), after, now);
        List<Share> shares = new ArrayList<>();
        if (chain.whole() != null) {
            shares.add(share(sight, chain.whole().number(), 0, now));
        }
        for (Versions.Standing version : chain.changes()) {
            shares.add(share(sight, version.number(), version.entry().from(), now));
        }
        return shares;
    }

    /// One share.
    ///
    /// @param from the version before, or 0 for all rows
    /// @throws Refused when that version does not stand
    Share share(Sight sight, long number, long from, Instant now) throws IOException {
        master.requireStanding(number);
        Entry.VersionPublished version =
                master.versions().published(sight.dataset().name(), number);
        Scope scope = sight.scope();
        Id id = id(scope, version, from, now);
        Share known = kept.find(id);
        if (known != null) {
            return known;
        }
        try (Turns.Turn turn = turns.of(sight.reader())) {
            if (isLong(scope, version, from)) {
                turn.line(); // before the lock: who waits there waits too
            }
            ReentrantLock lock = lock(scope);
            lock.lock();
            try {
                Share made = kept.find(id);
                return made != null
                        ? made
                        : kept.keep(id, make(sight.dataset(), scope, version, from, id.isSealed(), turn));
            } finally {
                lock.unlock();
            }
        }
    }

    /// The same for who may not wait, as a stream with documents behind it: what is here, or made in a moment.
    ///
    /// @return null when it is to be asked for
    @Nullable
    Share shareSoon(Sight sight, long number, long from, Instant now) throws IOException {
        master.requireStanding(number);
        Entry.VersionPublished version =
                master.versions().published(sight.dataset().name(), number);
        Scope scope = sight.scope();
        Share known = kept.find(id(scope, version, from, now));
        if (known != null || isLong(scope, version, from)) {
            return known;
        }
        ReentrantLock lock = lock(scope);
        try {
            if (!lock.tryLock(SOON_MILLIS, TimeUnit.MILLISECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            return share(sight, number, from, now);
        } finally {
            lock.unlock();
        }
    }

    private static Id id(Scope scope, Entry.VersionPublished version, long from, Instant now) {
        return new Id(
                scope.name(),
                version.number(),
                from,
                version.isSealed() && version.effective().isAfter(now));
    }

    private ReentrantLock lock(Scope scope) {
        return locks[Math.floorMod(scope.name().hashCode(), LOCKS)];
    }

    /// Whether a share is made of a few changes, and may be kept in memory.
    private static boolean isSmall(Entry.VersionPublished version, long from) {
        return from != 0 && version.content().bytes() <= 16 * INLINE_BYTES_MAX;
    }

    /// Whether all rows are gone through, or very many changes.
    private boolean isLong(Scope scope, Entry.VersionPublished version, long from) throws IOException {
        return !isSmall(version, from)
                || (version.content().rows() > COUNTED_AT_ONCE && counted(scope, version.number()) == null);
    }

    private Share make(
            Dataset dataset, Scope scope, Entry.VersionPublished version, long from, boolean isSealed, Turns.Turn turn)
            throws IOException {
        Seal seal = isSealed ? seals.seal(dataset.name(), version, from, scope) : null;
        if (isLong(scope, version, from)) {
            turn.await();
        }
        return isSmall(version, from)
                ? inMemory(dataset, scope, version, from, seal)
                : inFile(version, from, seal, out -> write(dataset, scope, version, from, out, seal));
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

    private Share inFile(Entry.VersionPublished version, long from, @Nullable Seal seal, Kept.Written<Sum> written)
            throws IOException {
        return kept.inFile(
                written,
                (sum, file) ->
                        share(version, from, seal != null, sum, Folder.digest(file), Files.size(file), null, file));
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

    /// What was counted last for a scope, if the sum of this version follows from it without going through all
    /// rows.
    private @Nullable Sum counted(Scope scope, long number) throws IOException {
        Sum sum = Sum.read(master.rows(), scope);
        boolean leads = sum != null && sum.number() <= number && (sum.number() == 0 || master.isStanding(sum.number()));
        return leads ? sum : null;
    }

    /// The hash of each bucket of what a scope sees in a version.
    Hashes buckets(Sight sight, long number) throws IOException {
        master.requireStanding(number);
        var id = new Hashed(sight.scope().name(), number);
        Hashes known = hashes.find(id);
        if (known != null) {
            return known;
        }
        try (Turns.Turn turn = turns.of(sight.reader())) {
            turn.line();
            ReentrantLock lock = lock(sight.scope());
            lock.lock();
            try {
                Hashes made = hashes.find(id);
                return made != null ? made : hashes.keep(id, hashed(sight, number, turn));
            } finally {
                lock.unlock();
            }
        }
    }

    private Hashes hashed(Sight sight, long number, Turns.Turn turn) throws IOException {
        var buckets = new Buckets();
        turn.await();
        each(sight.dataset(), sight.scope(), number, (key, unmarked, seen) -> buckets.add(key, seen));
        return hashes.inFile(
                out -> {
                    for (SetHash hash : buckets.hashes()) {
                        out.write(hash.bytes());
                    }
                    return buckets;
                },
                (_, file) -> new Hashes(file));
    }

    /// The rows of one bucket, as a layer.
    byte[] bucket(Sight sight, long number, int bucket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (Turns.Turn turn = turns.of(sight.reader())) {
            turn.await();
            try (var layer = new LayerWriter(bytes, null)) {
                each(sight.dataset(), sight.scope(), number, (key, unmarked, seen) -> {
                    if (Buckets.of(key) == bucket) {
                        layer.add(key, seen);
                    }
                });
                layer.finish(true, null);
            }
        }
        return bytes.toByteArray();
    }
}
