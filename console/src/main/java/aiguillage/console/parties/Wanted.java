package aiguillage.console.parties;

import aiguillage.hub.directory.Country;
import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.hub.routing.FlowsLines;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A party as a pasted line wants it.
record Wanted(
        PartyId id,
        SortedSet<Brand> brands,
        SortedSet<Role> roles,
        @Nullable Country country,
        Region region) {

    /// Whether the table has it just so, as far as a line can say.
    boolean isAs(Party known) {
        return known.brands().equals(Set.copyOf(brands))
                && known.roles().equals(Set.copyOf(roles))
                && Objects.equals(known.country(), country)
                && known.region().equals(region);
    }

    /// Its line in a flows file, without indent.
    String line() {
        return FlowsLines.partyInOneLine(id, roles, brands, country, region);
    }
}
