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
    private final Mail mail;
    private volatile Subscription subscription;

    /// Null while it is opened or begins anew.
    private volatile @Nullable Replica replica;

    /// See [NewestHeld#number].
    private volatile long newestHeld;

    /// @param mail of its keeper
    KeptReplica(Subscription subscription, HubClock clock, Mail mail) {
        this.name = subscription.name();
        this.subscription = subscription;
        this.clock = clock;
        this.mail = mail;
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
        mail.suspect();
    }

    /// How far an answer of this moment can be relied on.
    public Freshness freshness() {
        HubClock.Reading time = clock.read();
        Instant confirmed = mail.confirmed(); // after the clock: what came last may be news
        Duration silence = clock.hasSleptSince(mail.asked()) ? null : time.silence();
        Duration age = confirmed == null || silence == null ? silence : clock.since(confirmed);
        Duration rest = age == null ? Duration.ZERO : subscription.staleAfter().minus(age);
        Stale stale = broken(time.now());
        if (stale == null && !rest.isPositive()) {
            stale = old(silence);
        }
        return new Freshness(time.now(), time.isHubs(), age, stale, stale == null ? rest : Duration.ZERO);
    }

    private Stale old(@Nullable Duration silence) {
        if (silence == null) {
            return new Stale(
                    Reason.NOT_HEARD_SINCE_START,
                    "The hub has not been heard since the gateway started or this computer slept: newer prices may be in"
                            + " force, and what holds is asked by this computer's own clock.");
        }
        Duration allowed = subscription.staleAfter();
        if (silence.compareTo(allowed) >= 0) {
            return new Stale(
                    Reason.NOT_HEARD,
                    "The hub was heard " + silence.toSeconds() + " s ago, longer than the " + allowed.toSeconds()
                            + " s that this dataset allows: newer prices may be in force.");
        }
        return new Stale(
                Reason.BEHIND,
                "What the hub told of this dataset could not be brought here yet: newer prices may be in force.");
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
}
