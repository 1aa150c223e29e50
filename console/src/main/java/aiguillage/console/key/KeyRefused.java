package aiguillage.console.key;

/// What came from a browser proves nothing.
public final class KeyRefused extends Exception {

    private static final long serialVersionUID = 1;

    /// Why, as far as it helps whoever holds the key.
    public enum Fault {
        /// Nothing came: the page's script did not run.
        NOTHING,
        /// The challenge is too old, or was answered before.
        STALE,
        /// Nobody has this key.
        UNKNOWN,
        /// It is no answer to what was asked, or not of this console.
        WRONG,
        /// The key counts less than it did before: there may be two of it.
        COPIED,
        /// Too many were answered in too short a time.
        CROWDED
    }

    private final Fault fault;

    KeyRefused(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    KeyRefused(Fault fault, Throwable cause) {
        super(cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
