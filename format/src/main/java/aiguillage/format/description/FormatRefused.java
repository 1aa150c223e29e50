package aiguillage.format.description;

/// A description that cannot be used; the message says which file, why, and what to do.
public final class FormatRefused extends Exception {

    private static final long serialVersionUID = 1;

    public FormatRefused(String message) {
        super(message);
    }

    public FormatRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
