package aiguillage.protocol;

import java.util.regex.Pattern;

/// A brand: whose rules apply. 1 to 32 lower-case letters, digits and `-`, starting with a letter.
public record Brand(String value) implements Comparable<Brand> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Brand {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + Text.shown(value)
                    + "\" is not a brand: use 1 to 32 lower-case letters, digits and '-', starting with a letter");
        }
    }

    @Override
    public int compareTo(Brand other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
