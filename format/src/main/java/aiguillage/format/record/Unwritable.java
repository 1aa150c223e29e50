package aiguillage.format.record;

/// Fields that cannot be written as their description says; the message says which and why.
public final class Unwritable extends Exception {

    private static final long serialVersionUID = 1;

    public Unwritable(String message) {
        super(message);
    }

    public Unwritable(String message, Throwable cause) {
        super(message, cause);
    }
}
