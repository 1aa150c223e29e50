package aiguillage.hub.wss;

import aiguillage.hub.star.Fault;

/// Why a message's signature does not hold.
public final class BadSignature extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean isOfAnotherTime;

    /// @param message for people, a sentence or more
    BadSignature(String message) {
        this(message, false);
    }

    /// @param isOfAnotherTime whether the same message, signed anew by a right clock, would be taken
    BadSignature(String message, boolean isOfAnotherTime) {
        super(Fault.shortened(message), null, false, false);
        this.isOfAnotherTime = isOfAnotherTime;
    }

    public boolean isOfAnotherTime() {
        return isOfAnotherTime;
    }

    /// The sentence for people.
    public String text() {
        return String.valueOf(getMessage());
    }
}
