package aiguillage.hub.journal;

import java.io.Serial;

/// The journal takes no more for the moment; nothing was written.
public final class JournalFull extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public JournalFull(String message) {
        super(message);
    }
}
