package aiguillage.protocol;

import java.util.regex.Pattern;

/// The name of a dataset, `<brand>/<name>`, as in `opel/parts-prices`.
///
/// @param name 1 to 64 lower-case letters, digits and `-`, starting with a letter
public record DatasetName(Brand brand, String name) implements Comparable<DatasetName> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public DatasetName {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + Text.shown(name) + "\" is not the name of a dataset:"
                    + " use 1 to 64 lower-case letters, digits and '-', starting with a letter");
        }
    }

    /// Reads `<brand>/<name>`.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static DatasetName of(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + Text.shown(name) + "\" is not a dataset: write <brand>/<name>, as in opel/parts-prices");
        }
        return new DatasetName(new Brand(name.substring(0, slash)), name.substring(slash + 1));
    }

    @Override
    public int compareTo(DatasetName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return brand.value() + "/" + name;
    }
}
