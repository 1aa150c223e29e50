package aiguillage.dataset.layer;

import java.io.IOException;

/// A layer is not what was sent: cut, changed, or made by something else.
public final class DamagedLayer extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedLayer(String message) {
        super(message);
    }

    DamagedLayer(String message, Throwable cause) {
        super(message, cause);
    }
}
