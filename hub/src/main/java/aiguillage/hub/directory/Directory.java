package aiguillage.hub.directory;

import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All parties. Immutable, safe from any thread.
public final class Directory {

    private final Map<PartyId, Party> byId;
    private final List<Party> inOrder;
    private final Map<BrandRole, List<PartyId>> byBrandAndRole;

    private record BrandRole(Brand brand, Role role) {}

    public Directory(Collection<Party> parties) {
        var ids = new HashMap<PartyId, Party>();
        var roles = new HashMap<BrandRole, List<PartyId>>();
        inOrder = parties.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
        for (Party party : inOrder) {
            ids.put(party.id(), party);
            for (Brand brand : party.brands()) {
                for (Role role : party.roles()) {
                    roles.computeIfAbsent(new BrandRole(brand, role), _ -> new ArrayList<>())
                            .add(party.id());
                }
            }
        }
        roles.replaceAll((_, holders) -> List.copyOf(holders));
        byId = Map.copyOf(ids);
        byBrandAndRole = Map.copyOf(roles);
    }

    public Optional<Party> party(PartyId id) {
        return Optional.ofNullable(find(id));
    }

    /// The party, or null: for the hot path, which makes no garbage.
    public @Nullable Party find(PartyId id) {
        return byId.get(id);
    }

    /// In order of their names.
    public List<Party> parties() {
        return inOrder;
    }

    /// Every party that does this for that brand, in order of their names.
    public List<PartyId> having(Role role, Brand brand) {
        return byBrandAndRole.getOrDefault(new BrandRole(brand, role), List.of());
    }

    /// Every role somebody has, in order.
    public SortedSet<Role> roles() {
        var roles = new TreeSet<Role>();
        inOrder.forEach(party -> roles.addAll(party.roles()));
        return roles;
    }

    /// Every region somebody is in, in order.
    public SortedSet<Region> regions() {
        var regions = new TreeSet<Region>();
        inOrder.forEach(party -> regions.add(party.region()));
        return regions;
    }
}
