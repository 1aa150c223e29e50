package aiguillage.dataset.replica;

import java.io.IOException;

/// An answer could not be read from the rows, their history or a layer: the disk is damaged or gone. Whoever keeps the
/// replica should look through all of it ([Replica#verify]).
public final class UnreadableRows extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableRows(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
