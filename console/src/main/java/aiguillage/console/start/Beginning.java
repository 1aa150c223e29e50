package aiguillage.console.start;

import aiguillage.hub.directory.Role;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.FlowsLines;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.TableText;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.List;

/// Adds to the table in force what a wish lacks in it.
///
/// @param table the one in force
record Beginning(Table table, Wish wish) {

    /// Something that cannot be added to a text without knowing what its writer meant.
    static final class NotAddable extends Exception {

        private static final long serialVersionUID = 1;

        private final String key;
        private final String name;

        /// @param key of the words that say why, which name this
        NotAddable(String key, String name) {
            super(key + " " + name, null, false, false);
            this.key = key;
            this.name = name;
        }

        String key() {
            return key;
        }

        String name() {
            return name;
        }
    }

    /// The text of the table with all of it.
    String text() throws NotAddable {
        var text = new TableText(table.text());
        if (!text.has("brands", wish.brand().value())) {
            text = with(text, "brands", FlowsLines.brand(wish.brand(), wish.name()));
        }
        text = party(text, wish.dealer(), "dealer", wish.country().value());
        text = party(text, wish.centre(), "centre", wish.centreCountry().value());
        String region = wish.region().value();
        if (table.flow(wish.claims()).isEmpty()) {
            FlowsLines.Checked checked = asElsewhere(wish.claims());
            text = with(text, "flows", FlowsLines.claims(wish.brand(), wish.centre(), region, checked));
        }
        if (table.flow(wish.decisions()).isEmpty()) {
            text = with(text, "flows", FlowsLines.decisions(wish.brand(), region, asElsewhere(wish.decisions())));
        }
        return text.toString();
    }

    private TableText party(TableText text, PartyId id, String role, String country) throws NotAddable {
        var party = table.party(id);
        if (party.isEmpty()) {
            return with(
                    text,
                    "parties",
                    FlowsLines.party(
                            id,
                            role,
                            List.of(wish.brand()),
                            country,
                            wish.region().value()));
        }
        if (!party.get().has(new Role(role), wish.brand())) {
            throw new NotAddable("start.party." + role, id.value());
        }
        return text;
    }

    /// As another brand's documents of this kind are checked.
    private FlowsLines.Checked asElsewhere(FlowName name) {
        return table.flows().stream()
                .filter(flow -> flow.name().kind().equals(name.kind()))
                .findFirst()
                .map(Flow::terms)
                .map(FlowsLines.Checked::of)
                .orElse(FlowsLines.Checked.NOT);
    }

    private static TableText with(TableText text, String section, List<String> lines) throws NotAddable {
        return text.with(section, lines).orElseThrow(() -> new NotAddable("start.braces", section));
    }
}
