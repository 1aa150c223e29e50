package aiguillage.hub.star;

/// Why a message cannot be answered: a SOAP 1.1 fault (section 4.4).
public final class Fault extends Exception {

    /// Characters of a sentence: it may repeat something of a stranger's message, of any length.
    public static final int TEXT_CHARS_MAX = 400;

    private static final long serialVersionUID = 1;

    private final Code code;

    /// Whose fault it is.
    public enum Code {
        CLIENT("Client"),
        SERVER("Server"),
        MUST_UNDERSTAND("MustUnderstand"),
        VERSION_MISMATCH("VersionMismatch");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// @param message for people, a sentence
    public Fault(Code code, String message) {
        super(shortened(message), null, false, false);
        this.code = code;
    }

    /// A sentence of at most [#TEXT_CHARS_MAX] characters.
    public static String shortened(String sentence) {
        return sentence.length() <= TEXT_CHARS_MAX ? sentence : sentence.substring(0, TEXT_CHARS_MAX - 1) + "…";
    }

    public Code code() {
        return code;
    }

    /// The sentence for people.
    public String text() {
        return String.valueOf(getMessage());
    }
}
