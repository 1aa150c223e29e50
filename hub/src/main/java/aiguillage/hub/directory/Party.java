package aiguillage.hub.directory;

import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody with an identity, and what it may stand for.
///
/// @param roles at least one
/// @param brands whose documents it may have to do with; at least one
/// @param country where it is, or null
/// @param region where it keeps what it reads
/// @param attributes what else it is known by, each with its values
/// @param sshKeys by which it is known at the SFTP door
/// @param starSigned whether its signature alone proves it, at the listener for that
/// @param password with which it may come to doors of files; null: with none
/// @param flat the flows whose documents it is given as flat files, each with the format
/// @param as4 how it speaks AS4
public record Party(
        PartyId id,
        Set<Role> roles,
        Set<Brand> brands,
        @Nullable Country country,
        Region region,
        Map<String, Set<String>> attributes,
        Set<SshKey> sshKeys,
        boolean starSigned,
        @Nullable PasswordHash password,
        Map<FlowName, String> flat,
        As4Terms as4) {

    public Party {
        roles = Set.copyOf(roles);
        brands = Set.copyOf(brands);
        attributes = Map.copyOf(attributes);
        sshKeys = Set.copyOf(sshKeys);
        flat = Map.copyOf(flat);
    }

    /// The values of an attribute: `country`, `region`, or one of its own; none when it does not have it.
    public Set<String> values(String attribute) {
        return switch (attribute) {
            case "country" -> country == null ? Set.of() : Set.of(country.value());
            case "region" -> Set.of(region.value());
            default -> attributes.getOrDefault(attribute, Set.of());
        };
    }

    /// Whether it does this for that brand.
    public boolean has(Role role, Brand brand) {
        return roles.contains(role) && brands.contains(brand);
    }
}
