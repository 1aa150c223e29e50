package aiguillage.app.dataset;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.protocol.DatasetName;

/// Reads the name of a dataset as somebody typed it.
final class Named {

    private Named() {}

    /// @throws Failure when it is none
    static DatasetName dataset(String typed) {
        try {
            return DatasetName.of(typed);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, e.getMessage() + ".", e);
        }
    }
}
