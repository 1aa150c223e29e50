package aiguillage.hub.payload;

import java.io.IOException;
import java.io.Serial;

/// A payload's file is not what was written, or not there any more. The hub stops: it does not serve what it cannot
/// trust.
public final class CorruptPayload extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    CorruptPayload(String file, String what) {
        super("The payload file " + file + " is damaged: " + what
                + ". Stop using this data folder; restore the last backup (docs/operations.md, \"A damaged store\").");
    }
}
