package aiguillage.hub.directory;

import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody with an identity, and what it may stand for.
///
/// @param roles at least one
/// @param brands whose documents it may have to do with; at least one
/// @param country where it is, or null
/// @param region where it keeps what it reads
public record Party(
        PartyId id,
        Set<Role> roles,
        Set<Brand> brands,
        @Nullable Country country,
        Region region) {

    public Party {
        roles = Set.copyOf(roles);
        brands = Set.copyOf(brands);
    }

    /// Whether it does this for that brand.
    public boolean has(Role role, Brand brand) {
        return roles.contains(role) && brands.contains(brand);
    }
}
