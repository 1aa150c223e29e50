package aiguillage.hub.quota;

import aiguillage.hub.directory.Role;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.PartyId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Every party's quota. Safe from any thread.
public final class Quotas {

    private final Allowance each;
    private final Map<Role, Multiple> roles;
    private final Map<PartyId, Multiple> parties;
    private final Supplier<Table> table;
    private final LongSupplier nanos;
    private final Map<PartyId, Quota> quotas = new ConcurrentHashMap<>();

    /// @param each what every party may ask
    /// @param roles who may ask a multiple of that; of several roles the greatest counts
    /// @param parties as `roles`, and before them
    /// @param nanos a clock that never goes back
    public Quotas(
            Allowance each,
            Map<Role, Multiple> roles,
            Map<PartyId, Multiple> parties,
            Supplier<Table> table,
            LongSupplier nanos) {
        this.each = each;
        this.roles = Map.copyOf(roles);
        this.parties = Map.copyOf(parties);
        this.table = table;
        this.nanos = nanos;
    }

    /// The party's quota. Ask for it anew each time: one that is idle is forgotten.
    public Quota of(PartyId party) {
        Quota known = quotas.get(party);
        return known != null ? known : quotas.computeIfAbsent(party, id -> new Quota(allowance(id), nanos));
    }

    private Allowance allowance(PartyId party) {
        Multiple own = parties.get(party);
        if (own != null) {
            return each.times(own);
        }
        int times = table.get().party(party).stream()
                .flatMap(known -> known.roles().stream())
                .mapToInt(role -> roles.getOrDefault(role, new Multiple(1)).times())
                .max()
                .orElse(1);
        return times == 1 ? each : each.times(new Multiple(times));
    }

    /// Forgets who has nothing open and has not asked for a while; heeds a new routing table. To be called every
    /// few seconds.
    public void sweep() {
        quotas.forEach((party, quota) -> {
            quota.allow(allowance(party));
            quotas.computeIfPresent(party, (_, known) -> known.isIdle() ? null : known);
        });
    }

    /// How many are remembered.
    public int count() {
        return quotas.size();
    }
}
