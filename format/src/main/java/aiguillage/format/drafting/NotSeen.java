package aiguillage.format.drafting;

/// A sample of which nothing can be drafted; the message says why, and what to do.
public final class NotSeen extends Exception {

    private static final long serialVersionUID = 1;

    public NotSeen(String message) {
        super(message);
    }
}
