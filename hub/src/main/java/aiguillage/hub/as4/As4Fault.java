package aiguillage.hub.as4;

import java.io.Serial;

/// A message cannot be taken as AS4: which error its sender is told, and why.
public final class As4Fault extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final EbmsError error;

    /// @param detail sentences for the sender: what happened, and what to do; nothing secret
    public As4Fault(EbmsError error, String detail) {
        super(detail, null, false, false);
        this.error = error;
    }

    public EbmsError error() {
        return error;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
