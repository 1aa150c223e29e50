package aiguillage.hub.routing;

import aiguillage.dataset.mark.Markable;
import aiguillage.dataset.publish.Guards;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.source.Format;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A list that is published as a whole and read as a replica: its rows, and who may do what with them.
///
/// @param from the roles that may publish it, for its brand
/// @param to the roles whose parties read it
/// @param rows which rows a party sees: by column the attribute of the party
/// @param region outside of it nobody has a replica (I6); null: anywhere
/// @param formats how published files are written, by media type
/// @param staleAfter how long a replica may not have heard of the hub
/// @param marks what may be marked, or null when copies are not traced
/// @param lookups the roles that may look single rows up, beside `to`
/// @param lookupsEachDay how many keys one party may look up in a day
/// @param wholeListsEachDay how often a reader may take all rows in a day
public record Dataset(
        DatasetName name,
        Schema schema,
        SortedSet<Role> from,
        SortedSet<Role> to,
        SortedMap<String, String> rows,
        @Nullable Region region,
        Map<String, Format> formats,
        Guards guards,
        Duration staleAfter,
        @Nullable Markable marks,
        SortedSet<Role> lookups,
        int lookupsEachDay,
        int wholeListsEachDay) {

    public static final String CSV = "text/csv";
    public static final String TSV = "text/tab-separated-values";
    public static final String JSON_LINES = "application/jsonl";
    public static final String XML = "application/xml";

    public Dataset {
        from = Collections.unmodifiableSortedSet(new TreeSet<>(from));
        to = Collections.unmodifiableSortedSet(new TreeSet<>(to));
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        formats = Map.copyOf(formats);
        lookups = Collections.unmodifiableSortedSet(new TreeSet<>(lookups));
    }

    /// Whether this party may look single rows up.
    public boolean isAskedBy(Party party) {
        return isReadBy(party) || (holds(party, lookups) && (region == null || region.equals(party.region())));
    }

    /// Whether this party may publish it.
    public boolean isOpenTo(Party publisher) {
        return holds(publisher, from);
    }

    /// Whether this party has a replica of it.
    public boolean isReadBy(Party reader) {
        return holds(reader, to) && (region == null || region.equals(reader.region()));
    }

    private boolean holds(Party party, SortedSet<Role> roles) {
        return party.brands().contains(name.brand()) && roles.stream().anyMatch(party.roles()::contains);
    }

    /// Everybody who has a replica.
    public SortedSet<PartyId> readers(Directory directory) {
        return holders(directory, this::isReadBy);
    }

    /// Everybody who may publish.
    public SortedSet<PartyId> publishers(Directory directory) {
        return holders(directory, this::isOpenTo);
    }

    /// Everybody who may look single rows up.
    public SortedSet<PartyId> askers(Directory directory) {
        return holders(directory, this::isAskedBy);
    }

    private SortedSet<PartyId> holders(Directory directory, Predicate<Party> may) {
        var holders = new TreeSet<PartyId>();
        directory.parties().stream().filter(may).forEach(party -> holders.add(party.id()));
        return holders;
    }
}
