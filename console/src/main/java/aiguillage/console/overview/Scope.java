package aiguillage.console.overview;

import aiguillage.hub.directory.Party;
import aiguillage.hub.figures.Happening;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import java.util.Set;

/// Which brands' figures somebody sees (I4, for people).
///
/// @param brands empty: those of all
record Scope(Set<Brand> brands) {

    Scope {
        brands = Set.copyOf(brands);
    }

    static Scope of(Operator operator) {
        return new Scope(operator.brands());
    }

    boolean isAll() {
        return brands.isEmpty();
    }

    boolean sees(Brand brand) {
        return isAll() || brands.contains(brand);
    }

    boolean sees(FlowName flow) {
        return sees(flow.brand());
    }

    boolean sees(Party party) {
        return isAll() || party.brands().stream().anyMatch(brands::contains);
    }

    /// What is of no brand, as an act of an operator, is for those who see all.
    boolean sees(Happening happening, Table table) {
        if (isAll()) {
            return true;
        }
        Brand brand = happening.brand();
        if (brand != null) {
            return brands.contains(brand);
        }
        return happening.kind() == Happening.Kind.TRUST
                && happening.party() != null
                && table.party(happening.party()).filter(this::sees).isPresent();
    }
}
