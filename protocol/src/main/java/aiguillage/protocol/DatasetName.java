package aiguillage.protocol;

/// The name of a dataset, `<brand>/<name>`, as in `opel/parts-prices`.
///
/// @param name 1 to 64 lower-case letters, digits and `-`, starting with a letter
public record DatasetName(Brand brand, String name) implements Comparable<DatasetName> {

    private static final int CHARS_MAX = 64;

    public DatasetName {
        if (!isName(name)) {
            throw new IllegalArgumentException("\"" + Text.shown(name) + "\" is not the name of a dataset:"
                    + " use 1 to 64 lower-case letters, digits and '-', starting with a letter");
        }
    }

    /// By hand: each question at a gateway's door makes a name, and a regular expression took longer than the lookup.
    private static boolean isName(String text) {
        boolean is = !text.isEmpty() && text.length() <= CHARS_MAX;
        for (int i = 0; is && i < text.length(); i++) {
            char c = text.charAt(i);
            is = (c >= 'a' && c <= 'z') || (i > 0 && ((c >= '0' && c <= '9') || c == '-'));
        }
        return is;
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

    /// By hand, as [#hashCode]: a record's own took a tenth of what a lookup at the door takes.
    @Override
    public boolean equals(Object other) {
        return other instanceof DatasetName same
                && name.equals(same.name)
                && brand.value().equals(same.brand.value());
    }

    @Override
    public int hashCode() {
        return 31 * brand.value().hashCode() + name.hashCode();
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
