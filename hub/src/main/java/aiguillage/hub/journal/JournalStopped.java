package aiguillage.hub.journal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The journal is closed, or stopped because a write failed. Whether the entry is durable is not known: ask again
/// when the hub is back, with the same id.
public final class JournalStopped extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    JournalStopped(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
