package aiguillage.hub.journal;

import java.io.Serial;

/// The journal takes no more for the moment; nothing was written.
public final class JournalFull extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final boolean ofParty;

    public JournalFull(String message, boolean ofParty) {
        super(message);
        this.ofParty = ofParty;
    }

    /// Whether only the party that appended has too much waiting: others are not refused.
    public boolean isOfParty() {
        return ofParty;
    }
}
