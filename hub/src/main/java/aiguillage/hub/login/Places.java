package aiguillage.hub.login;

import aiguillage.hub.presence.Door;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.quota.Quota;
import aiguillage.hub.quota.Quotas;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The places at one door. Strangers and parties have their own: whoever fills those of strangers keeps no
/// party from its work. A further stranger takes the place of another: of one from the address that has most of
/// them, and there of one that has not yet come so far as to ask for its login, the longest there. So many
/// connections from one address end each other, and those of others only when all addresses together fill the
/// door. An address is a [Source]. Safe from any thread.
///
/// @param <C> a connection
public final class Places<C> {

    /// Of parties, at once; of one party as many as its allowance has.
    public static final int PARTIES_MAX = 500;

    /// Connections that have not said who they are.
    public static final int STRANGERS_MAX = 100;

    private final Quotas quotas;
    private final Presence presence;
    private final Door door;
    // Both below are guarded by this.
    private final Map<C, Stranger> strangers = new LinkedHashMap<>();
    private final Map<C, Admitted> parties = new HashMap<>();

    private record Stranger(Source from, boolean isTalking) {}

    private record Admitted(PartyId party, Quota quota) {}

    /// @param presence told who comes and goes, by this door
    public Places(Quotas quotas, Presence presence, Door door) {
        this.quotas = quotas;
        this.presence = presence;
        this.door = door;
    }

    /// A stranger comes.
    ///
    /// @return who has to go for it: close that one; null when there was room
    public synchronized @Nullable C came(C stranger, InetAddress from) {
        strangers.put(stranger, new Stranger(Source.of(from), false));
        return strangers.size() > STRANGERS_MAX ? displacedBy(stranger) : null;
    }

    private C displacedBy(C newest) {
        var counts = new HashMap<Source, Integer>();
        strangers.values().forEach(one -> counts.merge(one.from, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(count -> count).max().orElse(0);
        C silent = null;
        C any = null;
        for (Map.Entry<C, Stranger> one : strangers.entrySet()) {
            if (counts.getOrDefault(one.getValue().from, 0) == most
                    && !one.getKey().equals(newest)) {
                any = any == null ? one.getKey() : any;
                silent = silent == null && !one.getValue().isTalking ? one.getKey() : silent;
            }
        }
        C chosen = silent == null ? any : silent;
        C displaced = chosen == null ? newest : chosen; // the newest when every other address has but one
        strangers.remove(displaced);
        return displaced;
    }

    /// A stranger has come so far as to ask for its login.
    public synchronized void talks(C stranger) {
        strangers.computeIfPresent(stranger, (_, one) -> new Stranger(one.from, true));
    }

    /// A stranger turns out to be a party.
    ///
    /// @return false when there is no place for it: close it
    public synchronized boolean admitted(C connection, PartyId party) {
        Quota quota = quotas.of(party);
        boolean isStillThere = strangers.remove(connection) != null;
        if (!isStillThere || parties.size() >= PARTIES_MAX || !quota.connectionBegins()) {
            return false;
        }
        parties.put(connection, new Admitted(party, quota));
        presence.opened(party, door);
        return true;
    }

    /// A connection is closed. Told once more it does nothing.
    public synchronized void left(C connection) {
        strangers.remove(connection);
        Admitted left = parties.remove(connection);
        if (left != null) {
            left.quota.connectionEnds();
            presence.closed(left.party, door);
        }
    }

    /// Whether it has the place of a party.
    public synchronized boolean isAdmitted(C connection) {
        return parties.containsKey(connection);
    }

    /// Those that have the place of a party.
    public synchronized List<C> parties() {
        return List.copyOf(parties.keySet());
    }

    /// All that stand there.
    public synchronized List<C> all() {
        var all = new ArrayList<>(strangers.keySet());
        all.addAll(parties.keySet());
        return all;
    }

    /// The number of parties' connections.
    synchronized int count() {
        return parties.size();
    }
}
