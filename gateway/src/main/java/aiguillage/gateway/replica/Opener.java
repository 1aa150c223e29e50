package aiguillage.gateway.replica;

import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.RocksRowStore;
import java.io.IOException;
import java.nio.file.Path;

/// Opens a replica where a crash or a stop left it. The simulation has rows of its own; the gateway has [#ROCKS].
@FunctionalInterface
public interface Opener {

    /// Rows in RocksDB.
    Opener ROCKS = (rows, stack) -> {
        RocksRowStore store = RocksRowStore.open(rows);
        try {
            return new Replica(store, new LayerFiles(stack));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    };

    /// @param rows the folder of its rows, made when missing
    /// @param stack the folder of its layers, made when missing
    /// @throws IOException when it cannot go on from what is there
    Replica open(Path rows, Path stack) throws IOException;
}
