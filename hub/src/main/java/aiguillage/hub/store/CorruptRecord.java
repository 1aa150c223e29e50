package aiguillage.hub.store;

import java.io.Serial;
import java.util.HexFormat;

/// A stored record is not what was written. The hub stops: it does not serve what it cannot trust.
public final class CorruptRecord extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public CorruptRecord(Table table, byte[] key, String what) {
        super("Record " + HexFormat.of().formatHex(key) + " of table " + table + " is damaged: " + what
                + ". Stop using this data folder; restore the last backup (docs/operations.md, \"A damaged store\").");
    }
}
