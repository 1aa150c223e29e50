package aiguillage.hub.directory;

import aiguillage.config.Quoted;
import java.util.regex.Pattern;

/// A country by its two letters (ISO 3166-1), in lower case: `fr`.
public record Country(String value) implements Comparable<Country> {

    private static final Pattern CODE = Pattern.compile("[a-z]{2}");

    public Country {
        if (!CODE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(value) + " is not a country: use its two letters in lower case, as in fr");
        }
    }

    @Override
    public int compareTo(Country other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
