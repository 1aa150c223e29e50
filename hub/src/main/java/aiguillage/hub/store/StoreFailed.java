package aiguillage.hub.store;

import java.io.Serial;

/// The store could not do what was asked, for a reason outside the hub: the disk, the file system, the folder.
public final class StoreFailed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public StoreFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
