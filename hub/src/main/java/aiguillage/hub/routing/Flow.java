package aiguillage.hub.routing;

import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One kind of document between two roles: who may send it, where it goes, on which terms.
///
/// @param from the roles that may send it, for the flow's brand
/// @param rules of these exactly one holds for any document; the last is `otherwise`
/// @param copies who also gets it; the sender is not told of them
/// @param region outside of it nobody gets a document (I6); null: anywhere. The sender may be elsewhere
public record Flow(
        FlowName name,
        SortedSet<Role> from,
        List<Rule> rules,
        SortedSet<PartyId> copies,
        @Nullable Region region,
        Terms terms) {

    public Flow {
        from = Collections.unmodifiableSortedSet(new TreeSet<>(from));
        rules = List.copyOf(rules);
        copies = Collections.unmodifiableSortedSet(new TreeSet<>(copies));
    }

    /// Whether this party may send a document of this flow.
    public boolean isOpenTo(Party sender) {
        if (!sender.brands().contains(name.brand())) {
            return false;
        }
        for (Role role : from) {
            if (sender.roles().contains(role)) {
                return true;
            }
        }
        return false;
    }

    /// Whether residency lets this party have a document of this flow (I6).
    public boolean mayReach(Party reader) {
        return region == null || region.equals(reader.region());
    }

    /// Everybody who may send.
    public SortedSet<PartyId> senders(Directory directory) {
        var senders = new TreeSet<PartyId>();
        from.forEach(role -> senders.addAll(directory.having(role, name.brand())));
        return senders;
    }

    /// Everybody who may come to read, by whichever rule; without [#copies].
    public SortedSet<PartyId> readers(Directory directory) {
        var readers = new TreeSet<PartyId>();
        rules.forEach(rule -> readers.addAll(rule.target().reach(name.brand(), directory)));
        return readers;
    }
}
