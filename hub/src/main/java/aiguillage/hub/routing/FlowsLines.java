package aiguillage.hub.routing;

import aiguillage.hub.directory.Country;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The lines with which a brand begins in a flows file: itself, its parties, warranty claims from dealers to
/// the centre, and the decisions back. Without indent.
public final class FlowsLines {

    /// What a reader of YAML, of whichever version, may take for something else than text.
    private static final Pattern NO_TEXT = Pattern.compile("(?i)(?:y|n|yes|no|on|off|true|false|null|[0-9].*)");

    private FlowsLines() {}

    /// What a payload is checked by, and found by.
    ///
    /// @param schema a file in the hub's folder of schemas; null: it is not checked
    /// @param bod by which the STAR door knows it; null: that door does not
    public record Checked(@Nullable String schema, @Nullable String bod, SortedMap<String, String> keys) {

        /// By nothing.
        public static final Checked NOT = new Checked(null, null, new TreeMap<>());

        public static Checked of(Terms terms) {
            return new Checked(terms.schema(), terms.bod(), terms.keys());
        }
    }

    /// @param name as people read it
    public static List<String> brand(Brand brand, String name) {
        return List.of(brand + ": { text: " + quoted(name) + " }");
    }

    /// A brand as people read it, where nobody says otherwise.
    public static String name(Brand brand) {
        return brand.value().substring(0, 1).toUpperCase(Locale.ROOT)
                + brand.value().substring(1);
    }

    /// A party, in lines of their own: what is added to it goes below its name.
    ///
    /// @param country two letters
    public static List<String> party(PartyId id, String role, List<Brand> brands, String country, String region) {
        return List.of(
                word(id) + ":",
                "  roles: [" + word(role) + "]",
                "  brands: [" + words(brands) + "]",
                "  country: " + word(country),
                "  region: " + word(region));
    }

    /// A party in a single line.
    public static String partyInOneLine(
            PartyId id, Collection<Role> roles, Collection<Brand> brands, @Nullable Country country, Region region) {
        return word(id) + ": { roles: [" + words(roles) + "], brands: [" + words(brands) + "], "
                + (country == null ? "" : "country: " + word(country.value()) + ", ") + "region: "
                + word(region.value()) + " }";
    }

    private static String words(Collection<?> names) {
        return names.stream().map(FlowsLines::word).collect(Collectors.joining(", "));
    }

    /// A name: it has none of the characters that YAML has a meaning for.
    private static String word(Object named) {
        String name = named.toString();
        return NO_TEXT.matcher(name).matches() ? "\"" + name + "\"" : name;
    }

    /// Claims: a dealer sends, the centre reads.
    public static List<String> claims(Brand brand, PartyId centre, String region, Checked checked) {
        return flow(brand + "/warranty-claim", "dealer", centre.value(), region, checked);
    }

    /// Decisions: the centre answers the dealer whom the document names as its recipient.
    public static List<String> decisions(Brand brand, String region, Checked checked) {
        return flow(brand + "/warranty-decision", "centre", "{ recipient: dealer }", region, checked);
    }

    private static List<String> flow(String name, String from, String to, String region, Checked checked) {
        var lines = new ArrayList<String>();
        lines.add(name + ":");
        lines.add("  from: " + from);
        lines.add("  to: " + to);
        lines.add("  region: " + region);
        lines.add("  payload-max: 1MB");
        if (checked.schema != null) {
            lines.add("  schema: " + checked.schema);
        }
        if (checked.bod != null) {
            lines.add("  bod: " + checked.bod);
        }
        if (!checked.keys.isEmpty()) {
            lines.add("  keys:");
            for (Map.Entry<String, String> key : checked.keys.entrySet()) {
                lines.add("    " + key.getKey() + ": " + plain(key.getValue()));
            }
        }
        return lines;
    }

    /// As it stands where YAML reads it as it stands; otherwise in quotes.
    private static String plain(String text) {
        return text.matches("/[A-Za-z0-9/_.@*-]+") ? text : quoted(text);
    }

    private static String quoted(String text) {
        return text.matches("\\p{L}[\\p{L}0-9 -]*\\p{L}") && !text.matches("(?i)no|yes|on|off|true|false|null")
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
