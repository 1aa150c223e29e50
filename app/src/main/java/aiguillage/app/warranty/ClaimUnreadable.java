package aiguillage.app.warranty;

/// A document that should be a claim and is not; the centre rejects its delivery with this reason.
public final class ClaimUnreadable extends Exception {

    private static final long serialVersionUID = 1;

    ClaimUnreadable(String message) {
        super(message);
    }

    ClaimUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
