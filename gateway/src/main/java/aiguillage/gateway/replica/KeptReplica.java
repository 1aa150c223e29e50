package aiguillage.gateway.replica;

import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.Replica;
import aiguillage.gateway.replica.Freshness.Reason;
import aiguillage.gateway.replica.Freshness.Stale;
import aiguillage.protocol.DatasetName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One dataset at the dealer, for whoever asks it. Its [Keeper] alone changes it. Safe from any thread.
public final class KeptReplica {

    private final DatasetName name;
    private final HubClock clock;
    private final Runnable suspected;
    private volatile Subscription subscription;

    /// Null while it is opened or begins anew.
    private volatile @Nullable Replica replica;

    /// By the steady clock: since when a version is known that is not here.
    private volatile @Nullable Instant behindSince;

    /// See [NewestHeld#number].
    private volatile long newestHeld;

    /// @param suspected told when an answer could not be read
    KeptReplica(Subscription subscription, HubClock clock, Runnable suspected) {
        this.name = subscription.name();
        this.subscription = subscription;
        this.clock = clock;
        this.suspected = suspected;
    }

    public DatasetName name() {
        return name;
    }

    public Subscription subscription() {
        return subscription;
    }

    /// The rows, or empty while they are opened or begin anew.
    public Optional<Replica> replica() {
        return Optional.ofNullable(replica);
    }

    /// Whoever could not read an answer says so; the keeper looks through all rows.
    public void suspect() {
        suspected.run();
    }

    /// How far an answer of this moment can be relied on.
    public Freshness freshness() {
        HubClock.Reading time = clock.read();
        Duration rest = time.silence() == null
                ? Duration.ZERO
                : subscription.staleAfter().minus(time.silence());
        Stale stale = stale(time, rest);
        return new Freshness(time.now(), time.isHubs(), time.silence(), stale, stale == null ? rest : Duration.ZERO);
    }

    private @Nullable Stale stale(HubClock.Reading time, Duration rest) {
        Stale broken = broken(time.now());
        if (broken != null) {
            return broken;
        }
        if (time.silence() == null) {
            return new Stale(
                    Reason.NOT_HEARD_SINCE_START,
                    "The hub has not been heard since the gateway started or this computer slept: newer prices may be in"
                            + " force, and what holds is asked by this computer's own clock.");
        }
        if (!rest.isPositive()) {
            return new Stale(
                    Reason.NOT_HEARD,
                    "The hub was heard " + time.silence().toSeconds() + " s ago, longer than the "
                            + subscription.staleAfter().toSeconds() + " s that this dataset allows: newer prices may be"
                            + " in force.");
        }
        Instant behind = behindSince;
        if (behind != null && clock.steady().isAfter(behind.plus(subscription.staleAfter()))) {
            return new Stale(
                    Reason.BEHIND,
                    "Version " + subscription.newest() + " is known at the hub and could not be brought here yet.");
        }
        return null;
    }

    private @Nullable Stale broken(Instant now) {
        Replica rows = replica;
        Health health = rows == null ? new Health.Nothing() : rows.health(now);
        return switch (health) {
            case Health.Exact(var version, var _)
            when version.number() < newestHeld ->
                new Stale(
                        Reason.BEHIND,
                        "Version " + newestHeld + " held here already, and the hub shows version " + version.number()
                                + " as the newest: its prices are older ones.");
            case Health.Exact(var _, var _) -> null;
            case Health.Nothing() -> new Stale(Reason.NOTHING, "No version of this dataset holds here yet.");
            case Health.Differs(var version) ->
                new Stale(
                        Reason.DIFFERS,
                        "The rows are not those that were signed for version " + version.number()
                                + "; they are being put right.");
            case Health.Unreadable(var version, var why) ->
                new Stale(
                        Reason.UNREADABLE, "Version " + version.number() + " is due and cannot be read: " + why + ".");
        };
    }

    void subscribed(Subscription now) {
        subscription = now;
    }

    void opened(@Nullable Replica rows) {
        replica = rows;
    }

    /// An older version than this one is not taken for the newest.
    void newestHeld(long number) {
        newestHeld = number;
    }

    /// Whether a version is known that is not here.
    void behind(boolean isBehind) {
        if (!isBehind) {
            behindSince = null;
        } else if (behindSince == null) {
            behindSince = clock.steady();
        }
    }
}
