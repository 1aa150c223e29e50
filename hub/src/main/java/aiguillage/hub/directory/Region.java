package aiguillage.hub.directory;

import aiguillage.config.Quoted;
import java.util.regex.Pattern;

/// Where a party keeps what it reads: `eu`, `us`. Documents of a flow with a region never leave it (I6). 1 to 32
/// lower-case letters, digits and `-`, starting with a letter.
public record Region(String value) implements Comparable<Region> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Region {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(value) + " is not a region: use 1 to 32 lower-case letters, digits and '-',"
                            + " starting with a letter, as in eu");
        }
    }

    @Override
    public int compareTo(Region other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
