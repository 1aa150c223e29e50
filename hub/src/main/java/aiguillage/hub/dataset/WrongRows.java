package aiguillage.hub.dataset;

import java.io.Serial;

/// The rows of a dataset are not those of the root in the journal. The hub stops: it does not serve what it cannot
/// trust.
public final class WrongRows extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    WrongRows(String message) {
        super(message);
    }
}
