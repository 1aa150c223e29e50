package aiguillage.hub.routing;

import aiguillage.config.Setting;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.List;

/// Whom a route leads to.
public sealed interface Target {

    /// Reads the short form: a party's name.
    static Target of(String party) {
        return new ToParty(new PartyId(party));
    }

    /// Everybody who may come to read a document, in order of their names.
    default List<PartyId> reach(Brand brand, Directory directory) {
        return switch (this) {
            case ToParty(var party) -> List.of(party);
            case ToRole(var role) -> directory.having(role, brand);
            case ToRecipient(var role) -> directory.having(role, brand);
            case Refuse _ -> List.of();
        };
    }

    /// One party.
    record ToParty(PartyId party) implements Target {
        @Override
        public String toString() {
            return party.toString();
        }
    }

    /// Every party of the brand with this role, the sender too if it has it.
    record ToRole(
            @Setting(text = "Every party of the brand with this role.", example = "warranty-centre")
            Role role) implements Target {
        @Override
        public String toString() {
            return "every " + role;
        }
    }

    /// The one party that the envelope's `recipient` names; it must have this role for the brand.
    record ToRecipient(
            @Setting(
                    text = "The one party named in the envelope's `recipient`, which must have this role.",
                    example = "dealer")
            Role recipient)
            implements Target {
        @Override
        public String toString() {
            return "the recipient, a " + recipient;
        }
    }

    /// Nobody: the document is refused, and the sender is told why.
    record Refuse(String reason) implements Target {
        @Override
        public String toString() {
            return "refused (" + reason + ")";
        }
    }
}
