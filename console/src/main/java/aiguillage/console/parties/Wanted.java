package aiguillage.console.parties;

import aiguillage.hub.directory.Country;
import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A party as a pasted line wants it.
record Wanted(
        PartyId id,
        SortedSet<Brand> brands,
        SortedSet<Role> roles,
        @Nullable Country country,
        Region region) {

    /// What a reader of YAML, of whichever version, may take for something else than text.
    private static final Pattern NO_TEXT = Pattern.compile("(?:y|n|yes|no|on|off|true|false|null|[0-9].*)");

    /// Whether the table has it just so, as far as a line can say.
    boolean isAs(Party known) {
        return known.brands().equals(Set.copyOf(brands))
                && known.roles().equals(Set.copyOf(roles))
                && Objects.equals(known.country(), country)
                && known.region().equals(region);
    }

    /// Its line in a flows file, without indent.
    String line() {
        return plain(id.value()) + ": { roles: [" + joined(roles) + "], brands: [" + joined(brands) + "], "
                + (country == null ? "" : "country: " + plain(country.value()) + ", ") + "region: "
                + plain(region.value()) + " }";
    }

    private static String joined(Set<?> names) {
        return names.stream().map(name -> plain(name.toString())).collect(Collectors.joining(", "));
    }

    /// Names have none of what YAML has a meaning for.
    private static String plain(String name) {
        return NO_TEXT.matcher(name).matches() ? "\"" + name + "\"" : name;
    }
}
