package aiguillage.hub.directory;

import aiguillage.config.Quoted;
import java.util.regex.Pattern;

/// What a party does for its brands: `dealer`, `warranty-centre`. 1 to 32 lower-case letters, digits and `-`,
/// starting with a letter.
public record Role(String value) implements Comparable<Role> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Role {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(value) + " is not a role: use 1 to 32 lower-case letters, digits and '-',"
                            + " starting with a letter, as in dealer");
        }
    }

    @Override
    public int compareTo(Role other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
