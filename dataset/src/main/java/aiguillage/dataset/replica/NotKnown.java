package aiguillage.dataset.replica;

/// A replica cannot tell: it had not begun or has forgotten, was away, or cannot read that version.
public final class NotKnown extends Exception {
    private static final long serialVersionUID = 1L;

    NotKnown(String message) {
        super(message);
    }
}
