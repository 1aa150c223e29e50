package aiguillage.simulation.check;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.simulation.disk.ReplicaRows;
import aiguillage.simulation.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What one dealer's replica of a dataset answers, held against what was published (I7).
public final class ReplicaTruth {

    private static final String ROWS = "I7 rows";
    private static final String INSTANT = "I7 instant";
    private static final String FRESH = "I7 fresh";

    /// How long the hub may be silent before answers are stale.
    public static final Duration STALE_AFTER = Duration.ofSeconds(15);

    /// An answer that is not stale may be so old: what the hub said was on its way for a while.
    private static final Duration OLD_MOST = STALE_AFTER.plus(Network.LATE_MOST);

    private static final Duration PAST_MOST = Duration.ofSeconds(90);
    private static final long EDGE_MILLIS = 500;
    private static final int PAST_ONCE_IN = 2;

    private final Findings findings;
    private final InstantSource trueTime;
    private final RandomGenerator random;
    private final String party;
    private final ListTruth list;
    private long answers;

    /// @param random of its own, so that looking changes nothing
    public ReplicaTruth(
            Findings findings, InstantSource trueTime, RandomGenerator random, String party, ListTruth list) {
        this.findings = findings;
        this.trueTime = trueTime;
        this.random = random;
        this.party = party;
        this.list = list;
    }

    /// How many answers were compared.
    public long answers() {
        return answers;
    }

    /// Asks for all keys or for one: now, at some instant of the past, or about when a version begins.
    ///
    /// @param rows what lies on the disk
    public void look(KeptReplica kept, ReplicaRows rows) {
        Freshness fresh = kept.freshness();
        findings.require(
                !fresh.isHubTime() || !fresh.now().isAfter(trueTime.instant()),
                INSTANT,
                () -> this + " takes the hub's time to be " + fresh.now());
        Replica replica = kept.replica().orElse(null);
        if (replica == null) {
            return;
        }
        boolean isNow = random.nextInt(PAST_ONCE_IN) > 0;
        Instant at = isNow ? fresh.now() : someInstant(fresh.now());
        int one = random.nextInt(ListTruth.KEYS.size());
        List<Key> keys = random.nextBoolean() ? ListTruth.KEYS : ListTruth.KEYS.subList(one, one + 1);
        try {
            for (Found found : replica.lookup(keys, at)) {
                answers++;
                requireRight(replica, rows, found, at);
                if (!isNow) {
                    requireLatest(replica, found, at);
                } else if (fresh.stale() == null) {
                    requireFresh(found, at);
                }
            }
        } catch (NotKnown e) {
            findings.require(
                    !isNow || fresh.stale() != null,
                    FRESH,
                    () -> this + " is not stale and cannot tell: " + e.getMessage());
        } catch (IOException e) {
            findings.violated(ROWS, this + " cannot be read: " + e);
        }
    }

    private Instant someInstant(Instant now) {
        List<ListTruth.Version> standing = list.standing();
        if (standing.isEmpty() || random.nextBoolean()) {
            return now.minusMillis(random.nextLong(PAST_MOST.toMillis()));
        }
        Instant begin = standing.get(random.nextInt(standing.size())).effective();
        return begin.plusMillis(random.nextLong(-EDGE_MILLIS, EDGE_MILLIS));
    }

    private void requireRight(Replica replica, ReplicaRows rows, Found found, Instant at) {
        Version said = found.version();
        ListTruth.Version version = list.version(said.number());
        if (version == null) {
            findings.violated(ROWS, this + " answers from " + said + ", which was never published");
            return;
        }
        findings.require(
                !version.effective().isAfter(at), INSTANT, () -> this + " answers for " + at + " from " + said);
        Row right = version.seen(said.scope(), found.key()).at(at);
        boolean isRight = Objects.equals(right, found.row())
                || !found.exact()
                || rows.isDamaged(found.key())
                || isOnWrongLayer(replica, said);
        findings.require(
                isRight,
                ROWS,
                () -> this + " says for " + found.key() + " at " + at + ": " + found.row() + " from " + said + ", not "
                        + right);
    }

    /// Whether the answer comes through a layer that the hub made wrong, and that is not folded and compared yet.
    private boolean isOnWrongLayer(Replica replica, Version said) {
        List<Version> versions = replica.versions();
        Version base = replica.base();
        int folded = base == null ? -1 : versions.lastIndexOf(base);
        int index = versions.lastIndexOf(said);
        return index > folded
                && versions.subList(folded + 1, index + 1).stream().anyMatch(one -> list.isWrong(one.layer()));
    }

    /// Of the past a replica may know nothing; but not something else than what held.
    private void requireLatest(Replica replica, Found found, Instant at) {
        ListTruth.Version held = list.inForce(at);
        long newest = replica.versions().getLast().number();
        findings.require(
                held == null
                        || !found.exact()
                        || newest < held.number()
                        || found.version().number() >= held.number(),
                "I7 past",
                () -> this + " answers for " + at + " from " + found.version() + ", when "
                        + (held == null ? 0 : held.number()) + " held, and knows of " + newest);
    }

    private void requireFresh(Found found, Instant at) {
        Version said = found.version();
        Instant since = trueTime.instant().minus(OLD_MOST);
        findings.require(
                list.held(said.number(), at, since) && list.saw(party, said.scope(), since),
                FRESH,
                () -> this + " is not stale and answers for " + at + " from " + said + ", which was not so for "
                        + OLD_MOST);
    }

    /// Why the replica is not where its dataset stands, or null when it is.
    public @Nullable String behind(@Nullable KeptReplica kept) {
        String scope = list.scope(party);
        if (scope == null) {
            return kept == null ? null : this + " is kept, and is not the dealer's";
        }
        Replica replica = kept == null ? null : kept.replica().orElse(null);
        if (kept == null || replica == null) {
            return this + " is not open";
        }
        ListTruth.Version newest = list.newest();
        Version here = replica.versions().isEmpty() ? null : replica.versions().getLast();
        if (newest == null || here == null) {
            return newest == null && here == null ? null : this + " is at " + here + " of " + newest;
        }
        Freshness fresh = kept.freshness();
        ListTruth.Version held = list.inForce(fresh.now());
        Health health = replica.health(fresh.now());
        boolean isSettled = held == null
                ? health instanceof Health.Nothing
                : fresh.stale() == null
                        && health instanceof Health.Exact(var version, var proven)
                        && proven
                        && version.number() == held.number();
        boolean isNewest = here.number() == newest.number() && here.scope().equals(scope);
        return isSettled && isNewest ? null : this + " is at " + here + ", stale " + fresh.stale();
    }

    /// Compares all rows.
    public void compareAll(@Nullable KeptReplica kept, ReplicaRows rows) {
        String scope = list.scope(party);
        Replica replica = kept == null ? null : kept.replica().orElse(null);
        Instant now = kept == null ? trueTime.instant() : kept.freshness().now();
        ListTruth.Version held = list.inForce(now);
        if (replica == null || held == null || scope == null) {
            return;
        }
        NavigableMap<Key, Rows> found = new TreeMap<>();
        try {
            replica.rows(now, null).forEachRemaining((Change row) -> found.put(row.key(), row.rows()));
        } catch (NotKnown | IOException | UncheckedIOException e) {
            findings.violated(ROWS, this + " cannot be read at the end: " + e);
        }
        findings.require(
                found.equals(held.seen(scope)) && !rows.isDamaged(),
                ROWS,
                this + " has at the end " + found.keySet() + ", which are not the rows of version " + held.number());
    }

    @Override
    public String toString() {
        return "the replica of " + list.name() + " at " + party;
    }
}
