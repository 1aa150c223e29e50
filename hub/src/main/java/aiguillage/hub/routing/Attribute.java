package aiguillage.hub.routing;

import aiguillage.config.Quoted;
import java.util.Set;
import java.util.regex.Pattern;

/// An envelope attribute that a route may depend on: one of the extensions.
public record Attribute(String name) implements Comparable<Attribute> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,20}");

    private static final Set<String> NOT_EXTENSIONS = Set.of(
            "id", "source", "type", "specversion", "time", "subject", "datacontenttype", "dataschema", "data", "brand");

    /// Where the document belongs; if the envelope does not say, the sender's country.
    public static final Attribute COUNTRY = new Attribute("country");

    public Attribute {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Quoted.of(name)
                    + " is not an attribute: use 1 to 20 lower-case letters and digits, as in modelyear");
        }
        if (NOT_EXTENSIONS.contains(name)) {
            throw new IllegalArgumentException("routes do not depend on `" + name
                    + "`: the brand and the kind are the flow's name; use an extension, as in country or modelyear");
        }
    }

    @Override
    public int compareTo(Attribute other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
