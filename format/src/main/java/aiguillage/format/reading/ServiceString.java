package aiguillage.format.reading;

/// The characters that an EDIFACT interchange is built with, as its UNA says.
///
/// @param decimal looked at by nobody: a decimal mark is what the schema says
/// @see <a href="https://unece.org/trade/uncefact/unedifact/part-4-annex-1">ISO 9735, 5: service characters</a>
public record ServiceString(char component, char element, char decimal, char release, char terminator) {

    /// What holds without UNA, and in schemas.
    public static final ServiceString DEFAULT = new ServiceString(':', '+', '.', '?', '\'');

    private static final int CHARS = 9;

    /// @param una UNA and six characters
    public static ServiceString of(String una) {
        if (una.length() != CHARS || !una.startsWith("UNA")) {
            throw new IllegalArgumentException("a service string is UNA and six characters, not \"" + una + "\"");
        }
        return new ServiceString(una.charAt(3), una.charAt(4), una.charAt(5), una.charAt(6), una.charAt(8));
    }

    /// The same segment as the other interchange would write it.
    public String translated(String segment, ServiceString into) {
        if (equals(into)) {
            return segment;
        }
        var text = new StringBuilder(segment.length() + 8);
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == release && release != ' ' && i + 1 < segment.length()) {
                literal(text, segment.charAt(++i), into);
            } else if (c == component) {
                text.append(into.component);
            } else if (c == element) {
                text.append(into.element);
            } else if (c == terminator) {
                text.append(into.terminator);
            } else {
                literal(text, c, into);
            }
        }
        return text.toString();
    }

    private static void literal(StringBuilder text, char c, ServiceString into) {
        if (c == into.component || c == into.element || c == into.release || c == into.terminator) {
            text.append(into.release);
        }
        text.append(c);
    }
}
