package aiguillage.console.parties;

import aiguillage.console.web.Address;
import aiguillage.console.web.Visit;
import aiguillage.hub.directory.Party;
import aiguillage.hub.operators.Operator;
import java.util.Locale;

/// Which parties a page is about, as its address says it; empty: whatever it is.
///
/// @param name a part of it
/// @param state its code
public record Filter(String name, String brand, String role, String country, String state) {

    /// Takes everybody.
    static final Filter NONE = new Filter("", "", "", "", "");

    public static Filter of(Visit visit) {
        return new Filter(
                visit.query("name").orElse("").toLowerCase(Locale.ROOT),
                visit.query("brand").orElse(""),
                visit.query("role").orElse(""),
                visit.query("country").orElse(""),
                visit.query("state").orElse(""));
    }

    /// Whether it takes a party, whatever its state.
    boolean takes(Party party, Operator operator) {
        return party.id().value().contains(name)
                && (brand.isEmpty()
                        || party.brands().stream().anyMatch(one -> one.value().equals(brand) && operator.sees(one)))
                && (role.isEmpty()
                        || party.roles().stream().anyMatch(one -> one.value().equals(role)))
                && (country.isEmpty() || party.values("country").contains(country));
    }

    boolean takes(State of) {
        return state.isEmpty() || of.code().equals(state);
    }

    public boolean isEmpty() {
        return name.isEmpty() && brand.isEmpty() && role.isEmpty() && country.isEmpty() && state.isEmpty();
    }

    /// The page's address with another state.
    public String withState(String other) {
        return new Filter(name, brand, role, country, other).address("");
    }

    /// The page's address.
    ///
    /// @param after behind which party the list begins; empty: with the first
    public String address(String after) {
        return new Address("/parties")
                .with("name", name)
                .with("brand", brand)
                .with("role", role)
                .with("country", country)
                .with("state", state)
                .with("after", after)
                .toString();
    }
}
