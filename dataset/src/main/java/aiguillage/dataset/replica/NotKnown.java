package aiguillage.dataset.replica;

/// A replica cannot tell.
public final class NotKnown extends Exception {
    private static final long serialVersionUID = 1L;

    /// Whether asking again helps.
    public enum Kind {
        /// What was asked for is not here and does not come: the replica had not begun, was away, or has forgotten.
        NOT_HERE,

        /// No version has come yet, or one cannot be read until its key or its layer comes.
        NOT_YET
    }

    private final Kind kind;

    NotKnown(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
