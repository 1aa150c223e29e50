package aiguillage.hub.operators;

import aiguillage.protocol.Brand;
import java.util.Set;
import java.util.regex.Pattern;

/// Somebody who looks after the hub.
///
/// @param name 1 to 64 lower-case letters, digits, `.`, `-` and `@`, beginning with a letter; as it stands in
///     entries
/// @param brands whose documents, parties and flows this person sees; empty: of all
public record Operator(String name, Rank rank, Set<Brand> brands) {

    private static final String BY = "operator:";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.@-]{0,63}");

    /// @throws IllegalArgumentException when the name cannot be one
    public Operator {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An operator's name has 1 to 64 lower-case letters, digits, '.', '-' and"
                    + " '@', beginning with a letter");
        }
        brands = Set.copyOf(brands);
    }

    /// How an entry says that this person did it.
    public String by() {
        return BY + name;
    }

    /// Whether this person sees what is this brand's (I4, for people).
    public boolean sees(Brand brand) {
        return brands.isEmpty() || brands.contains(brand);
    }

    /// Whether this person sees what is of these brands: one of them is his. Whoever sees all sees what is of
    /// none.
    public boolean seesAny(Set<Brand> of) {
        return brands.isEmpty() || of.stream().anyMatch(brands::contains);
    }

    public boolean seesAll() {
        return brands.isEmpty();
    }

    /// Whether this person sees all that another one sees: nobody gives or takes what he does not have himself.
    public boolean seesWhat(Operator other) {
        return seesAll() || (!other.seesAll() && brands.containsAll(other.brands));
    }
}
